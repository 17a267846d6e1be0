"""The renewal window of R-REGLES-5, both days included, and what is told beside it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from demandes.regles.dates import ajouter_mois
from demandes.regles.faits import Nature
from demandes.regles.orientation import orienter
from tests.unit.regles.exemples import AU, AUTRE, MAJEUR, REFUGIE, famille, renouvelle, titre

FINS = st.dates(date(2010, 1, 1), date(2100, 12, 31))
FENETRE = {"RENOUVELLEMENT_TROP_TOT", "RENOUVELLEMENT_TROP_TARD"}


@given(FINS)
def test_both_days_of_the_window_are_open_and_the_days_around_are_not(fin):
    situation = renouvelle(replace(REFUGIE, date_naissance=MAJEUR), fin=fin)
    fenetre = orienter(situation, fin).fenetre
    jour = timedelta(days=1)

    assert fenetre.ouverture == ajouter_mois(fin, -3)
    assert fenetre.fermeture == ajouter_mois(fin, 6)
    assert not FENETRE & set(orienter(situation, fenetre.ouverture).motifs)
    assert not FENETRE & set(orienter(situation, fenetre.fermeture).motifs)
    assert "RENOUVELLEMENT_TROP_TOT" in orienter(situation, fenetre.ouverture - jour).motifs
    assert "RENOUVELLEMENT_TROP_TARD" in orienter(situation, fenetre.fermeture + jour).motifs


@given(FINS, st.integers(-400, 400))
def test_the_law_s_deadline_is_the_60th_day_before_expiry(fin, ecart):
    situation = renouvelle(REFUGIE, fin=fin)

    hors_delai = "HORS_DELAI_LEGAL" in orienter(situation, fin + timedelta(days=ecart)).alertes

    assert hors_delai is (ecart > -60)


def test_the_window_is_given_for_every_renewal_with_a_permit_and_for_nothing_else():
    assert orienter(renouvelle(AUTRE), AU).vers_dict()["fenetre"] == {
        "ouverture": "2026-09-30",
        "fermeture": "2027-06-30",
    }
    assert orienter(replace(REFUGIE, titre_detenu=titre()), AU).fenetre is None
    assert orienter(replace(REFUGIE, nature=Nature.RENOUVELLEMENT), AU).fenetre is None


def test_the_window_stops_at_the_ends_of_the_calendar():
    assert orienter(renouvelle(REFUGIE, fin=date.max), AU).fenetre.fermeture == date.max
    assert orienter(renouvelle(REFUGIE, fin=date.min), AU).fenetre.ouverture == date.min


def test_the_law_s_own_window_and_the_end_of_effects_are_told():
    informations = orienter(renouvelle(REFUGIE, fin=date(2026, 12, 31)), AU).renouvellement

    assert informations.ouverture_legale == date(2026, 9, 2)
    assert informations.fermeture_legale == date(2026, 11, 1)
    assert informations.fin_des_effets == date(2027, 3, 31)
    assert informations.majoration_euros == 180
    assert informations.hors_delai


def test_a_temporary_card_keeps_no_effects_after_its_end():
    orientation = orienter(renouvelle(famille("refugie"), "cst"), AU)

    assert orientation.renouvellement.fin_des_effets is None
    assert "EFFETS_PROLONGES" not in [etape.code for etape in orientation.etapes("information")]


def test_whoever_has_four_years_is_told_not_to_wait_for_the_window():
    situation = replace(
        renouvelle(famille("protection_subsidiaire"), fin=date(2028, 1, 1)),
        residence_reguliere_depuis=date(2020, 1, 1),
    )

    codes = [etape.code for etape in orienter(situation, AU).etapes("information")]

    assert "QUATRE_ANS_DE_RESIDENCE" in codes
    assert "MAJORATION_RETARD" not in codes
