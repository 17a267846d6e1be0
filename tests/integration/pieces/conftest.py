"""A fictitious refugee with a draft at step 4, and a storage of their own for each test."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tests import dossiers_d_essai

CODE = "justificatif_domicile"


@pytest.fixture(autouse=True)
def stockage(settings, tmp_path):
    """A file storage of its own for each test; gives its folder."""
    dossier = tmp_path / "fichiers"
    defaut = settings.STORAGES["default"]
    options = {**defaut["OPTIONS"], "location": str(dossier)}
    settings.STORAGES = {**settings.STORAGES, "default": {**defaut, "OPTIONS": options}}
    return dossier


@pytest.fixture
def demande(transactional_db):
    # Real commits: what follows a commit (the nudge, the removal of bytes) is part of what is tested.
    profil = dossiers_d_essai.refugie().remplir("famille", au=timezone.localdate())
    return profil.demande


@pytest.fixture
def compte(demande):
    return demande.compte


@pytest.fixture
def stockes(stockage):
    """Names of the objects in the storage."""

    def _stockes() -> set[str]:
        return {str(chemin.relative_to(stockage)) for chemin in stockage.rglob("*") if chemin.is_file()}

    return _stockes


@pytest.fixture
def lire():
    def _lire(nom: str) -> bytes:
        with default_storage.open(nom) as objet:
            return objet.read()

    return _lire
