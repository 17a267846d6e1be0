"""Take a file out of a draft."""

from uuid import UUID

from django.db import transaction

from demandes.models import Demande, Fichier
from demandes.operations.brouillon import noter_l_activite, verrouiller_brouillon
from demandes.operations.effacer_contenu import effacer_contenu
from demandes.operations.refus import FichierIntrouvable, FichierOccupe


@transaction.atomic
def retirer_fichier(*, demande_id: UUID, compte_id: int, fichier_id: UUID) -> str:
    """Delete the file and its stored bytes; gives the code of its pièce.

    Raises `FichierIntrouvable`, `FichierOccupe`, `BrouillonIntrouvable`, `DejaDeposee`.
    """
    demande = verrouiller_brouillon(demande_id=demande_id, compte_id=compte_id)
    fichier = verrouiller_fichier(demande, fichier_id)
    code = fichier.piece.code
    effacer_contenu(fichier)
    fichier.delete()
    noter_l_activite(demande)
    return code


def verrouiller_fichier(demande: Demande, fichier_id: UUID) -> Fichier:
    """Lock and return a file of the draft, without waiting for a worker that holds it.

    Raises `FichierIntrouvable`, or `FichierOccupe` while it is being checked.
    """
    siens = Fichier.objects.filter(pk=fichier_id, piece__demande=demande)
    fichier = siens.select_for_update(of=("self",), skip_locked=True).select_related("piece").first()
    if fichier is not None:
        return fichier
    raise FichierOccupe if siens.exists() else FichierIntrouvable
