"""Staff and their browsers. Everyone here is invented."""

from collections.abc import Callable

import pytest

from comptes.models import Compte
from tests import dossiers_d_essai as essai
from tests.integration.comptes.reperes import MOT_DE_PASSE
from tests.rigueur.navigateur import Navigateur
from tests.seconds_facteurs import telephone_de

CONNEXION = "/gestion/login/"


@pytest.fixture
def agent() -> Compte:
    """An instructeur of the Jura who knows their password and has enrolled no telephone."""
    membre = Compte.objects.create_user(
        "instructeur.essai", MOT_DE_PASSE, role="instructeur", nom="AGENT-FICTIF", prenoms="Camille",
        email="instructeur.essai@agents.example",
    )  # fmt: skip
    membre.prefectures.set(["39"])
    return membre


@pytest.fixture
def enrole(agent: Compte) -> Compte:
    """The same, with a telephone."""
    telephone_de(agent)
    return agent


@pytest.fixture
def entrer() -> Callable[..., Navigateur]:
    """`entrer(agent)`: a browser on which that agent has given the password, and nothing else."""

    def mot_de_passe(agent: Compte, **options) -> Navigateur:
        navigateur = Navigateur(**options)
        reponse = navigateur.soumettre(CONNEXION, {"username": agent.identifiant, "password": MOT_DE_PASSE})
        assert reponse.status_code == 302
        return navigateur

    return mot_de_passe


@pytest.fixture
def connecter() -> Callable[[Compte], Navigateur]:
    """A browser on which that account is logged in, second factor included."""

    def ouvrir(compte: Compte) -> Navigateur:
        navigateur = Navigateur()
        navigateur.force_login(compte)
        return navigateur

    return ouvrir


@pytest.fixture
def administrateur() -> Compte:
    return essai.agent(role="administrateur")
