import io

import pytest
from PIL import Image

from demandes.normalisation.motifs import Motif, Refuse
from tests import fichiers_d_essai as essai


def refus(normalise, octets) -> Motif:
    with pytest.raises(Refuse) as refuse:
        normalise(octets)
    return refuse.value.motif


def est_rouge(image, place):
    rouge, _, bleu = image.convert("RGB").getpixel(place)
    return rouge > 200 and bleu < 60


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_accepted_format_becomes_a_jpeg_with_a_preview(normalise, format):
    resultat = normalise(essai.photo(format))
    assert resultat.type_mime == "image/jpeg"
    assert resultat.pages is None
    assert resultat.taille == len(normalise.contenu)
    assert normalise.image.size == (400, 300)
    assert est_rouge(normalise.image, (50, 50))
    assert max(normalise.apercu.size) <= 600


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize(("orientation", "coin"), [(6, (250, 50)), (8, (50, 350)), (3, (350, 250))])
def test_a_photo_taken_sideways_is_kept_upright(normalise, format, orientation, coin):
    normalise(essai.photo(format, orientation=orientation))
    image = normalise.image
    assert image.size == ((400, 300) if orientation == 3 else (300, 400))
    assert est_rouge(image, coin)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_of_the_place_the_phone_or_the_comment_is_kept(normalise, format):
    brut = essai.photo(format)
    assert essai.SECRET in brut
    normalise(brut)
    assert essai.SECRET not in normalise.contenu
    assert b"Exif" not in normalise.contenu
    assert not normalise.image.getexif()
    assert b"Exif" not in (normalise.dossier / "apercu").read_bytes()


def test_a_large_photo_is_brought_to_2500_points(normalise):
    normalise(essai.photo(taille=(3000, 2000)))
    assert normalise.image.size == (2500, 1667)


def test_what_is_transparent_becomes_white_paper(normalise):
    sortie = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(sortie, "PNG")
    normalise(sortie.getvalue())
    assert normalise.image.getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "couleur"), [("L", 128), ("P", 0), ("1", 1), ("I;16", 32768), ("LA", (128, 255))]
)
def test_scanner_modes_are_read(normalise, mode, couleur):
    sortie = io.BytesIO()
    Image.new(mode, (50, 50), couleur).save(sortie, "PNG")
    normalise(sortie.getvalue())
    assert normalise.image.mode == "RGB"


def test_sixteen_bits_of_grey_stay_grey(normalise):
    sortie = io.BytesIO()
    Image.new("I;16", (50, 50), 32768).save(sortie, "PNG")
    normalise(sortie.getvalue())
    assert abs(normalise.image.getpixel((25, 25))[0] - 128) <= 2


def test_printers_colours_are_read(normalise):
    sortie = io.BytesIO()
    Image.new("CMYK", (50, 50)).save(sortie, "JPEG")
    normalise(sortie.getvalue())
    assert normalise.image.mode == "RGB"


def test_a_bomb_is_refused_before_it_is_decoded(normalise, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("decoded"))
    assert refus(normalise, essai.png_bombe()) == Motif.TROP_DE_PIXELS


def test_the_largest_phone_photo_passes(normalise):
    assert normalise(essai.photo_geante("JPEG")).taille > 0


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_a_moving_image_is_refused(normalise, format):
    assert refus(normalise, essai.animation(format)) == Motif.IMAGE_ANIMEE


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_truncated_photo_is_refused_as_damaged(normalise, format):
    brut = essai.photo(format, taille=(1200, 900))
    assert refus(normalise, brut[: len(brut) // 2]) == Motif.ILLISIBLE


def test_a_web_page_hidden_behind_a_photo_is_not_kept(normalise):
    normalise(essai.photo() + b"<script>alert(1)</script>")
    assert b"<script" not in normalise.contenu


def test_a_phone_photo_of_several_views_keeps_the_first(normalise):
    vues = [Image.new("RGB", (60, 40), couleur) for couleur in ("red", "blue")]
    sortie = io.BytesIO()
    vues[0].save(sortie, "MPO", save_all=True, append_images=vues[1:])
    normalise(sortie.getvalue())
    assert est_rouge(normalise.image, (30, 20))
