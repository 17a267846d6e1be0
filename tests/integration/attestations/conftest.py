import pytest
from django.db import transaction
from django.utils import timezone

from attestations.models import Attestation
from attestations.operations.commander import commander
from comptes.models import Compte
from demandes.models import Demande
from tests.donnees_attestation import apd_premiere


@pytest.fixture(autouse=True)
def stockage(settings, tmp_path):
    """A file storage of its own for each test."""
    dossier = tmp_path / "fichiers"
    options = {**settings.STORAGES["default"]["OPTIONS"], "location": str(dossier)}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    return dossier


@pytest.fixture
def demande(transactional_db):
    compte = Compte.objects.create(
        identifiant="9203456789", numero_etranger="9203456789", email="fictif@example.org"
    )
    return Demande.objects.create(compte=compte)


@pytest.fixture
def ordonner(demande):
    """Order an attestation in a transaction; it replaces those that hold on one of its days."""

    def _ordonner(donnees=None):
        donnees = donnees or apd_premiere()
        with transaction.atomic():
            memes_jours = Attestation.objects.filter(demande=demande).exclude(fin__lt=donnees.debut)
            if donnees.fin is not None:
                memes_jours = memes_jours.exclude(debut__gt=donnees.fin)
            memes_jours.update(remplacee_le=timezone.now())
            return commander(
                demande_id=demande.pk,
                type=donnees.type,
                debut=donnees.debut,
                fin=donnees.fin,
                donnees=donnees,
            )

    return _ordonner
