"""What the tests of attacks share: browsers of a stranger, limits counted alone."""

import uuid
from collections.abc import Callable

import pytest

from comptes.models import Compte
from tests.rigueur.navigateur import Navigateur


@pytest.fixture(autouse=True)
def _limites_a_zero(settings):
    """Each test counts its tries alone, also beside others on one Redis."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture
def connecter() -> Callable[[Compte], Navigateur]:
    """A browser on which that account is logged in."""

    def ouvrir(compte: Compte) -> Navigateur:
        navigateur = Navigateur()
        navigateur.force_login(compte, backend="comptes.authentification.IdentifiantBackend")
        return navigateur

    return ouvrir
