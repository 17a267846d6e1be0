import pytest
from hypothesis import given
from hypothesis import strategies as st

from attestations.deuxddoc.adresse import LONGUEUR, comprimer
from attestations.deuxddoc.ecriture import encoder


def test_the_example_of_the_standard_is_abbreviated_step_by_step():
    """§11.2.1, with its lengths."""
    voie = "BOULEVARD DU MARECHAL JEAN DE LATTRE DE TASSIGNY"
    assert comprimer(voie, 41) == "BD DU MARECHAL JEAN DE LATTRE DE TASSIGNY"
    assert comprimer(voie, 36) == "BD DU MAL JEAN DE LATTRE DE TASSIGNY"
    assert comprimer(voie, 33) == "BD MAL JEAN DE LATTRE DE TASSIGNY"
    assert comprimer(voie, 30) == "BD M J DE LATTRE DE TASSIGNY"


@pytest.mark.parametrize(
    ("ligne", "code"),
    [
        ("12 rue des Lilas", "12 RUE DES LILAS"),
        ("Rue des Lilas", "RUE DES LILAS"),
        # Fits: nothing is abbreviated.
        ("145 avenue du Général-de-Gaulle", "145 AVENUE DU GENERAL DE GAULLE"),
        ("145 bis avenue du Général Charles de Gaulle", "145 B AV DU GAL CHARLES DE GAULLE"),
        ("1234 chemin de la Croix des Trois Petits Saints", "1234 CHEMIN DE CRX TROIS PTS SAINTS"),
        ("12 chemin de Belle Montagne du Vieux Moulin Vert", "12 CHEM DE B MONTAGNE VX MOULIN VERT"),
        ("Appartement 12, résidence des Bois de l’Université", "APP 12 RES DES BOIS DE L UNIVERSITE"),
    ],
)
def test_a_line_is_abbreviated_only_as_far_as_needed(ligne, code):
    assert encoder("6U", ligne).texte == code
    assert not encoder("6U", ligne).tronquee


def test_the_last_word_is_never_abbreviated():
    assert encoder("6U", "Avenue de la Très Ancienne Université du Boulevard").texte.endswith(" BOULEVARD")


def test_what_cannot_be_abbreviated_enough_is_cut_and_says_so():
    valeur = encoder("6U", "W" * 50)
    assert (valeur.texte, valeur.tronquee) == ("W" * LONGUEUR, True)


@given(st.lists(st.text("ABCDEFGHIJ012", min_size=1, max_size=12), min_size=1, max_size=20))
def test_abbreviating_never_makes_longer_and_keeps_the_last_word(mots):
    ligne = " ".join(mots)
    courte = comprimer(ligne)
    assert len(courte) <= len(ligne)
    assert courte.split(" ")[-1] == mots[-1]
    if len(ligne) <= LONGUEUR:
        assert courte == ligne
