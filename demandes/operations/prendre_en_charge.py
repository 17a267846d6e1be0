"""Start the examination of a dossier, or hand it to a colleague (R-INSTR-1, R-INSTR-2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from comptes.models import Compte
from demandes.etats import AGENTS, OUVERTS, Etat
from demandes.models import Demande
from demandes.operations.dossier import exiger_etat, noter, passer, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible


@transaction.atomic
def prendre_en_charge(
    *, demande_id: UUID, agent_id: int, version: int | None, maintenant: datetime
) -> Demande:
    """Take a deposited dossier: its examination starts, the agent is in charge, the person is told.

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    demande.agent = agent
    passer(demande, "prendre_en_charge", acteur=agent, maintenant=maintenant)
    prevenir(demande, type="examen_commence", cle=f"examen_commence:{demande.pk}")
    return demande


@transaction.atomic
def affecter(*, demande_id: UUID, agent_id: int, version: int | None, a_id: int) -> Demande:
    """Put the agent `a_id`, of the same prefecture, in charge of an open dossier under examination.

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (etat, agent_inconnu).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, *(OUVERTS - {Etat.DEPOSEE}))
    choisi = Compte.objects.filter(
        pk=a_id, is_active=True, role__in=AGENTS, prefectures=demande.prefecture
    ).first()
    if choisi is None:
        raise ActionImpossible("agent_inconnu")
    demande.agent = choisi
    noter(demande, "affecter", acteur=agent, valeurs={"a": choisi.pk})
    return demande
