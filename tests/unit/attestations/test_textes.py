import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attestations.textes import LONGUEUR_MAXIMALE, nettoyer


@pytest.mark.parametrize(
    ("texte", "propre"),
    [
        ("  Jean\t\n Paul ", "Jean Paul"),
        ("E\u0301lodie", "Élodie"),
        ("NDIAYE\u202eEYAIDN", "NDIAYEEYAIDN"),
        ("me\u00ad\u200b\ufeffnu", "menu"),
        ("a\x00\x1b\x85b", "a b"),
        ("\ud800\udfff", "\ufffd\ufffd"),
        ("\ue000", "\ufffd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<b>{{ nom }}</b>", "<b>{{ nom }}</b>"),
        ("o" + "\u0336" * 40, "o" + "\u0336" * 3),
    ],
)
def test_what_is_printed_of_what_was_typed(texte, propre):
    assert nettoyer(texte) == propre


def test_a_long_text_ends_with_an_ellipsis():
    assert nettoyer("W" * 500) == "W" * (LONGUEUR_MAXIMALE - 1) + "…"


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_becomes_one_short_line_that_can_be_encoded(texte):
    propre = nettoyer(texte)
    propre.encode("utf-8")
    assert len(propre) <= LONGUEUR_MAXIMALE
    assert unicodedata.is_normalized("NFC", propre)
    assert not {unicodedata.category(signe) for signe in propre} & {"Cc", "Cs", "Zl", "Zp"}
