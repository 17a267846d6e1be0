"""The legal delay that passes without a decision: the agent sees it, the person is told once what it means.

Three months for a protected person (R.424-1, R.424-7); four months' silence is a refusal for the family (R.*432-1,
R.432-2), counted without the time given to complete the dossier (CRPA L.114-5).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from demandes.chronologie import MOIS_FAMILLE, MOIS_PROTEGE, delai_legal
from demandes.documents import est_protege
from demandes.echeances import debut_du_jour, dernier_depart, jour_a_paris
from demandes.etats import Etat
from demandes.models import Demande
from demandes.operations.dossier import DELAI_LEGAL_DEPASSE
from demandes.operations.horloges.balayage import LOT, balayer, noter_l_horloge, prendre, signaler
from demandes.operations.prevenir import prevenir

# While a complement is awaited the prefecture is not the one who is silent: it is looked at again with the answer.
AU_TOUR_DE_LA_PREFECTURE = (Etat.DEPOSEE, Etat.EN_INSTRUCTION)


def signaler_les_delais(*, maintenant: datetime) -> int:
    """Flag the dossiers whose legal delay has passed and tell the persons; gives how many."""
    return balayer(_dus(maintenant), partial(signaler_delai, maintenant=maintenant))


@transaction.atomic
def signaler_delai(demande_id: UUID, *, maintenant: datetime) -> bool:
    """Flag one dossier and tell the person, once; False when its delay has not passed."""
    demande = prendre(demande_id, etat__in=AU_TOUR_DE_LA_PREFECTURE)
    if demande is None or DELAI_LEGAL_DEPASSE in demande.signalements:
        return False
    jour = delai_legal(demande).jour
    if jour_a_paris(maintenant) <= jour:
        return False
    signaler(demande, DELAI_LEGAL_DEPASSE)
    noter_l_horloge(demande, "delai_legal_depasse", jour=jour.isoformat())
    prevenir(
        demande,
        type="delai_legal_depasse",
        cle=f"delai_legal_depasse:{demande.pk}",
        jour=jour.isoformat(),
        protege=est_protege(demande),
    )
    return True


def _dus(maintenant: datetime) -> Iterator[UUID]:
    """A few come too early, for the days that a complement took: the operation counts these."""
    au = jour_a_paris(maintenant)
    dus = Demande.objects.filter(
        Q(deposee_le__lt=_depose_avant(MOIS_FAMILLE, au))
        | Q(deposee_le__lt=_depose_avant(MOIS_PROTEGE, au)) & ~Q(donnees__situation__statut="membre_famille"),
        etat__in=AU_TOUR_DE_LA_PREFECTURE,
    ).exclude(signalements__contains=[DELAI_LEGAL_DEPASSE])
    return dus.order_by("deposee_le", "pk").values_list("pk", flat=True).iterator(LOT)


def _depose_avant(mois: int, au: date) -> datetime:
    """Deposits before this instant have used up `mois` months on the day `au`."""
    return debut_du_jour(dernier_depart(mois, au) + timedelta(days=1))
