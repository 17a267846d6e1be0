"""The favourable decision: the ADF replaces the APD until the card is handed over (R-INSTR-5, R.431-15-1)."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from attestations.donnees import APD, CONFIRMATION_DEPOT
from attestations.operations.terminer import remplacer
from demandes.documents import adf
from demandes.etats import Etat
from demandes.models import Demande, Piece, Refus
from demandes.operations.dossier import exiger_etat, passer, verrouiller_dossier
from demandes.operations.emettre_attestation import emettre
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible
from demandes.operations.reverifier_ephoto import EN_ATTENTE, INTROUVABLE, REFUSEE
from demandes.regles.codes import CodePiece

PARIS = ZoneInfo("Europe/Paris")
SANS_EPHOTO = frozenset({EN_ATTENTE, INTROUVABLE, REFUSEE})


@transaction.atomic
def decider_favorable(
    *, demande_id: UUID, agent_id: int, version: int | None, maintenant: datetime
) -> Demande:
    """Grant the permit, order the ADF and tell the person.

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat, and every obstacle of
    `obstacles`).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.EN_INSTRUCTION)
    for code in obstacles(demande):
        raise ActionImpossible(code)
    remplacer(demande_id=demande.pk, types=(APD, CONFIRMATION_DEPOT), maintenant=maintenant)
    attestation = emettre(
        demande, adf(demande, debut=maintenant.astimezone(PARIS).date(), emise_le=maintenant)
    )
    # Nothing is lost any more: the ADF has no end.
    demande.droits_jusqu_au = None
    passer(demande, "decider_favorable", acteur=agent, maintenant=maintenant)
    prevenir(
        demande, type="decision_favorable", cle=f"decision_favorable:{demande.pk}", attestation=attestation
    )
    return demande


def obstacles(demande: Demande) -> list[str]:
    """What stands in the way of a favourable decision: codes of ACTIONS_IMPOSSIBLES, most important first."""
    trouves = obstacles_a_toute_decision(demande)
    if demande.controle != Demande.Controle.CONFIRME:
        trouves.append("statut")
    if SANS_EPHOTO & set(demande.signalements):
        trouves.append("ephoto")
    avis = dict(demande.pieces.values_list("code", "avis"))
    obligatoires = {piece["code"] for piece in demande.donnees["pieces"] if piece["obligatoire"]}
    examinees = obligatoires - {CodePiece.EPHOTO}
    if Piece.Avis.REFUSEE in avis.values() or any(
        avis.get(code) != Piece.Avis.ACCEPTEE for code in examinees
    ):
        trouves.append("pieces")
    return trouves


def obstacles_a_toute_decision(demande: Demande) -> list[str]:
    """What stands in the way of a decision, whichever: OFPRA's civil status (R-INSTR-6), a refusal under discussion."""
    trouves = []
    if demande.ofpra_en_attente:
        trouves.append("ofpra")
    if Refus.objects.filter(demande=demande, etat=Refus.Etat.PROPOSE).exists():
        trouves.append("refus_propose")
    return trouves
