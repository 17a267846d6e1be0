"""A card that nobody came for: reminders 30 and 60 days after it was announced (spec part 13)."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from demandes.echeances import palier_a_faire, palier_atteint
from demandes.etats import Etat
from demandes.models import Remise
from demandes.operations.horloges.balayage import LOT, balayer, noter_l_horloge, prendre
from demandes.operations.prevenir import prevenir

RAPPELS = (30, 60)


def relancer_les_retraits(*, maintenant: datetime) -> int:
    """Send the reminders that are due; gives how many."""
    return balayer(_dus(maintenant), partial(relancer_retrait, maintenant=maintenant))


@transaction.atomic
def relancer_retrait(demande_id: UUID, *, maintenant: datetime) -> bool:
    """Remind the person that the card waits, once for the last step reached; False when nothing is due."""
    demande = prendre(demande_id, etat=Etat.TITRE_DISPONIBLE)
    remise = demande and Remise.objects.filter(demande=demande, remise_le=None).first()
    if not (demande and remise):
        return False
    palier = palier_atteint(remise.annoncee_le, RAPPELS, maintenant)
    if palier is None or palier in remise.rappels:
        return False
    remise.rappels = sorted([*remise.rappels, palier])
    remise.save(update_fields=["rappels"])
    noter_l_horloge(demande, "retrait_rappele", jours=palier)
    prevenir(
        demande,
        type="retrait_rappel",
        cle=f"retrait_rappel:{demande.pk}:{palier}",
        euros=remise.euros,
        ancien_titre=demande.donnees["titre_detenu"] is not None,
    )
    return True


def _dus(maintenant: datetime) -> Iterator[UUID]:
    dus = Remise.objects.filter(
        palier_a_faire("annoncee_le", RAPPELS, "rappels", maintenant),
        remise_le=None,
        demande__etat=Etat.TITRE_DISPONIBLE,
    )
    return dus.order_by("annoncee_le", "pk").values_list("demande_id", flat=True).iterator(LOT)
