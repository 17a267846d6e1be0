"""The documents of R-REGLES-8, before and after the wizard knows more."""

from dataclasses import replace
from datetime import date

import pytest

from demandes.regles.orientation import orienter
from demandes.regles.pieces import FaitsDeclares, pieces_de
from demandes.regles.polygamie import ADMISE, ADMISE_POUR_CERTAINS, polygamie_admise
from tests.unit.regles.exemples import (
    APATRIDE,
    AU,
    DIX_SEPT_ANS,
    PROTEGE_SUBSIDIAIRE,
    REFUGIE,
    famille,
    renouvelle,
    titre,
)

COMMUNES = {"justificatif_domicile", "contrat_engagement", "ephoto", "non_polygamie"}
PREMIERE = COMMUNES | {"decision_protection"}
FAMILLE = PREMIERE | {"acte_naissance", "passeport", "lien_familial", "visa_long_sejour"}
RENOUVELLEMENT = COMMUNES | {"titre_detenu"}
MINEUR = {"contrat_travail", "titre_parent"}


def mineur(situation):
    return replace(situation, date_naissance=DIX_SEPT_ANS, souhaite_travailler=True)


@pytest.mark.parametrize(
    ("situation", "codes"),
    [
        (REFUGIE, PREMIERE),
        (PROTEGE_SUBSIDIAIRE, PREMIERE),
        (mineur(REFUGIE), PREMIERE | MINEUR),
        (famille("refugie", "enfant"), FAMILLE),
        (famille("protection_subsidiaire", "ascendant"), FAMILLE),
        (mineur(famille("refugie", "enfant")), FAMILLE | MINEUR),
        (renouvelle(REFUGIE), RENOUVELLEMENT),
        (renouvelle(famille("refugie")), RENOUVELLEMENT),
        (mineur(renouvelle(PROTEGE_SUBSIDIAIRE)), RENOUVELLEMENT | MINEUR),
    ],
)
def test_the_list_shown_first_holds_required_and_conditional_documents(situation, codes):
    assert orienter(situation, AU).vers_dict()["pieces"] == sorted(codes)
    assert [piece.code for piece in pieces_de(situation, AU)] == sorted(codes)


def demandees(situation, **faits):
    return {piece.code: piece for piece in pieces_de(situation, AU, FaitsDeclares(**faits))}


def test_a_conditional_document_says_its_condition_until_it_is_settled():
    piece = demandees(REFUGIE)["non_polygamie"]

    assert not piece.obligatoire
    assert "marié" in piece.condition


@pytest.mark.parametrize(
    ("marie", "pays", "attendu"),
    [
        (True, True, True),
        (True, False, None),
        (False, True, None),
        (False, None, None),
        (None, False, None),
        (True, None, False),
        (None, True, False),
    ],
)
def test_the_declaration_of_non_polygamy_depends_on_marriage_and_country(marie, pays, attendu):
    piece = demandees(REFUGIE, marie=marie, pays_polygamie=pays).get("non_polygamie")

    assert (piece and piece.obligatoire) is attendu


@pytest.mark.parametrize(
    ("situation", "fait", "code"),
    [
        (famille("refugie"), "reunification_familiale", "visa_long_sejour"),
        (mineur(REFUGIE), "a_un_contrat_de_travail", "contrat_travail"),
        (mineur(REFUGIE), "parent_demandeur_titulaire", "titre_parent"),
    ],
)
def test_a_declared_fact_requires_or_drops_its_document(situation, fait, code):
    assert demandees(situation, **{fait: True})[code].obligatoire
    assert demandees(situation, **{fait: True})[code].condition is None
    assert code not in demandees(situation, **{fait: False})
    assert not demandees(situation, **{fait: None})[code].obligatoire


def test_a_family_member_with_a_card_may_leave_out_the_birth_certificate():
    assert demandees(famille("refugie"))["acte_naissance"].obligatoire
    assert not demandees(replace(famille("refugie"), titre_detenu=titre()))["acte_naissance"].obligatoire


def test_the_documents_stay_the_same_while_a_deposited_dossier_is_examined():
    depose = replace(renouvelle(REFUGIE, fin=date(2026, 1, 1)), demande_en_cours=True)

    assert {piece.code for piece in pieces_de(depose, AU)} == RENOUVELLEMENT


def test_nothing_is_asked_of_whom_the_portal_does_not_serve():
    assert pieces_de(APATRIDE, AU) == []


def test_the_country_is_looked_up_by_its_code():
    assert polygamie_admise("ml") is True
    assert polygamie_admise("LK") is True
    assert polygamie_admise("UA") is False
    assert polygamie_admise(None) is None
    assert polygamie_admise("") is None
    assert not ADMISE & ADMISE_POUR_CERTAINS
