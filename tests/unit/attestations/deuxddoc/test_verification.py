"""Whatever the text, an answer and never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attestations.deuxddoc.certificats import Certificats
from attestations.deuxddoc.message import Defaut
from attestations.deuxddoc.signature import SignatureIllisible, depuis_base32, en_base32, signature_valide
from attestations.deuxddoc.verification import Anomalie, EtatSignature, Verdict, verifier
from tests.exemples_2ddoc import CERTIFICATS_PUBLIES, PROLONGATION

CERTIFICATS = Certificats.du_dossier(CERTIFICATS_PUBLIES)
DONNEES, _US, SIGNATURE = PROLONGATION.partition("\x1f")
SIGNES = st.sampled_from("ABCXYZ0123456789 /\x1d\x1e\x1f=éم\x00\ud800")


@given(st.text() | st.text(SIGNES, max_size=300))
def test_any_text_gets_a_verdict(texte):
    verdict = verifier(texte, CERTIFICATS)
    assert isinstance(verdict, Verdict)
    assert not verdict.authentique


@given(st.text(SIGNES, max_size=200))
def test_anything_after_a_true_header_gets_a_verdict(texte):
    assert not verifier(PROLONGATION[:26] + texte, CERTIFICATS).authentique


@given(st.lists(st.tuples(st.integers(0, 400), SIGNES), max_size=8), st.integers(0, 400))
def test_a_true_code_that_was_torn_and_spoilt_gets_a_verdict(gestes, longueur):
    texte = PROLONGATION[:longueur]
    for place, signe in gestes:
        texte = texte[:place] + signe + texte[place + 1 :]
    assert not verifier(texte, CERTIFICATS).authentique


def test_a_text_that_no_symbol_can_hold_is_not_even_read():
    assert verifier("DC04" + "A" * 10**7, CERTIFICATS).anomalies == (Anomalie(defaut=Defaut.TROP_LONG),)


@pytest.mark.parametrize(
    ("texte", "anomalies"),
    [
        ("", {(Defaut.ENTETE, "")}),
        ("https://exemple.example/", {(Defaut.ENTETE, "")}),
        (PROLONGATION.replace("SPECIMEN", "SPÉCIMEN"), {(Defaut.ALPHABET, "")}),
        (DONNEES, {(Defaut.SIGNATURE, "")}),
        (DONNEES + "\x1f", {(Defaut.SIGNATURE, "")}),
        (DONNEES + "\x1f" + SIGNATURE[:-1], {(Defaut.SIGNATURE, "")}),
        (DONNEES + "\x1f" + SIGNATURE.lower(), {(Defaut.SIGNATURE, "")}),
        (PROLONGATION.replace("1301FR", "1302FR"), {(Defaut.TYPE_DOCUMENT, "")}),
        (PROLONGATION.replace("6X", "ZZ"), {(Defaut.CHAMP_INCONNU, "ZZ")}),
        (PROLONGATION.replace("63BERTHIER SPECIMEN\x1d", ""), {(Defaut.CHAMP_MANQUANT, "63")}),
        (PROLONGATION.replace("6YFR", "6WABCDE"), {(Defaut.VALEUR, "6W"), (Defaut.CHAMP_REPETE, "6W")}),
        (PROLONGATION.replace("68F", "68X"), {(Defaut.VALEUR, "68")}),
        (PROLONGATION.replace("6912071973", "6912131973"), {(Defaut.VALEUR, "69")}),
    ],
)
def test_each_defect_is_named_with_its_field(texte, anomalies):
    verdict = verifier(texte, CERTIFICATS)
    assert {(anomalie.defaut, anomalie.identifiant) for anomalie in verdict.anomalies} == anomalies
    assert not verdict.authentique


def test_a_message_without_signature_is_read_but_unproven():
    verdict = verifier(DONNEES, CERTIFICATS)
    assert verdict.texte("62") == "SPECIMEN"
    assert verdict.signature is EtatSignature.NON_VERIFIEE


@given(st.binary(min_size=64, max_size=64))
def test_a_signature_has_one_way_to_be_written(octets):
    texte = en_base32(octets)
    assert len(texte) == 103
    assert depuis_base32(texte) == depuis_base32(texte + "=") == octets
    for autre in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567":
        if autre != texte[-1]:
            with_autre = texte[:-1] + autre
            try:
                assert depuis_base32(with_autre) != octets
            except SignatureIllisible:
                continue


def test_a_key_that_is_not_on_a_curve_proves_nothing():
    assert not signature_valide(object(), b"a", b"0" * 64)


@given(st.binary(max_size=140))
def test_no_bytes_make_the_check_fail_otherwise_than_by_saying_no(octets):
    cle = CERTIFICATS.trouver("FR00", "0001").cle_publique
    assert not signature_valide(cle, b"donnees", octets)
