"""Drafts that nobody touches: the person is warned at 75 days, the draft and its files go at 90.

Never without fifteen days' warning: where beat was stopped the warning came late, and so does the end.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from comptes.models import Compte
from comptes.operations.avertir import avertir
from demandes.echeances import avant_le, jour_a_paris
from demandes.etats import Etat
from demandes.models import Demande
from demandes.operations.abandonner_brouillon import effacer_brouillon
from demandes.operations.horloges.balayage import LOT, balayer, prendre

AVERTISSEMENT = 75
EFFACEMENT = 90
PREAVIS = timedelta(days=EFFACEMENT - AVERTISSEMENT)


def effacer_les_brouillons(*, maintenant: datetime) -> int:
    """Warn the accounts whose drafts will go, delete those whose time is up; gives how many of both."""
    prevenus = balayer(_a_prevenir(maintenant), partial(prevenir_du_compte, maintenant=maintenant))
    return prevenus + balayer(
        _a_effacer(maintenant), partial(effacer_brouillon_delaisse, maintenant=maintenant)
    )


@transaction.atomic
def prevenir_du_compte(compte_id: int, *, maintenant: datetime) -> bool:
    """Warn an account, in one message, of its drafts that will go; False when there is none."""
    # One worker an account: two would share the drafts and write twice.
    compte = Compte.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=compte_id).first()
    if compte is None:
        return False
    brouillons = list(
        _delaisses(AVERTISSEMENT, maintenant)
        .filter(_pas_prevenus(), compte=compte)
        .select_for_update(skip_locked=True)
        .order_by("modifie_le", "pk")
    )
    if not brouillons:
        return False
    # An update: the warning is no activity of the person.
    Demande.objects.filter(pk__in=[b.pk for b in brouillons]).update(prevenu_le=maintenant)
    avertir(
        compte=compte,
        type="brouillons_a_effacer",
        valeurs={
            "nombre": len(brouillons),
            "jour": min(jour_d_effacement(b, maintenant) for b in brouillons).isoformat(),
        },
        cle=f"brouillons_a_effacer:{brouillons[0].pk}:{jour_a_paris(maintenant)}",
    )
    return True


def jour_d_effacement(brouillon: Demande, prevenu_le: datetime) -> date:
    """The first day on which a draft, of which the person is warned at `prevenu_le`, may be deleted."""
    return max(
        jour_a_paris(brouillon.modifie_le) + timedelta(days=EFFACEMENT), jour_a_paris(prevenu_le) + PREAVIS
    )


@transaction.atomic
def effacer_brouillon_delaisse(demande_id: UUID, *, maintenant: datetime) -> bool:
    """Delete one draft whose owner was warned in time and did nothing; False when it is not due any more."""
    brouillon = prendre(demande_id, etat=Etat.BROUILLON)
    if (
        brouillon is None
        or brouillon.prevenu_le is None
        or brouillon.prevenu_le < brouillon.modifie_le
        or jour_a_paris(maintenant) < jour_d_effacement(brouillon, brouillon.prevenu_le)
    ):
        return False
    effacer_brouillon(brouillon)
    return True


def _delaisses(jours: int, maintenant: datetime) -> QuerySet[Demande]:
    return Demande.objects.filter(etat=Etat.BROUILLON, modifie_le__lt=avant_le(jours, maintenant))


def _pas_prevenus() -> Q:
    return Q(prevenu_le=None) | Q(prevenu_le__lt=F("modifie_le"))


def _a_prevenir(maintenant: datetime) -> Iterator[int]:
    dus = _delaisses(AVERTISSEMENT, maintenant).filter(_pas_prevenus())
    return dus.order_by("compte_id").values_list("compte_id", flat=True).distinct().iterator(LOT)


def _a_effacer(maintenant: datetime) -> Iterator[UUID]:
    dus = _delaisses(EFFACEMENT, maintenant).filter(
        prevenu_le__gte=F("modifie_le"), prevenu_le__lt=avant_le(PREAVIS.days, maintenant)
    )
    return dus.order_by("modifie_le", "pk").values_list("pk", flat=True).iterator(LOT)
