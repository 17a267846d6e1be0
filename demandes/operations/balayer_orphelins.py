"""Delete from the storage what no row names: left by a process killed between the storage and the database."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from demandes.models import Fichier

DOSSIER = "pieces"
# Far longer than any upload or check takes: what is younger may still get its row.
AGE_MINIMAL = timedelta(hours=24)


def balayer_orphelins() -> int:
    """Delete the stored objects of pièces that are a day old and belong to no file; gives how many."""
    avant = timezone.now() - AGE_MINIMAL
    efface = 0
    try:
        sous_dossiers, _ = default_storage.listdir(DOSSIER)
    except FileNotFoundError:
        return 0
    for sous_dossier in sous_dossiers:
        _, objets = default_storage.listdir(f"{DOSSIER}/{sous_dossier}")
        noms = {f"{DOSSIER}/{sous_dossier}/{objet}" for objet in objets}
        for nom in noms - _connus(noms):
            if default_storage.get_modified_time(nom) < avant:
                default_storage.delete(nom)
                efface += 1
    return efface


def _connus(noms: set[str]) -> set[str]:
    lignes = Fichier.objects.filter(Q(brut__in=noms) | Q(contenu__in=noms) | Q(apercu__in=noms))
    return {nom for ligne in lignes.values_list("brut", "contenu", "apercu") for nom in ligne}
