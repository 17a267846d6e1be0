"""Delays counted in days of Paris: steps reached, nights of a clock change, ends of the year, ends of the month."""

from datetime import UTC, date, datetime, timedelta

import pytest

from demandes.echeances import (
    PARIS,
    avant_le,
    debut_du_jour,
    dernier_depart,
    jour_a_paris,
    palier_atteint,
)
from demandes.regles.dates import ajouter_mois

PALIERS = (15, 25)


def paris(annee: int, mois: int, jour: int, heure: int = 12, minute: int = 0) -> datetime:
    return datetime(annee, mois, jour, heure, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("jours", "palier"), [(0, None), (14, None), (15, 15), (24, 15), (25, 25), (400, 25), (-3, None)]
)
def test_the_step_is_the_last_one_reached(jours, palier):
    depuis = paris(2026, 11, 1)
    assert palier_atteint(depuis, PALIERS, depuis + timedelta(days=jours)) == palier


def test_a_step_is_reached_at_midnight_in_paris_whatever_the_hour_of_the_start():
    depuis = paris(2026, 11, 1, 23, 59)
    assert palier_atteint(depuis, PALIERS, paris(2026, 11, 15, 23, 59)) is None
    assert palier_atteint(depuis, PALIERS, paris(2026, 11, 16, 0, 0)) == 15


def test_the_last_half_hour_of_the_year_in_london_is_next_year_in_paris():
    instant = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert jour_a_paris(instant) == date(2027, 1, 1)
    assert palier_atteint(paris(2026, 12, 17), PALIERS, instant) == 15
    assert palier_atteint(instant, PALIERS, paris(2027, 1, 15)) is None
    assert palier_atteint(instant, PALIERS, paris(2027, 1, 16)) == 15


@pytest.mark.parametrize(
    ("jour", "duree"), [(date(2026, 10, 25), 25), (date(2027, 3, 28), 23), (date(2026, 6, 1), 24)]
)
def test_a_day_of_paris_lasts_what_it_lasts_in_the_nights_of_a_clock_change(jour, duree):
    heures = debut_du_jour(jour + timedelta(days=1)).astimezone(UTC) - debut_du_jour(jour).astimezone(UTC)
    assert heures == timedelta(hours=duree)


@pytest.mark.parametrize("depart", [date(2026, 10, 10), date(2027, 3, 13), date(2026, 12, 17)])
def test_the_limit_of_a_query_says_the_same_as_the_step(depart):
    """Also across both clock changes and the new year, at every hour."""
    for heure in range(0, 48):
        maintenant = datetime(depart.year, depart.month, depart.day, tzinfo=UTC) + timedelta(
            days=14, hours=heure
        )
        for minute in (0, 30, 59):
            debut = datetime(depart.year, depart.month, depart.day, 21, minute, tzinfo=UTC)
            for depuis in (debut, debut + timedelta(hours=1), debut + timedelta(hours=2)):
                reached = palier_atteint(depuis, PALIERS, maintenant) is not None
                assert (depuis < avant_le(15, maintenant)) is reached


@pytest.mark.parametrize("mois", [3, 4])
def test_the_last_start_is_the_one_after_which_the_months_are_not_passed(mois):
    jour = date(2027, 1, 1)
    while jour < date(2028, 4, 1):
        depart = dernier_depart(mois, jour)
        assert ajouter_mois(depart, mois) < jour <= ajouter_mois(depart + timedelta(days=1), mois)
        jour += timedelta(days=1)
