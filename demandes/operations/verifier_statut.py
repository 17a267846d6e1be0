"""What a human or OFPRA settles before a decision: the declared status, the civil status (R-INSTR-6, spec part 13)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from demandes.documents import est_protege
from demandes.etats import A_DECIDER, OUVERTS
from demandes.models import Demande
from demandes.operations.dossier import exiger_etat, noter, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.prolonger import annoncer, consigner, suivre
from demandes.operations.refus import ActionImpossible

STATUT_A_VERIFIER = "STATUT_A_VERIFIER"


@transaction.atomic
def verifier_statut(
    *, demande_id: UUID, agent_id: int, version: int | None, motif: str, maintenant: datetime
) -> Demande:
    """Confirm a status that the register did not know; the APD follows, dated from the deposit (R-REGLES-3).

    A family member's follows the document held; it may be for later, or for an agent to order.

    `motif` says how it was checked. Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat,
    phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, *A_DECIDER)
    if demande.controle != Demande.Controle.A_VERIFIER:
        raise ActionImpossible("etat")
    if not motif.strip():
        raise ActionImpossible("phrase")
    demande.controle = Demande.Controle.CONFIRME
    demande.signalements = sorted(set(demande.signalements) - {STATUT_A_VERIFIER})
    apds = suivre(demande, maintenant)
    # A family member's APD has rules of its own and comes with its own message.
    attestation = apds[-1] if apds and est_protege(demande) else None
    consigner(demande, apds)
    noter(demande, "verifier_statut", acteur=agent, valeurs={"motif": motif.strip()})
    prevenir(
        demande,
        type="statut_verifie",
        cle=f"statut_verifie:{demande.pk}",
        attestation=attestation,
        apd=attestation is not None,
    )
    if attestation is None:
        annoncer(demande, apds)
    return demande


@transaction.atomic
def constater_etat_civil(*, demande_id: UUID, agent_id: int, version: int | None, motif: str) -> Demande:
    """Note that OFPRA has rebuilt the civil status: the prefecture can decide, and the person is told.

    `motif` says where the agent saw it. Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible`
    (etat, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, *A_DECIDER)
    if not demande.ofpra_en_attente:
        raise ActionImpossible("etat")
    if not motif.strip():
        raise ActionImpossible("phrase")
    _recevoir(demande)
    noter(demande, "etat_civil_recu", acteur=agent, valeurs={"motif": motif.strip()})
    return demande


@transaction.atomic
def recevoir_etat_civil(*, demande_id: UUID) -> bool:
    """The same, when the register says so (beat asks it); False when there was nothing to note."""
    demande = (
        Demande.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("compte")
        .filter(pk=demande_id, ofpra_en_attente=True, etat__in=OUVERTS)
        .first()
    )
    if demande is None:
        return False
    _recevoir(demande)
    noter(demande, "etat_civil_recu", acteur=None, valeurs={"motif": "registre"})
    return True


def _recevoir(demande: Demande) -> None:
    demande.ofpra_en_attente = False
    prevenir(demande, type="etat_civil_recu", cle=f"etat_civil_recu:{demande.pk}")
