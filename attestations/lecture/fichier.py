"""From the bytes of a file to the texts of its codes. Decodes hostile data in this process: call `lecture.lire`."""

import io
import time
from collections.abc import Iterator

import pillow_heif
import pypdfium2 as pdfium

# The decoders that FORMATS names register themselves when imported.
from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

from attestations.lecture import limites
from attestations.lecture.image import chercher, coups_d_oeil, regards
from attestations.lecture.motifs import FichierRefuse, Motif

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
POUCE = 72
# Readers of PDF accept its mark anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1).
DEBUT_PDF = 1024


def textes(octets: bytes) -> list[str]:
    """As `lecture.lire`."""
    if not octets:
        raise FichierRefuse(Motif.VIDE)
    fin = time.monotonic() + limites.DUREE_MAX_S
    if b"%PDF-" in octets[:DEBUT_PDF]:
        return _du_pdf(octets, fin)
    return chercher(regards(_image(octets)), fin)


def _image(octets: bytes) -> Image.Image:
    """The photo in grey, at most COTE_MAX long. Nothing is decoded before its header is found acceptable."""
    # Our own limit refuses at a known size, with a reason instead of a warning.
    Image.MAX_IMAGE_PIXELS = None
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    try:
        image = Image.open(io.BytesIO(octets), formats=FORMATS)
    except Image.UnidentifiedImageError as erreur:
        raise FichierRefuse(Motif.TYPE_INCONNU) from erreur
    except (OSError, SyntaxError, ValueError, RuntimeError) as erreur:
        raise FichierRefuse(Motif.ILLISIBLE) from erreur
    try:
        with image:
            if image.width * image.height > limites.PIXELS_MAX:
                raise FichierRefuse(Motif.TROP_DE_PIXELS)
            # A JPEG is decoded directly in grey, and at half or a quarter of its size where that is enough.
            image.draft("L", (limites.COTE_MAX, limites.COTE_MAX))
            image.thumbnail((limites.COTE_MAX, limites.COTE_MAX), reducing_gap=2.0)
            return _en_gris(image)
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, RuntimeError) as erreur:
        # What Pillow and its plugins raise on damaged data.
        raise FichierRefuse(Motif.ILLISIBLE) from erreur


def _en_gris(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        dessous = Image.new("RGBA", image.size, "white")
        dessous.alpha_composite(image.convert("RGBA"))
        return dessous.convert("L")
    if image.mode.startswith(("I", "F")):
        # 16 bits a point: convert() would clip to white instead of scaling.
        return image.convert("I").point(lambda valeur: valeur / 256).convert("L")
    return ImageOps.exif_transpose(image).convert("L")


def _du_pdf(octets: bytes, fin: float) -> list[str]:
    try:
        document = pdfium.PdfDocument(octets)
    except pdfium.PdfiumError as erreur:
        protege = "password" in str(erreur).lower()
        raise FichierRefuse(Motif.PDF_PROTEGE if protege else Motif.ILLISIBLE) from erreur
    with document:
        pages = len(document)
        tours = (
            (limites.POINTS_VITE, coups_d_oeil),
            (limites.POINTS_A_FOND, coups_d_oeil),
            (limites.POINTS_A_FOND, regards),
        )
        for rang, (points, facons) in enumerate(tours):
            trouves: dict[str, None] = {}
            for image in _pages(document, points, fin):
                trouves.update(dict.fromkeys(chercher(facons(image), fin)))
            if trouves:
                return list(trouves)
            if time.monotonic() >= fin and rang < len(tours) - 1:
                raise FichierRefuse(Motif.TROP_COMPLEXE)
    if pages > limites.PAGES_MAX:
        raise FichierRefuse(Motif.TROP_DE_PAGES)
    return []


def _pages(document: pdfium.PdfDocument, points: int, fin: float) -> Iterator[Image.Image]:
    """The first pages drawn in grey, until there is no time left; blank ones and those that cannot be drawn apart."""
    for rang in range(min(len(document), limites.PAGES_MAX)):
        if time.monotonic() >= fin:
            return
        try:
            page = document[rang]
            largeur, hauteur = page.get_size()
            if not 0 < largeur * hauteur < float("inf"):
                continue
            echelle = min(points / POUCE, (limites.PIXELS_PAR_PAGE / (largeur * hauteur)) ** 0.5)
            image = page.render(scale=echelle, grayscale=True).to_pil()
            page.close()
        except (pdfium.PdfiumError, ValueError):
            continue
        if image.getextrema()[0] <= limites.ENCRE:
            yield image
