import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demandes.normalisation.noms import LONGUEUR_MAX, nettoyer_nom


@pytest.mark.parametrize(
    ("brut", "propre"),
    [
        ("Titre de séjour.pdf", "Titre de séjour.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\moi\\photo.jpg", "photo.jpg"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("photo\u202efdp.exe", "photofdp.exe"),
        ("nul\x00.pdf", "nul.pdf"),
        ("\ud800.pdf", "?.pdf"),
        ("عقد الإيجار.pdf", "عقد الإيجار.pdf"),
        ("", "fichier"),
        ("...", "fichier"),
        ("\u200b", "fichier"),
    ],
)
def test_a_name_loses_paths_and_invisible_characters_and_stays_readable(brut, propre):
    assert nettoyer_nom(brut) == propre


def test_a_long_name_keeps_its_extension():
    propre = nettoyer_nom("é" * 400 + ".pdf")
    assert len(propre) == LONGUEUR_MAX
    assert propre.endswith("….pdf")


@given(st.text(alphabet=st.characters(), max_size=400))
def test_no_name_can_turn_the_text_around_or_break_a_line(brut):
    propre = nettoyer_nom(brut)
    assert 0 < len(propre) <= LONGUEUR_MAX
    assert not any(unicodedata.category(caractere).startswith("C") for caractere in propre)
    assert "/" not in propre
    assert "\n" not in propre
