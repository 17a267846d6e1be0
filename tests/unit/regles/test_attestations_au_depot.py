"""The attestations of R-REGLES-3."""

from dataclasses import replace
from datetime import date

import pytest

from demandes.regles.attestations import (
    CONFIRMATION,
    Periode,
    apd_de_la_famille,
    debut_apd_de_la_famille,
    jour_d_emission,
    periode,
)
from demandes.regles.faits import DateNaissance, Nature
from demandes.regles.orientation import orienter
from tests.unit.regles.exemples import (
    AU,
    DIX_SEPT_ANS,
    PROTEGE_SUBSIDIAIRE,
    REFUGIE,
    famille,
    renouvelle,
)

PREMIERE = {"sejour": True, "travail": True, "schengen": False, "avec_titre_precedent": False}
RENOUVELLEMENT = {"sejour": True, "travail": True, "schengen": True, "avec_titre_precedent": True}
AUCUN = {"sejour": False, "travail": False, "schengen": False, "avec_titre_precedent": False}
BPS = "a obtenu le bénéfice de la protection subsidiaire"
MINEUR = replace(PROTEGE_SUBSIDIAIRE, date_naissance=DIX_SEPT_ANS, souhaite_travailler=True)


@pytest.mark.parametrize(
    ("situation", "type_", "mois", "mention", "droits"),
    [
        (REFUGIE, "APD", 6, "reconnu réfugié", PREMIERE),
        (PROTEGE_SUBSIDIAIRE, "APD", 6, BPS, PREMIERE),
        (MINEUR, "APD", 6, BPS, PREMIERE),
        (renouvelle(REFUGIE), "APD", 6, "reconnu réfugié", RENOUVELLEMENT),
        (renouvelle(PROTEGE_SUBSIDIAIRE, "csp_bps"), "APD", 6, BPS, RENOUVELLEMENT),
        (famille("refugie"), "CONFIRMATION_DEPOT", None, None, AUCUN),
        (renouvelle(famille("protection_subsidiaire")), "CONFIRMATION_DEPOT", None, None, AUCUN),
    ],
)
def test_the_deposit_gives_the_attestation_of_the_status(situation, type_, mois, mention, droits):
    assert orienter(situation, AU).vers_dict()["attestation"] == {
        "type": type_,
        "duree_mois": mois,
        "mention_legale": mention,
        "droits": droits,
    }


@pytest.mark.parametrize(
    ("nature", "document_detenu", "schengen", "avec_document"),
    [
        (Nature.PREMIERE, False, False, False),
        (Nature.PREMIERE, True, False, True),
        (Nature.RENOUVELLEMENT, True, True, True),
        (Nature.RENOUVELLEMENT, False, True, True),
    ],
)
def test_the_apd_of_a_family_member_lasts_three_months_and_goes_with_the_document_held(
    nature, document_detenu, schengen, avec_document
):
    apd = apd_de_la_famille(nature, AU, document_detenu=document_detenu)

    assert (apd.type, apd.duree_mois, apd.mention_legale) == ("APD", 3, None)
    assert apd.droits.sejour
    assert apd.droits.travail
    assert apd.droits.schengen is schengen
    assert apd.droits.avec_titre_precedent is avec_document


ENFANT = famille("refugie", "enfant")


@pytest.mark.parametrize(
    ("situation", "fin_du_document", "debut"),
    [
        (famille("refugie"), date(2026, 12, 31), date(2027, 1, 1)),
        (famille("refugie"), AU, date(2026, 11, 24)),
        (famille("refugie"), date(2026, 11, 22), AU),
        (famille("refugie"), date(2026, 6, 1), AU),
        (famille("refugie"), date.max, date.max),
        (replace(ENFANT, date_naissance=DateNaissance(2008, 11, 23)), date(2026, 12, 31), date(2027, 1, 1)),
        (replace(ENFANT, date_naissance=DateNaissance(2008, 11, 23)), None, AU),
        (replace(ENFANT, date_naissance=DateNaissance(2007, 11, 24)), None, AU),
        (replace(ENFANT, date_naissance=DateNaissance(2007, 11, 23)), None, None),
        (replace(ENFANT, date_naissance=DIX_SEPT_ANS), None, None),
        (famille("refugie"), None, None),
    ],
)
def test_the_first_apd_of_a_family_member_leaves_no_gap_after_the_document_held(
    situation, fin_du_document, debut
):
    assert debut_apd_de_la_famille(situation, AU, fin_du_document=fin_du_document) == debut


@pytest.mark.parametrize(
    ("debut", "emise_le"),
    [
        (date(2027, 5, 23), date(2027, 5, 7)),
        (date(2027, 3, 1), date(2027, 2, 13)),
        (date(2028, 3, 1), date(2028, 2, 14)),
        (date(2027, 1, 1), date(2026, 12, 16)),
        (date.min, date.min),
    ],
)
def test_the_next_apd_is_issued_fifteen_days_before_the_end_of_what_it_follows(debut, emise_le):
    assert jour_d_emission(debut) == emise_le


def test_six_months_from_a_day_end_the_day_before_the_same_day_of_the_month():
    apd = orienter(REFUGIE, AU).attestation

    assert periode(AU, apd) == Periode(AU, date(2027, 5, 22))


def test_a_confirmation_has_no_period():
    with pytest.raises(ValueError, match="no duration"):
        periode(AU, CONFIRMATION)
