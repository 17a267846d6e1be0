import socket
import time

import pytest
import redis
from django.db import transaction

from referentiels import relance
from referentiels.relance import relancer, sans_relance

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "celery"
TACHE = "attestations.tasks.produire_attestation"


@pytest.fixture(autouse=True)
def disjoncteur_ferme(monkeypatch):
    monkeypatch.setattr(relance, "_muet_jusqu_a", 0.0)


@pytest.fixture
def courtier(settings):
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete(FILE)
        yield client
        client.delete(FILE)


@pytest.fixture
def courtier_muet():
    """Accepts connections and never answers: worse than a dead one."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        yield f"redis://127.0.0.1:{prise.getsockname()[1]}/0"


def duree_de(faire):
    debut = time.monotonic()
    faire()
    return time.monotonic() - debut


def test_the_nudge_waits_for_the_commit(courtier):
    with transaction.atomic():
        relancer(TACHE, "00000000-0000-0000-0000-000000000000")
        assert courtier.llen(FILE) == 0
    assert courtier.llen(FILE) == 1


def test_a_dead_broker_is_no_error_and_costs_no_time(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert duree_de(lambda: relancer(TACHE, "a")) < 2


def test_a_silent_broker_holds_one_request_for_a_moment_and_the_next_not_at_all(settings, courtier_muet):
    settings.CELERY_BROKER_URL = courtier_muet
    assert duree_de(lambda: relancer(TACHE, "a")) < 3
    assert duree_de(lambda: [relancer(TACHE, "a") for _ in range(50)]) < 0.5


def test_after_the_pause_the_broker_is_tried_again(courtier, settings, monkeypatch):
    vrai = settings.CELERY_BROKER_URL
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    relancer(TACHE, "a")
    settings.CELERY_BROKER_URL = vrai
    relancer(TACHE, "a")
    assert courtier.llen(FILE) == 0
    monkeypatch.setattr(relance, "_muet_jusqu_a", time.monotonic())
    relancer(TACHE, "a")
    assert courtier.llen(FILE) == 1


def test_a_nudge_that_fails_says_neither_arguments_nor_address(settings, caplog):
    settings.CELERY_BROKER_URL = "redis://:motdepasse@127.0.0.1:1/0"
    relancer(TACHE, "argument-unique")
    assert TACHE in caplog.text
    assert "argument-unique" not in caplog.text
    assert "motdepasse" not in caplog.text


def test_rows_ordered_by_the_thousand_are_left_to_the_sweeps(courtier):
    with sans_relance(), transaction.atomic():
        relancer(TACHE, "1")
    assert courtier.llen(FILE) == 0

    relancer(TACHE, "2")
    assert courtier.llen(FILE) == 1
