"""An agent orders the first APD of a family member who holds no residence document (R-REGLES-3, spec part 13)."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from attestations.donnees import CONFIRMATION_DEPOT
from attestations.models import Attestation
from attestations.operations.terminer import remplacer
from demandes.chaine import refus_d_ordonner
from demandes.documents import apd
from demandes.operations.dossier import noter, verrouiller_dossier
from demandes.operations.emettre_attestation import emettre
from demandes.operations.prolonger import annoncer, suivre
from demandes.operations.refus import ActionImpossible

PARIS = ZoneInfo("Europe/Paris")


@transaction.atomic
def ordonner_apd(
    *, demande_id: UUID, agent_id: int, version: int | None, motif: str, maintenant: datetime
) -> Attestation:
    """Order an APD of three months that starts on the day in Paris (R.431-15-1); the chain then goes on by itself.

    `motif` is the agent's reason, kept in the journal. Raises `DossierIntrouvable`, `DossierModifie`,
    `ActionImpossible` (etat, statut, apd_suit, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    if code := refus_d_ordonner(demande):
        raise ActionImpossible(code)
    if not motif.strip():
        raise ActionImpossible("phrase")
    remplacer(demande_id=demande.pk, types=(CONFIRMATION_DEPOT,), maintenant=maintenant)
    debut = maintenant.astimezone(PARIS).date()
    attestation = emettre(demande, apd(demande, debut=debut, emise_le=maintenant))
    suivre(demande, maintenant)
    noter(demande, "ordonner_apd", acteur=agent, valeurs={"motif": motif.strip()})
    annoncer(demande, [attestation])
    return attestation
