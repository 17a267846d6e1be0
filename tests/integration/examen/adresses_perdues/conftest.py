"""What the tests of lost mailboxes share: an account, a request in each state, a browser at each step."""

import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from comptes.models import Compte
from comptes.tasks import balayer_courriels
from demandes.models import RecuperationAdresse
from demandes.operations.adresse_perdue.rattacher import rattacher_recuperation
from demandes.operations.adresse_perdue.traiter import accepter_recuperation
from tests import dossiers_d_essai as essai
from tests.fichiers_d_essai import photo
from tests.rigueur.navigateur import Navigateur

NOUVELLE = "nouvelle@exemple.fr"
MOT_DE_PASSE = "cheval-agrafe-batterie"


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture(autouse=True)
def _limites_a_zero(settings):
    """Each test counts its tries alone, also beside others on one Redis."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(autouse=True)
def stockage(settings, tmp_path: Path) -> Path:
    """A storage of its own, to be looked into."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path


@pytest.fixture
def stockes(stockage: Path) -> Callable[[], list[str]]:
    """Names of the objects in the storage."""
    return lambda: [str(chemin.relative_to(stockage)) for chemin in stockage.rglob("*") if chemin.is_file()]


@pytest.fixture
def compte() -> Compte:
    """A refugee in the Jura with an account (fictitious)."""
    compte = essai.compte_de(essai.personne(nom="PERDU-FICTIF"), email="ancienne@exemple.fr")
    compte.set_password(MOT_DE_PASSE)
    compte.save()
    return compte


@pytest.fixture
def agent() -> Compte:
    return essai.agent(essai.prefecture("39"))


def champs(numero: str, **autres: str) -> dict[str, str]:
    return {"username": numero, "email": NOUVELLE, "departement": "39", **autres}


def dernier(adresse: str) -> mail.EmailMultiAlternatives:
    """The last mail sent to that address, once the worker has sent what waits."""
    balayer_courriels()
    return next(message for message in reversed(mail.outbox) if message.to == [adresse])


def code_recu(adresse: str = NOUVELLE) -> str:
    return re.search(r"(?m)^(\d{6})$", dernier(adresse).body).group(1)


def image(nom: str = "passeport-de-monsieur.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, photo(), content_type="image/jpeg")


def aller_a_la_piece(numero: str, **autres: str) -> Navigateur:
    """A browser whose new address is verified."""
    navigateur = Navigateur()
    page = navigateur.soumettre("/adresse-perdue/", champs(numero, **autres), follow=True)
    suite = navigateur.soumettre(page, {"code": code_recu(autres.get("email", NOUVELLE))})
    assert suite.url == "/adresse-perdue/piece-d-identite/"
    return navigateur


def demander(numero: str, **autres: str) -> RecuperationAdresse:
    """The whole request by the pages, looked up by the worker."""
    navigateur = aller_a_la_piece(numero, **autres)
    suite = navigateur.soumettre("/adresse-perdue/piece-d-identite/", {"piece": image()})
    assert suite.url == "/adresse-perdue/envoyee/"
    recuperation = RecuperationAdresse.objects.order_by("-cree_le").first()
    rattacher_recuperation(recuperation.pk, maintenant=timezone.now())
    recuperation.refresh_from_db()
    return recuperation


@pytest.fixture
def ouverte(compte) -> RecuperationAdresse:
    """Sent, and waiting for an agent."""
    return demander(compte.identifiant)


@pytest.fixture
def acceptee(ouverte, agent) -> RecuperationAdresse:
    """Accepted by an agent just now."""
    return accepter_recuperation(recuperation_id=ouverte.pk, agent_id=agent.pk, maintenant=timezone.now())
