"""What every operation on a draft begins with: its row, locked, still a draft, of this account."""

from uuid import UUID

from demandes.etats import Etat
from demandes.models import Demande
from demandes.operations.refus import BrouillonIntrouvable, DejaDeposee


def verrouiller_brouillon(*, demande_id: UUID, compte_id: int) -> Demande:
    """Lock and return the draft inside the caller's transaction.

    Raises `BrouillonIntrouvable` when the account has no such demande, `DejaDeposee` when it is a dossier.
    """
    demande = (
        Demande.objects.select_for_update(of=("self",))
        .select_related("compte")
        .filter(pk=demande_id, compte_id=compte_id)
        .first()
    )
    if demande is None:
        raise BrouillonIntrouvable
    if demande.etat != Etat.BROUILLON:
        raise DejaDeposee(demande)
    return demande


def noter_l_activite(demande: Demande) -> None:
    """The person touched the draft, that the caller has locked: the delay before it is forgotten starts again."""
    demande.save(update_fields=["modifie_le"])
