"""Ask the person to complete the dossier, or give up asking (R-INSTR-4; R.431-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from demandes.etats import Etat
from demandes.models import Complement, Demande, Piece, PieceDemandee, Refus
from demandes.operations.dossier import exiger_etat, passer, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible
from demandes.regles.codes import CodePiece
from demandes.textes import MOTIFS_DE_PIECE

PARIS = ZoneInfo("Europe/Paris")
DELAI = timedelta(days=30)


@dataclass(frozen=True)
class PieceACompleter:
    """One pièce asked for again: a `CodePiece`, a code of MOTIFS_DE_PIECE, a sentence for the person."""

    code: str
    motif: str
    phrase: str


@transaction.atomic
def demander_complement(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    pieces: Sequence[PieceACompleter],
    message: str = "",
    maintenant: datetime,
) -> Complement:
    """Ask for `pieces`, to be answered within 30 days; the person gets mail and notification.

    A pièce may be one that the deposit did not ask for. Raises `DossierIntrouvable`, `DossierModifie`,
    `ActionImpossible` (etat, refus_propose, aucune_piece, piece_inconnue, motif, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.EN_INSTRUCTION)
    _verifier(demande, pieces)
    complement = Complement.objects.create(
        demande=demande,
        message=message.strip(),
        demande_par=agent,
        demande_le=maintenant,
        echeance=maintenant.astimezone(PARIS).date() + DELAI,
    )
    PieceDemandee.objects.bulk_create(
        PieceDemandee(complement=complement, code=p.code, motif=p.motif, phrase=p.phrase.strip())
        for p in pieces
    )
    for piece in pieces:
        if piece.code != CodePiece.EPHOTO:
            Piece.objects.get_or_create(demande=demande, code=piece.code)
    passer(
        demande,
        "demander_complement",
        acteur=agent,
        maintenant=maintenant,
        valeurs={"complement": complement.pk, "pieces": [p.code for p in pieces]},
    )
    prevenir(
        demande,
        type="complement_demande",
        cle=f"complement_demande:{complement.pk}",
        echeance=complement.echeance.isoformat(),
    )
    return complement


@transaction.atomic
def renoncer_au_complement(
    *, demande_id: UUID, agent_id: int, version: int | None, motif: str, maintenant: datetime
) -> Demande:
    """Give up an unanswered complement and resume the examination; the person is told that nothing is due.

    `motif` is the agent's free reason. Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible`
    (etat, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.COMPLEMENT_DEMANDE)
    if not motif.strip():
        raise ActionImpossible("phrase")
    complement = abandonner_complement(demande, maintenant)
    passer(
        demande,
        "renoncer_au_complement",
        acteur=agent,
        maintenant=maintenant,
        valeurs={"motif": motif.strip()},
    )
    prevenir(demande, type="complement_abandonne", cle=f"complement_abandonne:{complement.pk}")
    return demande


def abandonner_complement(demande: Demande, maintenant: datetime) -> Complement:
    """Close the open complement of a dossier that the caller has locked, unanswered."""
    complement = Complement.objects.select_for_update().get(demande=demande, etat=Complement.Etat.OUVERT)
    complement.etat, complement.clos_le = Complement.Etat.ABANDONNE, maintenant
    complement.save()
    return complement


def _verifier(demande: Demande, pieces: Sequence[PieceACompleter]) -> None:
    if Refus.objects.filter(demande=demande, etat=Refus.Etat.PROPOSE).exists():
        raise ActionImpossible("refus_propose")
    if not pieces:
        raise ActionImpossible("aucune_piece")
    if len({piece.code for piece in pieces}) < len(pieces):
        raise ActionImpossible("piece_inconnue")
    for piece in pieces:
        if piece.code not in set(CodePiece):
            raise ActionImpossible("piece_inconnue")
        if piece.motif not in MOTIFS_DE_PIECE:
            raise ActionImpossible("motif")
        if not piece.phrase.strip():
            raise ActionImpossible("phrase")
