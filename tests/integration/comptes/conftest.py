"""People, documents and mails that the tests of the accounts share. Everyone here is invented."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from comptes.models import Compte, Courriel
from comptes.operations.envoyer_courriel import envoyer
from referentiels.models import DocumentAgdref, PersonneAgdref
from tests.integration.comptes.reperes import DEBUT, FIN, MOT_DE_PASSE, NUMERO


@pytest.fixture(autouse=True)
def _limites_a_zero(settings):
    """Each test counts its tries alone, also beside others on one Redis."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture
def personne() -> PersonneAgdref:
    """A newly recognised refugee (fictitious) who holds an ATDA and no permit yet."""
    ligne = PersonneAgdref.objects.create(
        numero_etranger=NUMERO, nom="FICTIF", prenoms=["Amina", "Sara"], sexe="F", date_naissance="1994-05-00",
        statut="refugie", fictive=True,
    )  # fmt: skip
    DocumentAgdref.objects.create(personne=ligne, nature="atda", numero="", debut=DEBUT, fin=FIN)
    DocumentAgdref.objects.create(
        personne=ligne,
        nature="recepisse",
        numero="REC1234567",
        debut=DEBUT,
        fin=FIN - datetime.timedelta(days=30),
    )
    return ligne


@pytest.fixture
def compte() -> Compte:
    """An account with a verified address (fictitious)."""
    return Compte.objects.create_user(
        "9903000002", MOT_DE_PASSE, numero_etranger="9903000002", nom="INVENTE", prenoms="Karim",
        email="karim@exemple.fr", email_verifie_le=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def connecte(client: Client, compte: Compte) -> Client:
    """A browser on which that account has logged in through the page."""
    reponse = client.post("/compte/connexion/", {"username": compte.identifiant, "password": MOT_DE_PASSE})
    assert reponse.status_code == 302
    return client


@pytest.fixture
def etape_1() -> Callable[..., dict[str, str]]:
    """The fields of step 1, right unless told otherwise."""

    def champs(**autres: str) -> dict[str, str]:
        return {
            "document": "atda", "numero": NUMERO, "debut_jour": "1", "debut_mois": "3", "debut_annee": "2026",
            "fin_jour": "31", "fin_mois": "12", "fin_annee": "2026", **autres,
        }  # fmt: skip

    return champs


@pytest.fixture
def relever() -> Callable[[], mail.EmailMultiAlternatives]:
    """Send what waits, as the worker does, and give the last mail."""

    def derniere() -> mail.EmailMultiAlternatives:
        for pk in Courriel.objects.filter(etat="a_envoyer").order_by("pk").values_list("pk", flat=True):
            envoyer(pk)
        return mail.outbox[-1]

    return derniere
