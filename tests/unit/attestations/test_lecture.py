"""Whatever file a stranger sends: the codes that it holds, or a reason, within bounds."""

import io
import os
import time

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from attestations import lecture, phrases, rendu
from attestations.deuxddoc.certificats import EtatCertificat
from attestations.deuxddoc.message import Defaut
from attestations.deuxddoc.verification import EtatSignature
from attestations.lecture import FichierRefuse, Motif, limites, lire
from tests import fichiers_d_essai as essai
from tests.donnees_attestation import apd_premiere, confirmation, signer


@pytest.fixture(scope="module")
def attestation():
    return rendu.pdf("apd/v1", apd_premiere(), signer(apd_premiere()))


@pytest.fixture(scope="module")
def photo(attestation):
    """The page as an image of 200 dots an inch, in grey."""
    return pypdfium2.PdfDocument(attestation)[0].render(scale=200 / 72, grayscale=True).to_pil()


def fichier(image, format="JPEG", **options):
    sortie = io.BytesIO()
    image.save(sortie, format, **options)
    return sortie.getvalue()


def eclairer(image):
    """Light that comes from one side, as under a lamp."""
    ombre = Image.linear_gradient("L").rotate(90).resize(image.size).point(lambda v: 130 + v // 2)
    return Image.composite(image, Image.new("L", image.size, 40), ombre)


def test_the_pdf_of_an_attestation_is_read(attestation):
    assert lire(attestation) == [signer(apd_premiere())]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_of_it_is_read(photo, format):
    assert lire(fichier(photo, format)) == [signer(apd_premiere())]


@pytest.mark.parametrize("angle", [3, 17, 45, 90, 133, 180, 271, 315, 348])
def test_a_photo_turned_by_any_angle_and_badly_lit_is_read(photo, angle):
    tournee = photo.rotate(angle, expand=True, fillcolor=120, resample=Image.Resampling.BICUBIC)
    assert lire(fichier(eclairer(tournee), quality=70)) == [signer(apd_premiere())]


def test_an_enlarged_blurred_photo_is_read(photo):
    grande = photo.rotate(12, expand=True, fillcolor=200, resample=Image.Resampling.BICUBIC)
    grande = grande.resize((grande.width * 2, grande.height * 2)).filter(ImageFilter.GaussianBlur(2))
    assert lire(fichier(grande, quality=60)) == [signer(apd_premiere())]


def test_a_small_picture_of_the_whole_page_is_read(photo):
    petite = photo.resize((photo.width // 2, photo.height // 2), Image.Resampling.LANCZOS)
    assert lire(fichier(petite, "PNG")) == [signer(apd_premiere())]


def test_a_transparent_picture_is_read_as_on_white_paper(photo):
    encre = photo.point(lambda valeur: 255 - valeur)
    image = Image.new("RGBA", photo.size, (0, 0, 0, 0))
    image.putalpha(encre)
    assert lire(fichier(image, "PNG")) == [signer(apd_premiere())]


def test_a_scan_of_twenty_pages_is_read_to_the_one_that_has_the_code(photo):
    blanche = Image.new("L", photo.size, 238)
    ecrite = blanche.copy()
    ecrite.paste(photo.crop((0, 1000, photo.width, 1600)), (0, 200))
    pages = [ecrite, blanche] * 8 + [photo.rotate(1.5, fillcolor=238)] + [ecrite] * 3
    assert lire(fichier(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=200)) == [
        signer(apd_premiere())
    ]


def test_several_codes_come_in_the_order_of_the_pages_each_once(photo, attestation):
    autre = rendu.pdf("confirmation_depot/v1", confirmation(), signer(confirmation()))
    with pikepdf.open(io.BytesIO(autre)) as document:
        for octets in (attestation, attestation):
            with pikepdf.open(io.BytesIO(octets)) as suite:
                document.pages.extend(suite.pages)
        sortie = io.BytesIO()
        document.save(sortie)
    assert lire(sortie.getvalue()) == [signer(confirmation()), signer(apd_premiere())]


def test_a_data_matrix_that_is_no_2ddoc_is_passed_over():
    code = zxingcpp.create_barcode("https://exemple.example", zxingcpp.BarcodeFormat.DataMatrix)
    assert lire(fichier(Image.fromarray(code.to_image(scale=8)), "PNG")) == []


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(essai.photo, id="photo"),
        pytest.param(lambda: essai.photo_geante("JPEG"), id="108 millions de points"),
        pytest.param(lambda: essai.pdf(20), id="vingt pages blanches"),
        pytest.param(lambda: fichier(Image.effect_noise((1600, 1200), 90), "PNG"), id="bruit"),
        pytest.param(lambda: essai.pdf(1, avec=essai.script), id="script"),
    ],
)
def test_a_file_without_any_code_gives_nothing(octets):
    assert lire(octets()) == []


@pytest.mark.parametrize(
    ("octets", "motif"),
    [
        (lambda: b"", Motif.VIDE),
        (lambda: b"x" * (limites.TAILLE_MAX + 1), Motif.TROP_GROS),
        (lambda: os.urandom(50_000), Motif.TYPE_INCONNU),
        (lambda: b"GIF89a" + bytes(100), Motif.TYPE_INCONNU),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", Motif.TYPE_INCONNU),
        (lambda: essai.photo()[:300], Motif.ILLISIBLE),
        (lambda: b"%PDF-1.7\n" + bytes(500), Motif.ILLISIBLE),
        (essai.png_bombe, Motif.TROP_DE_PIXELS),
        (lambda: essai.pdf(limites.PAGES_MAX + 1), Motif.TROP_DE_PAGES),
        (lambda: essai.pdf(encryption=pikepdf.Encryption(user="u", owner="p")), Motif.PDF_PROTEGE),
    ],
)
def test_a_file_that_cannot_be_looked_at_says_why(octets, motif):
    with pytest.raises(FichierRefuse) as refus:
        lire(octets())
    assert refus.value.motif is motif


def test_a_reading_that_lasts_is_stopped(photo):
    debut = time.monotonic()
    with pytest.raises(FichierRefuse) as refus:
        lire(fichier(photo), delai_s=0.05)
    assert refus.value.motif is Motif.TROP_COMPLEXE
    assert time.monotonic() - debut < limites.DELAI_MAX_S


def test_a_decoder_that_crashes_takes_nothing_with_it(monkeypatch):
    monkeypatch.setattr(lecture, "executer_a_part", lambda *args, **kwargs: b"not JSON")
    with pytest.raises(FichierRefuse) as refus:
        lire(b"%PDF-1.7")
    assert refus.value.motif is Motif.TROP_COMPLEXE


def test_every_reason_has_its_sentence():
    for table, codes in (
        (phrases.MOTIFS, Motif),
        (phrases.DEFAUTS, Defaut),
        (phrases.SIGNATURES, EtatSignature),
        (phrases.CERTIFICATS, EtatCertificat),
    ):
        assert set(table) == set(codes)
