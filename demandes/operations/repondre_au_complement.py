"""The draft of the answer to a complement: for each pièce, keep it or replace it (R-INSTR-4)."""

from uuid import UUID

from django.db import transaction

from comptes.models import Compte
from demandes.models import Complement, Demande, PieceDemandee
from demandes.operations.dossier import verrouiller_sienne
from demandes.operations.refus import ActionImpossible, ComplementClos
from demandes.requetes import complement_ouvert, dernier_complement


@transaction.atomic
def repondre_au_complement(
    *,
    demande_id: UUID,
    compte_id: int,
    code: str,
    choix: str,
    ephoto_code: str = "",
    explication: str = "",
) -> PieceDemandee:
    """Keep what the person chose for the pièce `code`; nothing reaches the agent before the answer is transmitted.

    `choix` is a `PieceDemandee.Choix`; `ephoto_code` is normalised. Raises `DossierIntrouvable`,
    `ComplementClos`, `ActionImpossible` (piece_inconnue).
    """
    _demande, complement, _compte = verrouiller_complement(demande_id=demande_id, compte_id=compte_id)
    demandee = complement.pieces.filter(code=code).first()
    if demandee is None:
        raise ActionImpossible("piece_inconnue")
    demandee.choix = choix
    demandee.ephoto_code = ephoto_code
    demandee.explication = explication.strip()
    demandee.save()
    return demandee


def verrouiller_complement(*, demande_id: UUID, compte_id: int) -> tuple[Demande, Complement, Compte]:
    """Lock a dossier that this account sees, in the caller's transaction; gives it, its open complement, the account.

    The agent who gives up waits for the same row. Raises `DossierIntrouvable`, `ComplementClos`.
    """
    demande, compte = verrouiller_sienne(demande_id=demande_id, compte_id=compte_id)
    complement = complement_ouvert(demande)
    if complement is None:
        dernier = dernier_complement(demande)
        raise ComplementClos(dernier.etat if dernier else "")
    return demande, complement, compte
