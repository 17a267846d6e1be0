"""Launch an action on several dossiers: the row is the order, a worker does it (R-INSTR-2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from demandes.models import Lot
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.requetes import agents_des_prefectures
from referentiels.relance import relancer


@transaction.atomic
def lancer_lot(*, lot_id: UUID, agent_id: int, confie_a_id: int | None, maintenant: datetime) -> Lot:
    """Order the action; a second call changes nothing. `confie_a_id` is asked for by the action « confier ».

    Raises `DossierIntrouvable` (not a lot of this agent), `ActionImpossible` (agent_inconnu).
    """
    lot = (
        Lot.objects.select_for_update(of=("self",))
        .select_related("agent")
        .filter(pk=lot_id, agent=agent_id)
        .first()
    )
    if lot is None:
        raise DossierIntrouvable
    if lot.lance_le is not None:
        return lot
    if lot.action == Lot.Action.CONFIER:
        collegues = agents_des_prefectures(lot.agent)
        lot.confie_a = collegues.filter(pk=confie_a_id).first() if confie_a_id else None
        if lot.confie_a is None:
            raise ActionImpossible("agent_inconnu")
    lot.lance_le = maintenant
    lot.save()
    relancer("demandes.tasks.executer_lot", str(lot.pk))
    return lot
