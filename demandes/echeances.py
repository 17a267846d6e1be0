"""Delays counted by the clocks: in days of Paris, whatever the hour, the season or a beat that was stopped.

A clock never asks « is it the 15th day? » but « which step is the last one reached, and was it done? »: after a week
without beat the latest step is done, once, and those before it are not made up for.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from demandes.regles.dates import ajouter_mois

PARIS = ZoneInfo("Europe/Paris")


def jour_a_paris(instant: datetime) -> date:
    """The day in Paris of an aware instant: 31 December 23:30 UTC is 1 January."""
    return instant.astimezone(PARIS).date()


def debut_du_jour(jour: date) -> datetime:
    """Midnight in Paris: it exists once every day, also when the clocks change."""
    return datetime.combine(jour, time.min, tzinfo=PARIS)


def avant_le(jours: int, maintenant: datetime) -> datetime:
    """What happened before this instant happened `jours` days ago or more, in days of Paris."""
    return debut_du_jour(jour_a_paris(maintenant) - timedelta(days=jours - 1))


def palier_atteint(depuis: datetime, paliers: Sequence[int], maintenant: datetime) -> int | None:
    """The last of `paliers` (days after `depuis`) that is reached, None before the first."""
    passes = (jour_a_paris(maintenant) - jour_a_paris(depuis)).days
    return max((palier for palier in paliers if palier <= passes), default=None)


def palier_a_faire(champ: str, paliers: Sequence[int], faits: str, maintenant: datetime) -> Q:
    """The rows whose last step reached is not done: the same as `palier_atteint`, for a query.

    `champ` is the column of the starting instant, `faits` that of the list of steps done.
    """
    condition = Q(pk__in=[])
    suivant: int | None = None
    for palier in sorted(paliers, reverse=True):
        atteint = Q(**{f"{champ}__lt": avant_le(palier, maintenant)})
        if suivant is not None:
            atteint &= Q(**{f"{champ}__gte": avant_le(suivant, maintenant)})
        condition |= atteint & ~Q(**{f"{faits}__contains": [palier]})
        suivant = palier
    return condition


def dernier_depart(mois: int, au: date) -> date:
    """The last day from which `mois` months are passed on the day `au` (R-REGLES-6: the end of the month counts)."""
    depart = ajouter_mois(au, -mois)
    while ajouter_mois(depart, mois) >= au:
        depart -= timedelta(days=1)
    return depart
