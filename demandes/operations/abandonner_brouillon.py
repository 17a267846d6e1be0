"""Discard a draft, with its files."""

from uuid import UUID

from django.db import transaction

from demandes.models import Fichier
from demandes.operations.brouillon import verrouiller_brouillon
from demandes.operations.effacer_contenu import effacer_contenu


@transaction.atomic
def abandonner_brouillon(*, demande_id: UUID, compte_id: int) -> None:
    """Delete the draft and its files. Raises `BrouillonIntrouvable` or `DejaDeposee`."""
    demande = verrouiller_brouillon(demande_id=demande_id, compte_id=compte_id)
    for fichier in Fichier.objects.filter(piece__demande=demande):
        effacer_contenu(fichier)
    demande.delete()
