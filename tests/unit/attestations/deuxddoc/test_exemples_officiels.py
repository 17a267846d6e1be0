"""The standard's own codes verify, and nothing of them may change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attestations.deuxddoc.certificats import Certificats, EtatCertificat
from attestations.deuxddoc.message import GS, Defaut
from attestations.deuxddoc.verification import Anomalie, EtatSignature, verifier
from tests.decodeur_2ddoc import decoder
from tests.exemples_2ddoc import CERTIFICATS_PUBLIES, CESSION, PROLONGATION, VIE_ETUDIANTE

CERTIFICATS = Certificats.du_dossier(CERTIFICATS_PUBLIES)


def test_the_signature_of_the_official_example_is_valid_and_its_fields_are_read():
    verdict = verifier(PROLONGATION, CERTIFICATS)
    assert verdict.signature is EtatSignature.VALIDE
    assert not verdict.malforme
    assert verdict.entete.emis_le == date(2020, 4, 6)
    assert verdict.entete.signe_le == date(2020, 6, 3)
    assert verdict.texte("6J") == "2"
    assert verdict.texte("6K") == "9201202004012359123"
    assert verdict.texte("6P") == "AUTORISE A TRAVAILLER"
    assert verdict.texte("6Q") == "7503120521"
    assert verdict.texte("60") == "NATACHA/CORINNE"
    assert verdict.texte("6Y") == "FR"
    assert verdict.texte("6R") is None


def test_its_certificate_had_expired_when_it_was_signed_so_it_is_not_authentic():
    verdict = verifier(PROLONGATION, CERTIFICATS)
    assert verdict.etat_certificat is EtatCertificat.EXPIRE
    assert not verdict.authentique


def test_the_other_reading_of_the_standard_agrees():
    lu = decoder(PROLONGATION.encode())
    assert lu.signature_valide(CERTIFICATS_PUBLIES)
    verdict = verifier(PROLONGATION, CERTIFICATS)
    assert lu.champs == {valeur.identifiant: valeur.texte for valeur in verdict.valeurs}


@pytest.mark.parametrize("code", [VIE_ETUDIANTE, CESSION])
def test_the_signature_of_another_kind_of_document_is_told_but_not_its_fields(code):
    verdict = verifier(code, CERTIFICATS)
    assert verdict.signature is EtatSignature.VALIDE
    assert verdict.anomalies == (Anomalie(defaut=Defaut.TYPE_DOCUMENT),)
    assert not verdict.valeurs
    assert not verdict.authentique


@given(place=st.integers(0, len(PROLONGATION) - 1), autre=st.characters(max_codepoint=0x17F))
def test_any_changed_character_breaks_it(place, autre):
    if autre != PROLONGATION[place]:
        change = PROLONGATION[:place] + autre + PROLONGATION[place + 1 :]
        assert verifier(change, CERTIFICATS).signature is not EtatSignature.VALIDE


def test_the_last_character_has_only_one_form():
    """Of its five bits the signature uses two: the others must be zero, or several texts would be one signature."""
    for autre in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=":
        valide = verifier(PROLONGATION[:-1] + autre, CERTIFICATS).signature is EtatSignature.VALIDE
        assert valide is (autre == PROLONGATION[-1])


@given(place=st.integers(0, len(PROLONGATION)), ajout=st.characters(max_codepoint=0x7F))
def test_any_added_character_breaks_it_except_an_unsigned_annex(place, ajout):
    verdict = verifier(PROLONGATION[:place] + ajout + PROLONGATION[place:], CERTIFICATS)
    # A separator after the signature opens the annex, which the standard leaves unsigned; padding means nothing.
    if (place, ajout) not in {(len(PROLONGATION), GS), (len(PROLONGATION), "=")}:
        assert verdict.signature is not EtatSignature.VALIDE


@given(place=st.integers(0, len(PROLONGATION) - 1))
def test_any_missing_character_breaks_it(place):
    change = PROLONGATION[:place] + PROLONGATION[place + 1 :]
    assert verifier(change, CERTIFICATS).signature is not EtatSignature.VALIDE


def test_what_follows_the_signature_is_told_apart():
    verdict = verifier(PROLONGATION + GS + "62AUTRE NOM", CERTIFICATS)
    assert verdict.signature is EtatSignature.VALIDE
    assert verdict.annexe == "62AUTRE NOM"
    assert verdict.texte("62") == "SPECIMEN"
