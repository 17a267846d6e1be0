import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attestations.deuxddoc.alphabet import alphabetique, alphanumerique, cout_c40, est_latin

PERMIS = set(string.ascii_uppercase + string.digits + " ")


@pytest.mark.parametrize(
    ("ecrit", "code"),
    [
        ("Haïdari-Fictif", "HAIDARI FICTIF"),
        ("de l’Exemple", "DE L EXEMPLE"),
        ("D'Arc", "D ARC"),
        ("L'Haÿ-les-Roses", "L HAY LES ROSES"),
        ("Œuvre Æon ﬁn", "OEUVRE AEON FIN"),
        ("Straße", "STRASSE"),
        ("Ağaoğlu Işık İbrahim", "AGAOGLU ISIK IBRAHIM"),
        ("Nguyễn Thị Ánh Đặng", "NGUYEN THI ANH DANG"),
        ("Łukasz Ørsted Þór", "LUKASZ ORSTED THOR"),
        ("Щукин Подъезд", "SHCHUKIN PODEZD"),
        ("Παπαδόπουλος", "PAPADOPOYLOS"),
        ("محمد", "MHMD"),
        ("مُحَمَّد", "MUHAMAD"),
        ("ነጋሽ", "NEGASH"),
        ("漢字", "HANZI"),
        ("ʻOkina Oʼbrien", "OKINA OBRIEN"),
        ("12 bis, rue № 3 – ½", "12 BIS RUE NO 3 1 2"),
        ("١٢ Ⅻ m²", "12 XII M2"),
        ("A\u200cB\u00adC", "ABC"),
        ("  a \t b\n", "A B"),
        ("\ufffd😀…«»", ""),
        ("", ""),
    ],
)
def test_what_people_write_becomes_capitals(ecrit, code):
    assert alphanumerique(ecrit) == code


def test_a_name_keeps_no_digit():
    assert alphabetique("Ali2 Baba 40") == "ALI BABA"


@given(st.text())
def test_nothing_else_than_capitals_digits_and_single_spaces_comes_out(texte):
    propre = alphanumerique(texte)
    assert set(propre) <= PERMIS
    assert propre == " ".join(propre.split())
    assert alphanumerique(propre) == propre
    assert not set(alphabetique(texte)) & set(string.digits)


@pytest.mark.parametrize("nom", ["HAÏDARI", "Nguyễn", "Straße", "O’Brien", "ʻOkina", "12 bis", "", "ﬁ"])
def test_latin_letters_are_recognised(nom):
    assert est_latin(nom)


@pytest.mark.parametrize("nom", ["Щукин", "محمد", "Alи", "Ελένη", "漢字"])
def test_other_letters_are_recognised_too(nom):
    assert not est_latin(nom)


def test_separators_and_slashes_cost_two_places():
    assert cout_c40("A1 ") == 3
    assert cout_c40("/\x1d\x1e\x1f") == 8
