"""What the tests of the examination share: logged-in browsers."""

from collections.abc import Callable

import pytest

from comptes.models import Compte
from tests.rigueur.navigateur import Navigateur


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
