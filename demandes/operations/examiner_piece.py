"""What the agent thinks of a pièce: accepted, or refused with a reason and a sentence (R-INSTR-3)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from demandes.etats import Etat
from demandes.models import Demande, Piece
from demandes.operations.dossier import exiger_etat, noter, verrouiller_dossier
from demandes.operations.refus import ActionImpossible
from demandes.requetes import fichiers_en_vigueur
from demandes.textes import MOTIFS_DE_PIECE


@transaction.atomic
def examiner_piece(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    code: str,
    avis: str,
    motif: str = "",
    phrase: str = "",
    vus: Collection[UUID],
    maintenant: datetime,
) -> Demande:
    """Write the agent's opinion of the pièce `code`; `avis` is a `Piece.Avis`.

    `vus` are the files that the page showed. A refusal needs a `motif` and a `phrase` that the person will
    read. Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat, piece_inconnue,
    piece_changee, piece_vide, motif, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.EN_INSTRUCTION)
    piece = Piece.objects.select_for_update().filter(demande=demande, code=code).first()
    if piece is None:
        raise ActionImpossible("piece_inconnue")
    fichiers = fichiers_en_vigueur(piece)
    if set(vus) != {fichier.pk for fichier in fichiers}:
        raise ActionImpossible("piece_changee")
    if avis == Piece.Avis.ACCEPTEE and not fichiers:
        raise ActionImpossible("piece_vide")
    if avis == Piece.Avis.REFUSEE:
        if motif not in MOTIFS_DE_PIECE:
            raise ActionImpossible("motif")
        if not phrase.strip():
            raise ActionImpossible("phrase")
    else:
        motif = phrase = ""
    _donner_avis(piece, avis, motif, phrase.strip(), agent_id, maintenant)
    noter(demande, "examiner_piece", acteur=agent, valeurs={"piece": code, "avis": str(avis), "motif": motif})
    return demande


@transaction.atomic
def accepter_les_pieces(
    *, demande_id: UUID, agent_id: int, version: int | None, vus: Collection[UUID], maintenant: datetime
) -> Demande:
    """Accept every pièce not examined yet, if its files are those that the page showed (`vus`).

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat, piece_changee).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.EN_INSTRUCTION)
    acceptees = []
    for piece in Piece.objects.select_for_update().filter(demande=demande, avis=Piece.Avis.A_EXAMINER):
        fichiers = {fichier.pk for fichier in fichiers_en_vigueur(piece)}
        if not fichiers:
            continue
        if not fichiers <= set(vus):
            raise ActionImpossible("piece_changee")
        _donner_avis(piece, Piece.Avis.ACCEPTEE, "", "", agent_id, maintenant)
        acceptees.append(piece.code)
    noter(demande, "accepter_les_pieces", acteur=agent, valeurs={"pieces": sorted(acceptees)})
    return demande


def _donner_avis(
    piece: Piece, avis: str, motif: str, phrase: str, agent_id: int, maintenant: datetime
) -> None:
    piece.avis, piece.avis_motif, piece.avis_phrase = avis, motif, phrase
    piece.avis_par_id, piece.avis_le = agent_id, maintenant
    piece.save()
