"""What the tests of the dossier's pages share: a storage of their own, a dossier with real files, agents' browsers."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from comptes.models import Compte
from demandes.etats import Etat
from demandes.models import Demande, Fichier
from demandes.operations.ajouter_fichier import nom_de_stockage
from tests import examen_d_essai as examen
from tests.fichiers_d_essai import photo
from tests.integration.examen.dossier.lecture_de_page import texte
from tests.rigueur.navigateur import Navigateur


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture(autouse=True)
def _stockage(settings, tmp_path):
    defaut = settings.STORAGES["default"]
    options = {**defaut["OPTIONS"], "location": str(tmp_path / "fichiers")}
    settings.STORAGES = {**settings.STORAGES, "default": {**defaut, "OPTIONS": options}}


@pytest.fixture
def agent() -> Compte:
    """An instructeur of the Jura."""
    return examen.instructeur()


@pytest.fixture
def demande() -> Demande:
    """A refugee's first application, deposited in the Jura; its files are photos."""
    demande = examen.depose()
    for fichier in Fichier.objects.filter(piece__demande=demande):
        fichier.contenu = default_storage.save(nom_de_stockage(), ContentFile(photo()))
        fichier.apercu = default_storage.save(nom_de_stockage(), ContentFile(photo(taille=(40, 30))))
        fichier.save()
    return demande


@pytest.fixture
def en_instruction(demande, agent) -> Demande:
    return examen.amener(demande, Etat.EN_INSTRUCTION, agent)


@pytest.fixture
def navigateur(connecter, agent) -> Navigateur:
    """The agent's browser."""
    return connecter(agent)


@pytest.fixture
def adresse() -> Callable[..., str]:
    """`adresse(demande, "corriger", "champ=nom")`: of an action; without one, of the dossier's page."""

    def composer(demande: Demande, action: str = "", parametres: str = "") -> str:
        fin = f"actions/{action}/" if action else "change/"
        return f"/gestion/demandes/demande/{demande.pk}/{fin}" + (f"?{parametres}" if parametres else "")

    return composer


@pytest.fixture
def agir(navigateur, adresse):
    """`agir(demande, "corriger", {...}, "champ=nom")`: fill the page of the action and send it."""

    def envoyer(demande, code, champs=None, parametres="", qui=navigateur):
        return qui.soumettre(adresse(demande, code, parametres), champs)

    return envoyer


@pytest.fixture
def fait(adresse):
    """The action was done: back on the dossier's page."""

    def verifier(reponse, demande):
        assert reponse.status_code == 302, texte(reponse)
        assert reponse.url == adresse(demande)
        demande.refresh_from_db()

    return verifier
