"""Find the 2D-Docs in one grey image, with zxing-cpp."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import zxingcpp
from PIL import Image, ImageFilter

DATA_MATRIX = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.DataMatrix)
LISSE = zxingcpp.Binarizer.LocalAverage
GLOBAL = zxingcpp.Binarizer.GlobalHistogram
# Longest sides at which a large photo is looked at again: a blurred or enlarged one is clearer when small.
COTES = (2700, 1800, 1200)
# A small image is enlarged up to this: the reader wants three pixels a module.
COTE_AGRANDI = 3000
DEMI_ANGLE_DROIT = 45

Regard = Callable[[], list[str]]


def chercher(facons: Iterable[Regard], fin: float) -> list[str]:
    """What the first of these looks that finds a 2D-Doc reads; none is begun after `fin` (of time.monotonic)."""
    for regarder in facons:
        if time.monotonic() >= fin:
            break
        if trouves := regarder():
            return trouves
    return []


def coups_d_oeil(image: Image.Image) -> Iterator[Regard]:
    """Two looks at the image as it is: enough for a document that was drawn or scanned."""
    yield lambda: _lire(image, LISSE)
    yield lambda: _lire(image, GLOBAL)


def regards(image: Image.Image) -> Iterator[Regard]:
    """All the looks, from the likeliest and cheapest to the others: for a photo, turned, blurred, enlarged, dim."""
    yield from coups_d_oeil(image)
    grand = max(image.size)
    for cote in COTES:
        if cote < grand:
            yield partial(_lire_a_la_taille, image, cote)
    moyenne = _a_la_taille(image, min(grand, COTES[0]))
    yield lambda: _lire(moyenne.filter(ImageFilter.GaussianBlur(1)), LISSE)
    if grand < COTE_AGRANDI:
        agrandie = _a_la_taille(image, min(COTE_AGRANDI, 2 * grand))
        yield lambda: _lire(agrandie, LISSE)
        yield lambda: _lire(agrandie.filter(ImageFilter.UnsharpMask(3, 150)), LISSE)
    # The reader looks along rows and columns: what they miss on a turned page, they may meet turned once more.
    tournee = moyenne.rotate(DEMI_ANGLE_DROIT, expand=True, resample=Image.Resampling.BILINEAR, fillcolor=160)
    yield lambda: _lire(tournee, LISSE)


def _lire_a_la_taille(image: Image.Image, cote: int) -> list[str]:
    return _lire(_a_la_taille(image, cote), LISSE)


def _a_la_taille(image: Image.Image, cote: int) -> Image.Image:
    echelle = cote / max(image.size)
    taille = tuple(max(1, round(longueur * echelle)) for longueur in image.size)
    return image.resize(taille, Image.Resampling.LANCZOS)


def _lire(image: Image.Image, binarizer: zxingcpp.Binarizer) -> list[str]:
    codes = zxingcpp.read_barcodes(image, formats=DATA_MATRIX, binarizer=binarizer)
    octets = dict.fromkeys(code.bytes for code in codes if code.bytes.startswith(b"DC"))
    # One character a byte: a code in another alphabet is for the verifier to refuse.
    return [texte.decode("latin-1") for texte in octets]
