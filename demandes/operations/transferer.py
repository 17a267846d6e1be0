"""Move a dossier to the prefecture of the person's new home, with its journal (R.431-20, spec part 13)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from demandes.etats import A_DECIDER
from demandes.models import Demande, Refus
from demandes.operations.convoquer import annuler_les_convocations
from demandes.operations.dossier import exiger_etat, noter, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible
from referentiels.models import Prefecture


@transaction.atomic
def transferer(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    departement: str,
    motif: str,
    maintenant: datetime,
) -> Demande:
    """Give the dossier to the prefecture of `departement`; its state stays, nobody is in charge there yet.

    Appointments at the old prefecture are cancelled.

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat, refus_propose, prefecture,
    phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, *A_DECIDER)
    if Refus.objects.filter(demande=demande, etat=Refus.Etat.PROPOSE).exists():
        raise ActionImpossible("refus_propose")
    nouvelle = Prefecture.objects.filter(pk=departement).exclude(pk=demande.prefecture_id).first()
    if nouvelle is None:
        raise ActionImpossible("prefecture")
    if not motif.strip():
        raise ActionImpossible("phrase")
    annuler_les_convocations(demande, maintenant)
    de = demande.prefecture_id
    demande.prefecture, demande.agent = nouvelle, None
    noter(
        demande, "transferer", acteur=agent, valeurs={"de": de, "vers": nouvelle.pk, "motif": motif.strip()}
    )
    prevenir(
        demande, type="transfert", cle=f"transfert:{demande.pk}:{demande.version}", prefecture=nouvelle.nom
    )
    return demande
