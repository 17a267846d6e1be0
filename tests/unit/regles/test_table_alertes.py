"""The alerts of R-REGLES-7: on the last day without, on the first day with, and for nobody else."""

from dataclasses import replace
from datetime import date

import pytest

from demandes.regles.faits import DateNaissance, Nature
from demandes.regles.orientation import orienter
from tests.unit.regles.exemples import AU, AUTRE, REFUGIE, famille, renouvelle

ENFANT = famille("refugie", "enfant")
PARENT = famille("protection_subsidiaire", "ascendant")
CONJOINT = replace(
    famille("refugie"), date_demande_asile_protege=date(2024, 1, 1), date_mariage=date(2025, 11, 24)
)
DIX_NEUF_ANS = DateNaissance(2007, 11, 23)

# ruff: noqa: E501
# fmt: off
TABLE = {
    "a child on the 19th birthday": (replace(ENFANT, date_naissance=DIX_NEUF_ANS), ["ENFANT_PLUS_DE_19_ANS"]),
    "a child on its eve": (replace(ENFANT, date_naissance=DateNaissance(2007, 11, 24)), []),
    "a child of a stateless person too": (replace(famille("apatride", "enfant"), date_naissance=DIX_NEUF_ANS), ["ENFANT_PLUS_DE_19_ANS"]),
    "a child who renews": (renouvelle(replace(ENFANT, date_naissance=DIX_NEUF_ANS), fin=date(2027, 1, 22)), []),
    "a spouse of any age": (famille("refugie"), []),
    "the link of someone who is no family member": (replace(REFUGIE, lien="enfant"), []),
    "a parent of an adult": (replace(PARENT, date_naissance_protege=date(2008, 11, 23)), ["ASCENDANT_PROTEGE_MAJEUR"]),
    "a parent of someone nearly adult": (replace(PARENT, date_naissance_protege=date(2008, 11, 24)), []),
    "a parent of someone of unknown age": (PARENT, []),
    "a parent of someone not born yet": (replace(PARENT, date_naissance_protege=date(2030, 1, 1)), []),
    "a parent who renews": (replace(renouvelle(PARENT, fin=date(2027, 1, 22)), date_naissance_protege=date(2000, 1, 1)), ["ASCENDANT_PROTEGE_MAJEUR"]),
    "a marriage of a year less a day": (CONJOINT, ["MARIAGE_MOINS_D_UN_AN"]),
    "a marriage of a year": (replace(CONJOINT, date_mariage=date(2025, 11, 23)), []),
    "a marriage on the day of the asylum request": (replace(CONJOINT, date_demande_asile_protege=date(2025, 11, 24)), []),
    "a marriage to come": (replace(CONJOINT, date_mariage=date(2027, 1, 1)), ["MARIAGE_MOINS_D_UN_AN"]),
    "a marriage without asylum date": (replace(CONJOINT, date_demande_asile_protege=None), []),
    "a spouse who renews": (replace(renouvelle(CONJOINT, fin=date(2027, 1, 22)), nature=Nature.RENOUVELLEMENT), []),
    "the 60th day before expiry": (renouvelle(REFUGIE, fin=date(2027, 1, 22)), []),
    "the 59th day before expiry": (renouvelle(REFUGIE, fin=date(2027, 1, 21)), ["HORS_DELAI_LEGAL"]),
    "after expiry": (renouvelle(REFUGIE, fin=date(2026, 11, 1)), ["HORS_DELAI_LEGAL"]),
    "before the law's window": (renouvelle(REFUGIE, fin=date(2030, 1, 1)), []),
    "a first request beside an old permit": (replace(renouvelle(REFUGIE, fin=date(2026, 11, 1)), nature=Nature.PREMIERE), []),
    "a day of birth unknown": (replace(REFUGIE, date_naissance=DateNaissance(1990, 5, 0)), ["NAISSANCE_APPROXIMATIVE"]),
    "alerts are told even where nothing can be asked": (replace(AUTRE, date_naissance=DateNaissance(1990, 0, 0)), ["NAISSANCE_APPROXIMATIVE"]),
}
# fmt: on


@pytest.mark.parametrize(("situation", "alertes"), TABLE.values(), ids=TABLE.keys())
def test_each_alert_starts_and_stops_on_its_day(situation, alertes):
    assert orienter(situation, AU).vers_dict()["alertes"] == alertes
