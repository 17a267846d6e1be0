"""Note which dossiers an agent chose for an action, so that it can be shown before it is done (R-INSTR-2)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from comptes.models import Compte
from demandes.models import LigneDeLot, Lot
from demandes.operations.refus import ActionImpossible
from demandes.requetes import dossiers_de_l_agent

# What a worker does in some ten seconds, and what an agent can still read.
DOSSIERS_MAX = 200


@transaction.atomic
def preparer_lot(*, agent_id: int, action: str, demande_ids: Collection[UUID], maintenant: datetime) -> Lot:
    """Keep the choice, at most DOSSIERS_MAX dossiers in the queue's order; nothing changes for them yet.

    `action` is a `Lot.Action`. Dossiers that are not the agent's are left out, as unknown ones are. Raises
    `ActionImpossible` (aucun_dossier).
    """
    agent = Compte.objects.get(pk=agent_id)
    choisis = (
        dossiers_de_l_agent(agent)
        .filter(pk__in=list(demande_ids)[:DOSSIERS_MAX])
        .order_by("droits_jusqu_au", "pk")
        .values_list("pk", "version")
    )
    lignes = list(choisis)
    if not lignes:
        raise ActionImpossible("aucun_dossier")
    lot = Lot.objects.create(agent=agent, action=action, cree_le=maintenant)
    LigneDeLot.objects.bulk_create(
        LigneDeLot(lot=lot, demande_id=demande_id, version=version) for demande_id, version in lignes
    )
    return lot
