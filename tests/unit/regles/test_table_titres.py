"""The decision table of R-REGLES-2: each line is a person, and what the law gives them."""

from dataclasses import replace
from datetime import date

import pytest

from demandes.regles.orientation import orienter
from demandes.regles.parametres import PARAMETRES, Serie, Valeur
from tests.unit.regles.exemples import (
    AU,
    DIX_SEPT_ANS,
    MAJEUR,
    PRESQUE_QUATRE_ANS,
    PROTEGE_SUBSIDIAIRE,
    QUATRE_ANS_PILE,
    REFUGIE,
    famille,
    titre,
)

BPS = "bénéficiaire de la protection subsidiaire"
FAMILLE_BPS = "membre de la famille d'un bénéficiaire de la protection subsidiaire"
DE_REFUGIE = famille("refugie")
DE_BPS = famille("protection_subsidiaire")
ENFANT_DE_BPS = famille("protection_subsidiaire", "enfant")

# ruff: noqa: E501
# fmt: off
TABLE = [
    # person               birth         permit held    regular since        title                years  mention      grounds
    (REFUGIE,              MAJEUR,       None,          None,                "CR10",              10, None,        ["L.424-1"]),
    (REFUGIE,              DIX_SEPT_ANS, None,          None,                "CR10",              10, None,        ["L.421-35", "L.424-1"]),
    (PROTEGE_SUBSIDIAIRE,  MAJEUR,       None,          None,                "CSP4_BPS",          4,  BPS,         ["L.424-9"]),
    (PROTEGE_SUBSIDIAIRE,  MAJEUR,       None,          QUATRE_ANS_PILE,     "CSP4_BPS",          4,  BPS,         ["L.424-9"]),
    (PROTEGE_SUBSIDIAIRE,  MAJEUR,       "cst",         QUATRE_ANS_PILE,     "CSP4_BPS",          4,  BPS,         ["L.424-9"]),
    (PROTEGE_SUBSIDIAIRE,  MAJEUR,       "csp_bps",     PRESQUE_QUATRE_ANS,  "CSP4_BPS",          4,  BPS,         ["L.424-9"]),
    (PROTEGE_SUBSIDIAIRE,  MAJEUR,       "csp_bps",     date(2027, 1, 1),    "CSP4_BPS",          4,  BPS,         ["L.424-9"]),
    (PROTEGE_SUBSIDIAIRE,  MAJEUR,       "csp_bps",     QUATRE_ANS_PILE,     "CR10",              10, None,        ["L.424-13"]),
    (PROTEGE_SUBSIDIAIRE,  DIX_SEPT_ANS, None,          QUATRE_ANS_PILE,     "CST1",              1,  None,        ["L.421-35"]),
    (PROTEGE_SUBSIDIAIRE,  DIX_SEPT_ANS, "csp_bps",     PRESQUE_QUATRE_ANS,  "CST1",              1,  None,        ["L.421-35"]),
    (PROTEGE_SUBSIDIAIRE,  DIX_SEPT_ANS, "csp_bps",     QUATRE_ANS_PILE,     "CR10",              10, None,        ["L.421-35", "L.424-13"]),
    (DE_REFUGIE,           MAJEUR,       None,          QUATRE_ANS_PILE,     "CR10",              10, None,        ["L.424-3"]),
    (DE_REFUGIE,           DIX_SEPT_ANS, None,          None,                "CR10",              10, None,        ["L.421-35", "L.424-3"]),
    (DE_BPS,               MAJEUR,       None,          None,                "CSP4_FAMILLE_BPS",  4,  FAMILLE_BPS, ["L.424-11"]),
    (DE_BPS,               MAJEUR,       "csp_bps",     PRESQUE_QUATRE_ANS,  "CSP4_FAMILLE_BPS",  4,  FAMILLE_BPS, ["L.424-11"]),
    (DE_BPS,               MAJEUR,       None,          QUATRE_ANS_PILE,     "CR10_FAMILLE_BPS",  10, FAMILLE_BPS, ["L.424-13"]),
    (ENFANT_DE_BPS,        DIX_SEPT_ANS, None,          None,                "CSP4_FAMILLE_BPS",  4,  FAMILLE_BPS, ["L.421-35", "L.424-11"]),
    (ENFANT_DE_BPS,        DIX_SEPT_ANS, None,          QUATRE_ANS_PILE,     "CR10_FAMILLE_BPS",  10, FAMILLE_BPS, ["L.421-35", "L.424-13"]),
]
# fmt: on


@pytest.mark.parametrize(
    ("personne", "naissance", "detenu", "depuis", "code", "duree", "mention", "fondements"), TABLE
)
def test_each_person_gets_the_permit_of_the_law(
    personne, naissance, detenu, depuis, code, duree, mention, fondements
):
    situation = replace(
        personne,
        date_naissance=naissance,
        souhaite_travailler=naissance == DIX_SEPT_ANS,
        titre_detenu=titre(detenu) if detenu else None,
        residence_reguliere_depuis=depuis,
    )

    reponse = orienter(situation, AU).vers_dict()

    assert reponse["recevable"] is True
    assert reponse["titre"] == {"code": code, "duree_ans": duree, "mention": mention}
    assert reponse["fondements"] == fondements


def test_an_expired_csp_still_opens_the_carte_de_resident_after_four_years():
    situation = replace(
        PROTEGE_SUBSIDIAIRE,
        titre_detenu=titre("csp_bps", fin=date(2024, 1, 1)),
        residence_reguliere_depuis=QUATRE_ANS_PILE,
    )

    assert orienter(situation, AU).titre.code == "CR10"


def test_the_dated_option_gives_a_temporary_card_to_the_child_of_a_subsidiary_protected_person():
    mineur = replace(ENFANT_DE_BPS, date_naissance=DIX_SEPT_ANS, souhaite_travailler=True)
    demain = date(2026, 11, 24)
    serie = Serie((Valeur(False, "FAQ", date(2022, 5, 2)), Valeur(True, "L.421-35", demain)))
    avec_option = replace(PARAMETRES, cst_pour_enfant_de_protege_subsidiaire=serie)

    assert orienter(mineur, AU, avec_option).titre.code == "CSP4_FAMILLE_BPS"
    assert orienter(mineur, demain, avec_option).titre.code == "CST1"
    assert orienter(mineur, demain, avec_option).fondements == ("L.421-35",)
    assert orienter(replace(mineur, lien="conjoint"), demain, avec_option).titre.code == "CSP4_FAMILLE_BPS"
