"""Integration tests: one file per operation, view, admin page, task, on a real PostgreSQL and a real Redis."""

from collections.abc import Callable

import pytest

from comptes.models import Compte
from referentiels import relance
from tests.rigueur.navigateur import Navigateur


@pytest.fixture(autouse=True)
def _disjoncteur_ferme(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that one test broke must not keep the next one from queuing."""
    monkeypatch.setattr(relance, "_muet_jusqu_a", 0.0)


@pytest.fixture
def connecter() -> Callable[[Compte], Navigateur]:
    """A browser on which that account is logged in."""

    def ouvrir(compte: Compte) -> Navigateur:
        navigateur = Navigateur()
        navigateur.force_login(compte, backend="comptes.authentification.IdentifiantBackend")
        return navigateur

    return ouvrir
