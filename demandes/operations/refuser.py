"""A refusal takes two persons: one proposes it, a responsable confirms it or sends it back (R-INSTR-5)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from attestations.donnees import APD, CONFIRMATION_DEPOT
from attestations.operations.terminer import revoquer
from comptes.models import Compte
from demandes.etats import Etat
from demandes.models import Demande, Refus
from demandes.operations.convoquer import annuler_les_convocations
from demandes.operations.decider_favorable import obstacles_a_toute_decision
from demandes.operations.dossier import exiger_etat, noter, passer, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible
from demandes.textes import MOTIFS_DE_REFUS


@transaction.atomic
def proposer_refus(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    motif: str,
    explication: str,
    maintenant: datetime,
) -> Refus:
    """Propose to refuse the permit; nothing changes for the person before another agent confirms.

    `motif` is a code of MOTIFS_DE_REFUS, `explication` the reasons in fact that the person will read (CRPA
    L.211-5). Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat, ofpra, refus_propose,
    motif, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.EN_INSTRUCTION)
    for code in obstacles_a_toute_decision(demande):
        raise ActionImpossible(code)
    if motif not in MOTIFS_DE_REFUS:
        raise ActionImpossible("motif")
    if not explication.strip():
        raise ActionImpossible("phrase")
    refus = Refus.objects.create(
        demande=demande,
        motif=motif,
        explication=explication.strip(),
        propose_par=agent,
        propose_le=maintenant,
    )
    demande.refus_propose = True
    noter(demande, "proposer_refus", acteur=agent, valeurs={"refus": refus.pk, "motif": motif})
    return refus


@transaction.atomic
def confirmer_refus(*, demande_id: UUID, agent_id: int, version: int | None, maintenant: datetime) -> Demande:
    """Confirm the proposed refusal: the permit is refused, the APD revoked that day, the person told.

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat, role, ofpra, refus_absent,
    meme_personne).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    refus = _propose(demande, agent)
    if demande.ofpra_en_attente:
        raise ActionImpossible("ofpra")
    refus.etat, refus.conclu_par, refus.conclu_le = Refus.Etat.CONFIRME, agent, maintenant
    refus.save()
    demande.refus_propose = False
    annuler_les_convocations(demande, maintenant)
    revoquer(demande_id=demande.pk, types=(APD, CONFIRMATION_DEPOT), maintenant=maintenant)
    passer(
        demande,
        "confirmer_refus",
        acteur=agent,
        maintenant=maintenant,
        valeurs={"refus": refus.pk, "motif": refus.motif},
    )
    prevenir(demande, type="decision_defavorable", cle=f"decision_defavorable:{demande.pk}")
    return demande


@transaction.atomic
def renvoyer_refus(
    *, demande_id: UUID, agent_id: int, version: int | None, retour: str, maintenant: datetime
) -> Demande:
    """Send the proposed refusal back to the agent who examines, with the reason.

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat, role, refus_absent,
    meme_personne, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    refus = _propose(demande, agent)
    if not retour.strip():
        raise ActionImpossible("phrase")
    refus.etat, refus.conclu_par, refus.conclu_le = Refus.Etat.RENVOYE, agent, maintenant
    refus.retour = retour.strip()
    refus.save()
    demande.refus_propose = False
    noter(
        demande,
        "renvoyer_refus",
        acteur=agent,
        valeurs={"refus": refus.pk, "motif": refus.retour},
    )
    return demande


def _propose(demande: Demande, agent: Compte) -> Refus:
    """The refusal that waits, for a responsable who did not propose it."""
    exiger_etat(demande, Etat.EN_INSTRUCTION)
    if agent.role != Compte.Role.RESPONSABLE:
        raise ActionImpossible("role")
    refus = Refus.objects.select_for_update().filter(demande=demande, etat=Refus.Etat.PROPOSE).first()
    if refus is None:
        raise ActionImpossible("refus_absent")
    if refus.propose_par_id == agent.pk:
        raise ActionImpossible("meme_personne")
    return refus
