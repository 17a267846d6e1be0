"""The symbol is as small as C40 allows, and another library than ours reads it."""

import io
import random
import string

import pytest
import zxingcpp
from PIL import Image

from attestations.deuxddoc.alphabet import cout_c40
from attestations.deuxddoc.symbole import VALEURS_MAXIMALES, ZONE_VIERGE, SymboleTropGrand, dessiner, tient
from tests.exemples_2ddoc import PROLONGATION

# §4.4, table 1: side in modules → C40 values of the message, signature (105 values) and header of 22 apart.
CAPACITES = {40: 42, 44: 87, 48: 132, 52: 177, 64: 291, 72: 423, 80: 555}


def image(png, echelle=4):
    dessin = Image.open(io.BytesIO(png)).convert("L")
    return dessin.resize((dessin.width * echelle,) * 2, Image.Resampling.NEAREST)


def cote(png):
    return Image.open(io.BytesIO(png)).width - 2 * ZONE_VIERGE


def au_hasard(valeurs, graine=0):
    """A text that takes that many C40 values, separators included."""
    hasard = random.Random(f"{valeurs} {graine}")
    texte = ""
    while cout_c40(texte) < valeurs:
        signe = hasard.choice(string.ascii_uppercase + string.digits + " /\x1d\x1e\x1f")
        if cout_c40(texte + signe) <= valeurs:
            texte += signe
    return texte


def test_the_official_example_takes_64_modules():
    assert cote(dessiner(PROLONGATION)) == 64


@pytest.mark.parametrize(("modules", "message"), CAPACITES.items())
def test_each_size_holds_what_the_standard_says_it_holds_in_c40(modules, message):
    plein = message + 22 + 105 - 1
    assert cote(dessiner(au_hasard(plein))) == modules
    assert cote(dessiner(au_hasard(plein - 30))) <= modules


def test_beyond_the_place_that_documents_have_it_is_refused():
    assert cote(dessiner(au_hasard(VALEURS_MAXIMALES))) == 80
    trop = au_hasard(VALEURS_MAXIMALES + 1)
    assert not tient(trop)
    with pytest.raises(SymboleTropGrand):
        dessiner(trop)


@pytest.mark.parametrize("valeurs", [*range(150, 160), *range(400, 425), 549, 550, 551, 680, 681])
def test_another_library_reads_every_character_whatever_the_length(valeurs):
    texte = au_hasard(valeurs)
    (lu,) = zxingcpp.read_barcodes(image(dessiner(texte)))
    assert lu.format == zxingcpp.BarcodeFormat.DataMatrix
    assert lu.bytes == texte.encode()


def test_the_symbol_is_black_and_white_with_a_blank_zone_all_around():
    dessin = Image.open(io.BytesIO(dessiner(PROLONGATION)))
    assert dessin.mode == "1"
    for boite in [(0, 0, 68, 2), (0, 66, 68, 68), (0, 0, 2, 68), (66, 0, 68, 68)]:
        assert dessin.crop(boite).convert("L").getextrema() == (255, 255)


def test_the_same_text_gives_the_same_bytes():
    assert dessiner(PROLONGATION) == dessiner(PROLONGATION)
