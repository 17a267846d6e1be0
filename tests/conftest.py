"""Strictness in one place (docs/tests.md): what makes a test fail here, in every suite.

Warnings are errors (pyproject.toml); the order is random (pytest-randomly); an undefined variable of one of our
templates, a form that posts without a CSRF token, an order that a queryset does not guarantee: each fails the
test. PostgreSQL and Redis are real (DATABASE_URL, REDIS_URL); nothing is shared between two test processes.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as reglages
from django.db import connection
from django.test import Client

from tests.rigueur import base, cloison, gabarits, ordre
from tests.rigueur.courrier import BoiteAuxLettres
from tests.rigueur.navigateur import ClientStrict, Navigateur
from tests.rigueur.processus import NOM_DE_LA_BASE, OuvrierCelery, environnement

ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def pytest_configure(config: pytest.Config) -> None:
    if not os.environ.get("SECRET_KEY") or not reglages.DEMONSTRATION:
        pytest.exit(
            "Les tests se lancent par bin/test, qui prépare leur environnement : bin/test tests/unit", 4
        )
    config.addinivalue_line("markers", "argon2: the test is about passwords: hash them as in production")
    # Argon2 costs 100 ms a password by design; only the tests marked `argon2` are about it.
    reglages.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cloison.installer(config)
    gabarits.installer()
    ordre.installer()
    base.installer()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """The test database, with the reference data (prefectures, communes, tariffs) already loaded."""
    # Without a test that asks for a database, pytest-django makes none: this would be the developer's own.
    if connection.settings_dict["NAME"] != NOM_DE_LA_BASE:
        with django_db_blocker.unblock():
            base.charger()


@pytest.fixture(autouse=True)
def _cache_vide() -> None:
    cloison.renouveler_les_cles()


@pytest.fixture(autouse=True)
def _aucune_variable_inconnue() -> Iterator[None]:
    """Also when the code under test survived the exception."""
    gabarits.rencontrees.clear()
    yield
    assert not gabarits.rencontrees


@pytest.fixture(autouse=True)
def _hachage(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("argon2"):
        request.getfixturevalue("settings").PASSWORD_HASHERS = ARGON2


@pytest.fixture
def client() -> Client:
    """Django's test client; fails on any page whose form posts without a CSRF token."""
    return ClientStrict()


@pytest.fixture
def navigateur() -> Navigateur:
    """A client that enforces CSRF and sends only forms that a page has shown (`soumettre`)."""
    return Navigateur()


@pytest.fixture
def boite_aux_lettres(settings, monkeypatch) -> Iterator[BoiteAuxLettres]:
    """A real SMTP server that receives the mail of this process and of those started after it."""
    with BoiteAuxLettres() as boite:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", boite.port
        monkeypatch.setenv("EMAIL_URL", boite.url)
        yield boite


@pytest.fixture
def celery_worker_process(transactional_db, tmp_path: Path) -> Iterator[Callable[..., OuvrierCelery]]:
    """Start real Celery workers on the test database: `ouvrier = celery_worker_process("--pool", "solo")`.

    What earlier tests queued is dropped first. `ouvrier.tuer()` is SIGKILL, children included. Ask for
    `boite_aux_lettres` before it, so that its mail arrives there. Keyword arguments go to its environment.
    """
    from anef.celery import app

    with app.connection_for_write() as lien:
        app.control.purge(connection=lien)
    lances: list[OuvrierCelery] = []

    def lancer(*options: str, **env: str) -> OuvrierCelery:
        journal = tmp_path / f"worker-{len(lances)}.log"
        lances.append(OuvrierCelery(*options, env=environnement(**env), journal=journal))
        return lances[-1]

    yield lancer
    for ouvrier in lances:
        ouvrier.arreter()
