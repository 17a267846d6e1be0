"""Delete from the storage what no row names: left by a process killed between the storage and the database."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from demandes.models import Fichier, RecuperationAdresse

# Folder → the rows that name its objects, and in which columns.
DOSSIERS = {
    "pieces": (Fichier, ("brut", "contenu", "apercu")),
    "identites": (RecuperationAdresse, ("contenu", "apercu")),
}
# Far longer than any upload or check takes: what is younger may still get its row.
AGE_MINIMAL = timedelta(hours=24)


def balayer_orphelins() -> int:
    """Delete the stored objects that are a day old and belong to no row; gives how many."""
    return sum(_balayer(dossier) for dossier in DOSSIERS)


def _balayer(dossier: str) -> int:
    avant = timezone.now() - AGE_MINIMAL
    efface = 0
    try:
        sous_dossiers, _ = default_storage.listdir(dossier)
    except FileNotFoundError:
        return 0
    for sous_dossier in sous_dossiers:
        _, objets = default_storage.listdir(f"{dossier}/{sous_dossier}")
        noms = {f"{dossier}/{sous_dossier}/{objet}" for objet in objets}
        for nom in noms - _connus(dossier, noms):
            if default_storage.get_modified_time(nom) < avant:
                default_storage.delete(nom)
                efface += 1
    return efface


def _connus(dossier: str, noms: set[str]) -> set[str]:
    modele, colonnes = DOSSIERS[dossier]
    condition = Q()
    for colonne in colonnes:
        condition |= Q(**{f"{colonne}__in": noms})
    lignes = modele._default_manager.filter(condition).values_list(*colonnes)
    return {nom for ligne in lignes for nom in ligne}
