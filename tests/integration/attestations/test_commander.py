import base64
import json
from datetime import date

import pytest
import redis
from django.db import transaction

from attestations.erreurs import DonneesInvalides
from attestations.models import Attestation
from attestations.operations.commander import commander
from referentiels import relance
from tests.donnees_attestation import apd_premiere, confirmation

FILE = "celery"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file_d_attente(settings, monkeypatch):
    """What waits in the real broker; emptied before and after."""
    monkeypatch.setattr(relance, "_muet_jusqu_a", 0.0)
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.delete(FILE)
        yield client
        client.delete(FILE)


def test_the_order_is_a_row_with_everything_that_will_be_printed(ordonner):
    attestation = ordonner(apd_premiere())
    attestation.refresh_from_db()
    assert (attestation.etat, attestation.modele, attestation.rang) == ("a_produire", "apd/v1", 1)
    assert (attestation.debut, attestation.fin) == (date(2026, 11, 23), date(2027, 5, 22))
    assert attestation.donnees["nom"] == "HAÏDARI-FICTIF"


def test_attestations_of_one_type_follow_each_other(ordonner):
    assert [ordonner(apd_premiere()).rang, ordonner(apd_premiere()).rang, ordonner(confirmation()).rang] == [
        1,
        2,
        1,
    ]


def test_an_order_outside_a_transaction_is_refused(demande):
    donnees = apd_premiere()
    with pytest.raises(transaction.TransactionManagementError):
        commander(
            demande_id=demande.pk, type=donnees.type, debut=donnees.debut, fin=donnees.fin, donnees=donnees
        )
    assert not Attestation.objects.exists()


def test_dates_that_differ_from_what_is_printed_are_refused(demande):
    donnees = apd_premiere()
    with pytest.raises(DonneesInvalides, match="fin"), transaction.atomic():
        commander(
            demande_id=demande.pk,
            type=donnees.type,
            debut=donnees.debut,
            fin=date(2028, 1, 1),
            donnees=donnees,
        )


def test_the_nudge_follows_the_commit_and_carries_the_id_only(demande, file_d_attente):
    donnees = apd_premiere()
    with transaction.atomic():
        attestation = commander(
            demande_id=demande.pk, type=donnees.type, debut=donnees.debut, fin=donnees.fin, donnees=donnees
        )
        assert file_d_attente.llen(FILE) == 0
    (message,) = map(json.loads, file_d_attente.lrange(FILE, 0, -1))
    assert message["headers"]["task"] == "attestations.tasks.produire_attestation"
    assert json.loads(base64.b64decode(message["body"]))[0] == [str(attestation.pk)]


def test_a_rollback_leaves_neither_row_nor_nudge(demande, file_d_attente):
    donnees = apd_premiere()
    with transaction.atomic():
        commander(
            demande_id=demande.pk, type=donnees.type, debut=donnees.debut, fin=donnees.fin, donnees=donnees
        )
        transaction.set_rollback(True)
    assert not Attestation.objects.exists()
    assert file_d_attente.llen(FILE) == 0


def test_hostile_text_can_be_ordered_and_stored(ordonner):
    attestation = ordonner(apd_premiere(nom="\x00\ud800<b>{{ x }}\u202e"))
    attestation.refresh_from_db()
    assert attestation.donnees["nom"] == "\ufffd<b>{{ x }}"
