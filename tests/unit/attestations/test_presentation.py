from datetime import UTC, date, datetime

import pytest

from attestations.presentation import jour, naissance, numero_groupe, valeurs_imprimees
from tests.donnees_attestation import apd_premiere


@pytest.mark.parametrize(
    ("valeur", "mots"),
    [
        (date(2027, 3, 1), "1er mars 2027"),
        (date(2028, 2, 29), "29 février 2028"),
        (date(2026, 12, 31), "31 décembre 2026"),
    ],
)
def test_a_day_in_words(valeur, mots):
    assert jour(valeur).replace("\u00a0", " ") == mots


@pytest.mark.parametrize(
    ("valeur", "mots"),
    [
        ("1990-03-12", "12 mars 1990"),
        ("1990-03-01", "1er mars 1990"),
        ("1990-03-00", "mars 1990 (jour inconnu)"),
        ("1990-00-00", "1990 (jour et mois inconnus)"),
    ],
)
def test_an_unknown_day_or_month_of_birth_is_said(valeur, mots):
    assert naissance(valeur).replace("\u00a0", " ") == mots


def test_the_nineteen_digits_are_grouped_for_reading():
    assert numero_groupe("9201202611231405001").split("\u00a0") == ["9201", "20261123", "1405", "001"]


def test_the_time_of_the_deposit_is_that_of_paris_even_on_the_next_day():
    valeurs = valeurs_imprimees(apd_premiere(deposee_le=datetime(2026, 12, 31, 23, 30, tzinfo=UTC)))
    assert valeurs["depot_jour"].replace("\u00a0", " ") == "1er janvier 2027"
    assert valeurs["depot_heure"].replace("\u00a0", " ") == "0 h 30"
