"""Close a dossier without a decision (R-INSTR-1)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from attestations.donnees import APD, CONFIRMATION_DEPOT
from attestations.operations.terminer import revoquer
from demandes.etats import Etat
from demandes.models import Demande, Refus
from demandes.operations.convoquer import annuler_les_convocations
from demandes.operations.demander_complement import abandonner_complement
from demandes.operations.dossier import exiger_etat, passer, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible
from demandes.textes import MOTIFS_DE_CLASSEMENT


@transaction.atomic
def classer_sans_suite(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    motif: str,
    explication: str,
    maintenant: datetime,
) -> Demande:
    """Close the dossier; the APD is revoked that day, the person told why and what to do.

    `motif` is a code of MOTIFS_DE_CLASSEMENT, `explication` what the person will read. Possible while OFPRA
    rebuilds the civil status. Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat,
    refus_propose, motif, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.EN_INSTRUCTION, Etat.COMPLEMENT_DEMANDE)
    if Refus.objects.filter(demande=demande, etat=Refus.Etat.PROPOSE).exists():
        raise ActionImpossible("refus_propose")
    if motif not in MOTIFS_DE_CLASSEMENT:
        raise ActionImpossible("motif")
    if not explication.strip():
        raise ActionImpossible("phrase")
    if demande.etat == Etat.COMPLEMENT_DEMANDE:
        abandonner_complement(demande, maintenant)
    annuler_les_convocations(demande, maintenant)
    revoquer(demande_id=demande.pk, types=(APD, CONFIRMATION_DEPOT), maintenant=maintenant)
    passer(
        demande,
        "classer_sans_suite",
        acteur=agent,
        maintenant=maintenant,
        valeurs={"motif": motif, "explication": explication.strip()},
    )
    prevenir(demande, type="classement", cle=f"classement:{demande.pk}")
    return demande
