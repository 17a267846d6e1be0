"""The 19 digits: site, date and minute in Paris, sequence (spec, settled points)."""

from datetime import UTC, datetime, timedelta

import pytest

from demandes.models import Demande
from demandes.operations.numeroter import numeroter
from tests import dossiers_d_essai as essai

INSTANT = datetime(2026, 11, 23, 13, 5, 42, tzinfo=UTC)


def poser(numero: str) -> None:
    compte = essai.compte(numero_etranger=essai.numero())
    Demande.objects.create(
        compte=compte, etat="deposee", numero=numero, deposee_le=INSTANT, prefecture_id="39",
        beneficiaire=compte.numero_etranger,
    )  # fmt: skip


@pytest.mark.parametrize("site", ["9201", "2001", "2002", "9711", "7501", "0101"])
def test_a_number_is_nineteen_digits_site_first(site):
    numero = numeroter(site=site, maintenant=INSTANT)

    assert numero == f"{site}202611231405000"
    assert (len(numero), numero.isdigit()) == (19, True)


def test_the_next_one_of_the_same_minute_follows():
    poser("3901202611231405000")
    poser("3901202611231405001")

    assert numeroter(site="3901", maintenant=INSTANT) == "3901202611231405002"


def test_each_site_and_each_minute_counts_alone():
    poser("3901202611231405007")

    assert numeroter(site="9201", maintenant=INSTANT) == "9201202611231405000"
    assert numeroter(site="3901", maintenant=INSTANT + timedelta(minutes=1)) == "3901202611231406000"


def test_the_hour_is_the_one_of_paris_in_summer_and_winter():
    assert numeroter(site="3901", maintenant=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))[4:16] == "202607020030"
    assert (
        numeroter(site="3901", maintenant=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))[4:16] == "202701010030"
    )


def test_the_hour_that_the_autumn_change_repeats_continues_the_sequence():
    # 25 October 2026: 02:30 comes twice in Paris, at 00:30 and 01:30 UTC.
    premiere = numeroter(site="3901", maintenant=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    poser(premiere)

    seconde = numeroter(site="3901", maintenant=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))

    assert (premiere, seconde) == ("3901202610250230000", "3901202610250230001")


def test_the_thousand_and_first_of_a_minute_borrows_from_the_next():
    poser("3901202611231405998")
    assert numeroter(site="3901", maintenant=INSTANT) == "3901202611231405999"
    poser("3901202611231405999")

    assert numeroter(site="3901", maintenant=INSTANT) == "3901202611231406000"
    poser("3901202611231406000")
    # The next minute, when it comes, goes on after what was borrowed.
    assert numeroter(site="3901", maintenant=INSTANT + timedelta(minutes=1)) == "3901202611231406001"


def test_a_minute_that_borrows_may_cross_midnight_and_the_year():
    instant = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
    poser("3901202612312359999")

    assert numeroter(site="3901", maintenant=instant) == "3901202701010000000"
