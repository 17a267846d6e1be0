"""« Retirer ma demande », possible until the examination starts (R-ESPACE-2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from attestations.donnees import APD, CONFIRMATION_DEPOT
from attestations.operations.terminer import revoquer
from demandes.models import Demande
from demandes.operations.dossier import passer, verrouiller_sienne
from demandes.operations.prendre_ephoto import ephoto_prise
from demandes.operations.prevenir import prevenir
from referentiels import ephoto


@transaction.atomic
def retirer(*, demande_id: UUID, compte_id: int, maintenant: datetime) -> Demande:
    """Withdraw a deposited demande: its APD is revoked, its e-photo code is free again (R-EPHOTO-1).

    Raises `DossierIntrouvable`, `ActionImpossible` (etat) once an agent has started.
    """
    demande, compte = verrouiller_sienne(demande_id=demande_id, compte_id=compte_id)
    passer(demande, "retirer", acteur=compte, maintenant=maintenant)
    revoquer(demande_id=demande.pk, types=(APD, CONFIRMATION_DEPOT), maintenant=maintenant)
    if ephoto_prise(demande):
        ephoto.service().liberer(demande.ephoto_code)
    prevenir(demande, type="retrait", cle=f"retrait:{demande.pk}")
    return demande
