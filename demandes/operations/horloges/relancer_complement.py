"""A complement without answer: reminders at 15 and 25 days, closing proposed to an agent at 60 (spec part 13)."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from demandes.echeances import avant_le, jour_a_paris, palier_a_faire, palier_atteint
from demandes.etats import Etat
from demandes.models import Complement
from demandes.operations.dossier import COMPLEMENT_SANS_REPONSE
from demandes.operations.horloges.balayage import LOT, balayer, noter_l_horloge, prendre, signaler
from demandes.operations.prevenir import prevenir

RAPPELS = (15, 25)
CLASSEMENT_PROPOSE = 60


def relancer_les_complements(*, maintenant: datetime) -> int:
    """Send the reminders that are due and propose the closings; gives how many dossiers were concerned."""
    rappeles = balayer(_a_relancer(maintenant), partial(relancer_complement, maintenant=maintenant))
    return rappeles + balayer(_a_classer(maintenant), partial(proposer_classement, maintenant=maintenant))


@transaction.atomic
def relancer_complement(demande_id: UUID, *, maintenant: datetime) -> bool:
    """Remind the person of the complement, once for the last step reached; False when nothing is due."""
    demande = prendre(demande_id, etat=Etat.COMPLEMENT_DEMANDE)
    complement = demande and Complement.objects.filter(demande=demande, etat=Complement.Etat.OUVERT).first()
    if not (demande and complement):
        return False
    palier = palier_atteint(complement.demande_le, RAPPELS, maintenant)
    if palier is None or palier in complement.rappels:
        return False
    complement.rappels = sorted([*complement.rappels, palier])
    complement.save(update_fields=["rappels"])
    noter_l_horloge(demande, "complement_rappele", jours=palier)
    prevenir(
        demande,
        type="complement_rappel",
        cle=f"complement_rappel:{complement.pk}:{palier}",
        echeance=complement.echeance.isoformat(),
        passee=jour_a_paris(maintenant) > complement.echeance,
    )
    return True


@transaction.atomic
def proposer_classement(demande_id: UUID, *, maintenant: datetime) -> bool:
    """Show the agent that the dossier may be closed: a flag, never a closing; False when it is not due."""
    demande = prendre(demande_id, etat=Etat.COMPLEMENT_DEMANDE)
    if demande is None or COMPLEMENT_SANS_REPONSE in demande.signalements:
        return False
    if not demande.complements.filter(
        etat=Complement.Etat.OUVERT, demande_le__lt=avant_le(CLASSEMENT_PROPOSE, maintenant)
    ).exists():
        return False
    signaler(demande, COMPLEMENT_SANS_REPONSE)
    noter_l_horloge(demande, "classement_propose", jours=CLASSEMENT_PROPOSE)
    return True


def _a_relancer(maintenant: datetime) -> Iterator[UUID]:
    dus = Complement.objects.filter(
        palier_a_faire("demande_le", RAPPELS, "rappels", maintenant), etat=Complement.Etat.OUVERT
    )
    return dus.order_by("demande_le", "pk").values_list("demande_id", flat=True).iterator(LOT)


def _a_classer(maintenant: datetime) -> Iterator[UUID]:
    dus = Complement.objects.filter(
        etat=Complement.Etat.OUVERT, demande_le__lt=avant_le(CLASSEMENT_PROPOSE, maintenant)
    ).exclude(demande__signalements__contains=[COMPLEMENT_SANS_REPONSE])
    return dus.order_by("demande_le", "pk").values_list("demande_id", flat=True).iterator(LOT)
