"""« Retirer ma demande », possible until the examination starts (R-ESPACE-2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from attestations.donnees import APD, CONFIRMATION_DEPOT
from attestations.operations.terminer import revoquer
from comptes.models import Compte
from demandes.models import Demande
from demandes.operations.dossier import passer
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import DossierIntrouvable
from demandes.requetes import demandes_de
from referentiels import ephoto


@transaction.atomic
def retirer(*, demande_id: UUID, compte_id: int, maintenant: datetime) -> Demande:
    """Withdraw a deposited demande: its APD is revoked, its e-photo code is free again (R-EPHOTO-1).

    Raises `DossierIntrouvable`, `ActionImpossible` (etat) once an agent has started.
    """
    compte = Compte.objects.get(pk=compte_id)
    demande = demandes_de(compte).select_for_update(of=("self",)).filter(pk=demande_id).first()
    if demande is None:
        raise DossierIntrouvable
    passer(demande, "retirer", acteur=compte, maintenant=maintenant)
    revoquer(demande_id=demande.pk, types=(APD, CONFIRMATION_DEPOT), maintenant=maintenant)
    ephoto.service().liberer(demande.ephoto_code)
    prevenir(demande, type="retrait", cle=f"retrait:{demande.pk}")
    return demande
