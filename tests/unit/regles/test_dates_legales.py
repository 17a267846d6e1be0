"""The dates of R-REGLES-6: properties that hold on every day of the calendar, and the days that surprise."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demandes.regles.dates import (
    age_au,
    ajouter_mois,
    echu,
    en_francais,
    fin_de_validite,
    plus_de_jours_avant,
    reculer_de_jours,
)
from demandes.regles.faits import DateNaissance
from demandes.regles.parametres import Serie, Valeur

JOURS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MOIS = st.integers(-240, 240)


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2027, 5, 31), -3, date(2027, 2, 28)),
        (date(2028, 5, 31), -3, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 23), 6, date(2027, 5, 23)),
        (date(9999, 12, 1), 3, date.max),
        (date(1, 1, 31), -3, date.min),
    ],
)
def test_months_keep_the_day_or_take_the_last_of_the_month(jour, mois, attendu):
    assert ajouter_mois(jour, mois) == attendu


@given(JOURS, MOIS)
def test_adding_months_lands_in_the_month_counted(jour, mois):
    resultat = ajouter_mois(jour, mois)

    assert (resultat.year - jour.year) * 12 + resultat.month - jour.month == mois
    assert resultat.day == min(jour.day, calendar.monthrange(resultat.year, resultat.month)[1])


@given(st.dates(), st.integers(0, 600), st.dates())
def test_a_delay_has_passed_exactly_from_its_day_on(depart, mois, au):
    resultat = ajouter_mois(depart, mois)
    if resultat < date.max:
        assert echu(depart, mois, au) is (resultat <= au)


def test_a_delay_that_leaves_the_calendar_never_passes():
    assert not echu(date(9998, 1, 1), 48, date.max)


@given(JOURS, st.integers(1, 120))
def test_a_validity_ends_the_day_before_the_same_day(debut, mois):
    assert fin_de_validite(debut, mois) + timedelta(days=1) == ajouter_mois(debut, mois)


@given(JOURS, st.integers(0, 110))
def test_an_age_is_reached_on_the_birthday_and_not_before(naissance, age):
    annee = naissance.year + age
    if (naissance.month, naissance.day) == (2, 29) and not calendar.isleap(annee):
        anniversaire = date(annee, 3, 1)
    else:
        anniversaire = naissance.replace(year=annee)

    assert age_au(naissance, anniversaire) == age
    assert age_au(naissance, anniversaire - timedelta(days=1)) == age - 1


def test_whoever_is_born_on_29_february_comes_of_age_on_1_march():
    assert age_au(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_au(date(2008, 2, 29), date(2026, 3, 1)) == 18


@given(st.dates(), st.dates(), st.integers(0, 400))
def test_days_before_a_day_are_counted_one_by_one(au, echeance, jours):
    assert plus_de_jours_avant(au, echeance, jours) is ((echeance - au).days < jours)


def test_going_back_stops_at_the_first_day_of_the_calendar():
    assert reculer_de_jours(date(1, 1, 5), 60) == date.min
    assert reculer_de_jours(date(2027, 3, 1), 60) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("texte", "tot", "approximative"),
    [
        ("1990-03-07", date(1990, 3, 7), False),
        ("1990-03-00", date(1990, 3, 1), True),
        ("1990-00-00", date(1990, 1, 1), True),
        ("2008-02-29", date(2008, 2, 29), False),
    ],
)
def test_an_unknown_day_or_month_counts_as_the_earliest(texte, tot, approximative):
    naissance = DateNaissance.lire(texte)

    assert naissance.au_plus_tot == tot
    assert naissance.approximative is approximative
    assert str(naissance) == texte


@pytest.mark.parametrize(
    "texte",
    ["1990-00-07", "2007-02-29", "1990-13-01", "0000-01-01", "1990-1-1", "19900301", "1990-03-01\n", ""],
)
def test_a_birth_date_that_does_not_exist_is_refused(texte):
    with pytest.raises(ValueError, match=r".+"):
        DateNaissance.lire(texte)


def test_the_first_of_the_month_is_said_as_in_french():
    assert en_francais(date(2027, 3, 1)) == "1er mars 2027"
    assert en_francais(date(2027, 8, 22)) == "22 août 2027"


def test_a_parameter_changes_on_its_day_and_the_past_keeps_its_value():
    serie = Serie((Valeur(25, "ancien", date(2021, 1, 1)), Valeur(50, "nouveau", date(2026, 5, 1))))

    assert serie.au(date(1999, 1, 1)) == 25
    assert serie.au(date(2026, 4, 30)) == 25
    assert serie.au(date(2026, 5, 1)) == 50
    assert serie.ligne_au(date(2026, 5, 1)).source == "nouveau"
