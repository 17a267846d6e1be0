"""Discard a draft, with its files."""

from uuid import UUID

from django.db import transaction

from demandes.models import Demande, Fichier
from demandes.operations.brouillon import verrouiller_brouillon
from demandes.operations.effacer_contenu import effacer_contenu


@transaction.atomic
def abandonner_brouillon(*, demande_id: UUID, compte_id: int) -> None:
    """Delete the draft and its files. Raises `BrouillonIntrouvable` or `DejaDeposee`."""
    effacer_brouillon(verrouiller_brouillon(demande_id=demande_id, compte_id=compte_id))


def effacer_brouillon(brouillon: Demande) -> None:
    """Delete a draft that the caller has locked; its stored files go once that is committed."""
    for fichier in Fichier.objects.filter(piece__demande=brouillon):
        effacer_contenu(fichier)
    brouillon.delete()
