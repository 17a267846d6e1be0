"""The Data Matrix of a code: square, ECC 200, wholly in C40 (§4, §10.7.1)."""

import io

from PIL import Image
from ppf.datamatrix import DataMatrix

from attestations.deuxddoc.alphabet import cout_c40

# Blank modules on each side; the standard asks for one.
ZONE_VIERGE = 2
# The largest symbol that a document has room for, and what it holds: 456 codewords, the latch to C40 apart (§4.4).
COTE_MAXIMAL = 80
VALEURS_MAXIMALES = 681


class SymboleTropGrand(ValueError):
    """The text does not fit in a symbol of COTE_MAXIMAL modules."""


def tient(texte: str) -> bool:
    """Whether `texte`, signature included, fits in the largest symbol that a document has room for."""
    return cout_c40(texte) <= VALEURS_MAXIMALES


def dessiner(texte: str) -> bytes:
    """A 1-bit PNG of the symbol with its blank zone, one pixel a module. Raises SymboleTropGrand."""
    if not tient(texte):
        raise SymboleTropGrand(f"{cout_c40(texte)} values")
    lignes = DataMatrix(texte, codecs=["C40"]).matrix
    cote = len(lignes) + 2 * ZONE_VIERGE
    blanc = [0] * ZONE_VIERGE
    pixels = [[0] * cote] * ZONE_VIERGE + [blanc + list(ligne) + blanc for ligne in lignes]
    pixels += [[0] * cote] * ZONE_VIERGE
    image = Image.new("1", (cote, cote))
    image.putdata([255 * (1 - module) for ligne in pixels for module in ligne])
    sortie = io.BytesIO()
    image.save(sortie, "PNG")
    return sortie.getvalue()
