"""The printed symbol, read as others read it: another library, another reading of the standard, real drawings.

The symbol is written with ppf.datamatrix; zxing-cpp reads it here, from pages that poppler has drawn.
"""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from django.conf import settings
from PIL import Image, ImageFilter
from pypdf import PdfReader

from attestations import rendu
from attestations.donnees import Adresse
from tests.decodeur_2ddoc import decoder
from tests.donnees_attestation import (
    apd_premiere,
    apd_renouvellement,
    confirmation,
    decision_favorable,
    signer,
)

DOCUMENTS = [apd_premiere, apd_renouvellement, confirmation, decision_favorable]
POUCE = 25.4
# §4.4: the smallest module where the printer is unknown, in millimetres.
MODULE_MINIMAL = 0.4


def long(document=apd_premiere):
    """The largest symbol: everything that a code may hold, at its longest."""
    large = "WA" * 60
    return document(
        nom=large,
        nom_usage=large,
        prenoms=(large,) * 6,
        ville_naissance=large,
        titre=large,
        numero_etranger="",
        numero_visa="FRA26X123456",
        adresse=Adresse(lignes=(large,) * 3, code_postal="92000", commune=large),
    )


def pdf(donnees):
    return rendu.pdf(rendu.MODELES[donnees.type], donnees, signer(donnees))


def dessiner(octets, points, tmp_path) -> Image.Image:
    """The page as poppler draws it, in grey."""
    (tmp_path / "page.pdf").write_bytes(octets)
    subprocess.run(
        ["pdftoppm", "-r", str(points), "-gray", "-singlefile", tmp_path / "page.pdf", tmp_path / "page"],
        check=True,
    )
    return Image.open(tmp_path / "page.pgm").convert("L")


def lire(image):
    """The one Data Matrix of the page, decoded by the tests' own reading of the standard."""
    (code,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.DataMatrix)
    return decoder(code.bytes)


def authentique(lu):
    return lu.signature_valide(Path(settings.DOSSIER_2DDOC) / "certificats")


@pytest.mark.parametrize("points", [150, 200, 300])
@pytest.mark.parametrize("document", [*DOCUMENTS, long])
def test_the_printed_code_is_read_and_its_signature_holds(document, points, tmp_path):
    donnees = document()
    lu = lire(dessiner(pdf(donnees), points, tmp_path))
    assert authentique(lu)
    assert lu.champs["6K"] == donnees.numero
    assert lu.champs["6L"] == "23112026"


def brouiller(image):
    return image.filter(ImageFilter.GaussianBlur(1))


def comprimer(image):
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=30)
    return Image.open(sortie)


def tourner(image):
    return image.rotate(3, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


def photocopier(image):
    """Grey paper, pale ink."""
    return image.point(lambda valeur: 60 + valeur * 150 // 255)


def tout_a_la_fois(image):
    return comprimer(brouiller(tourner(image)))


@pytest.mark.parametrize("geste", [tourner, brouiller, comprimer, photocopier, tout_a_la_fois])
@pytest.mark.parametrize("document", [apd_renouvellement, long])
def test_it_is_still_read_after_a_scan_a_photocopy_or_a_fax(geste, document, tmp_path):
    assert authentique(lire(geste(dessiner(pdf(document()), 200, tmp_path))))


@pytest.mark.parametrize("document", [*DOCUMENTS, long])
def test_each_module_is_wide_enough_for_any_printer(document):
    page = pdfium.PdfDocument(pdf(document()))[0]
    (symbole,) = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])
    gauche, bas, droite, haut = symbole.get_bounds()
    modules = symbole.get_px_size()[0]
    assert symbole.get_px_size() == (modules, modules)
    for longueur in (droite - gauche, haut - bas):
        assert longueur / 72 * POUCE / modules >= MODULE_MINIMAL
    # Nothing else is drawn on it: the text at its left ends before, the frame above too.
    assert droite <= page.get_width() - 16 / POUCE * 72 + 0.1


def test_the_blank_zone_is_blank_on_the_page(tmp_path):
    image = dessiner(pdf(long()), 300, tmp_path)
    (code,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.DataMatrix)
    coins = [
        code.position.top_left,
        code.position.top_right,
        code.position.bottom_right,
        code.position.bottom_left,
    ]
    gauche, droite = min(c.x for c in coins), max(c.x for c in coins)
    haut, bas = min(c.y for c in coins), max(c.y for c in coins)
    module = round(MODULE_MINIMAL / POUCE * 300)
    for bande in (
        (gauche - 2 * module, haut, gauche - 3, bas),
        (droite + 3, haut, droite + 2 * module, bas),
        (gauche, haut - 2 * module, droite, haut - 3),
        (gauche, bas + 3, droite, bas + 2 * module),
    ):
        assert image.crop(bande).getextrema()[0] > 200


@pytest.mark.parametrize("document", DOCUMENTS)
def test_everything_that_the_code_holds_is_printed_in_clear(document):
    donnees = replace(document(), pays_naissance_nom="Afghanistan (AF)", nationalite_nom="afghane (AF)")
    texte = PdfReader(io.BytesIO(pdf(donnees))).pages[0].extract_text()
    imprime = " ".join(texte.upper().replace("’", " ").replace("-", " ").split())
    for accent, nu in {"Ï": "I", "Û": "U", "Â": "A", "É": "E", "À": "A"}.items():
        imprime = imprime.replace(accent, nu)
    lus = decoder(signer(donnees).encode()).champs
    for identifiant in ("6P", "6Q", "62", "63", "6A", "6C", "67", "6U", "6W", "6X", "6M", "6S"):
        assert lus[identifiant] in imprime, identifiant
    assert lus["6K"] in imprime.replace(" ", "")
    assert lus["60"].replace("/", ", ") in imprime
    assert "FRANCE" in imprime
    assert "23 NOVEMBRE 2026" in imprime
    if "6O" in lus:
        assert "22 MAI 2027" in imprime


def test_two_documents_of_one_process_each_have_their_own_code(tmp_path):
    premier, second = apd_premiere(), apd_premiere(numero="9201202611231405002")
    assert lire(dessiner(pdf(premier), 200, tmp_path)).champs["6K"] == premier.numero
    assert lire(dessiner(pdf(second), 200, tmp_path)).champs["6K"] == second.numero
