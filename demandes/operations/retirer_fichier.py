"""Take a file out of a draft, or of the answer to a complement before it is transmitted."""

from uuid import UUID

from django.db import transaction

from demandes.operations.effacer_contenu import effacer_contenu
from demandes.operations.pieces_ouvertes import verrouiller_pieces


@transaction.atomic
def retirer_fichier(*, demande_id: UUID, compte_id: int, fichier_id: UUID) -> str:
    """Delete the file and its stored bytes; gives the code of its pièce.

    Raises `FichierIntrouvable`, `FichierOccupe`, `BrouillonIntrouvable`, `DejaDeposee`.
    """
    ouvertes = verrouiller_pieces(demande_id=demande_id, compte_id=compte_id)
    fichier = ouvertes.verrouiller_fichier(fichier_id)
    code = fichier.piece.code
    effacer_contenu(fichier)
    fichier.delete()
    ouvertes.noter_l_activite()
    return code
