import io
import re

import pikepdf
import pytest
from pikepdf import Dictionary, Encryption, Name, ObjectStreamMode

from demandes.normalisation.motifs import Motif, Refuse
from tests import fichiers_d_essai as essai


def refus(normalise, octets) -> Motif:
    with pytest.raises(Refuse) as refuse:
        normalise(octets)
    return refuse.value.motif


def test_an_ordinary_pdf_is_kept_with_its_pages_and_a_preview(normalise):
    resultat = normalise(essai.pdf(pages=3))
    assert resultat.type_mime == "application/pdf"
    assert resultat.pages == 3
    assert normalise.apercu.size == (424, 600)
    with pikepdf.open(io.BytesIO(normalise.contenu)) as garde:
        assert len(garde.pages) == 3
        assert garde.is_linearized


def test_author_and_properties_are_not_kept(normalise):
    def xmp(document):
        with document.open_metadata() as donnees:
            donnees["dc:title"] = essai.SECRET.decode()

    brut = essai.pdf(avec=xmp, compress_streams=False)
    assert essai.SECRET in brut
    normalise(brut)
    with pikepdf.open(io.BytesIO(normalise.contenu)) as garde:
        assert "/Info" not in garde.trailer
        assert "/Metadata" not in garde.Root


def test_a_password_is_refused(normalise):
    octets = essai.pdf(encryption=Encryption(user="secret", owner="secret"))
    assert refus(normalise, octets) == Motif.PDF_PROTEGE


def test_a_pdf_that_only_forbids_printing_is_accepted_and_freed(normalise):
    normalise(essai.pdf(encryption=Encryption(user="", owner="secret")))
    with pikepdf.open(io.BytesIO(normalise.contenu)) as garde:
        assert not garde.is_encrypted


@pytest.mark.parametrize(
    "avec",
    [
        essai.script,
        essai.script_dans_une_note,
        essai.action_de_page,
        essai.lancement,
        essai.impression_a_l_ouverture,
        essai.fichier_joint,
        essai.formulaire_xfa,
        essai.media,
        essai.script_non_reference,
    ],
)
@pytest.mark.parametrize("mode", [ObjectStreamMode.disable, ObjectStreamMode.generate])
def test_what_acts_or_carries_is_refused(normalise, avec, mode):
    octets = essai.pdf(avec=avec, object_stream_mode=mode)
    if mode == ObjectStreamMode.generate and avec is essai.script:
        assert b"JavaScript" not in octets, "hidden in an object stream"
    assert refus(normalise, octets) == Motif.PDF_ACTIF


def test_a_script_whose_name_is_escaped_is_refused(normalise):
    clair = essai.pdf(avec=essai.script, object_stream_mode=ObjectStreamMode.disable)
    cache = re.sub(rb"/S /JavaScript", b"/S /J#61vaScript", clair).replace(b"/JS ", b"/#4aS ")
    assert b"/JavaScript" not in cache
    assert refus(normalise, cache) == Motif.PDF_ACTIF


def test_opening_at_a_page_is_harmless_and_dropped(normalise):
    def ouverture(document):
        document.Root.OpenAction = Dictionary(S=Name.GoTo, D=pikepdf.Array([document.pages[0].obj, Name.Fit]))

    normalise(essai.pdf(avec=ouverture))
    with pikepdf.open(io.BytesIO(normalise.contenu)) as garde:
        assert "/OpenAction" not in garde.Root


def test_what_was_typed_in_a_form_stays_visible_and_the_form_goes(normalise):
    normalise(essai.pdf(avec=essai.champ_rempli))
    with pikepdf.open(io.BytesIO(normalise.contenu)) as garde:
        assert "/AcroForm" not in garde.Root
        assert "/Annots" not in garde.pages[0].obj
    # The field's red ground, drawn at the top of the page.
    rouge, vert, _ = normalise.apercu.convert("RGB").getpixel((300, 60))
    assert rouge > 200
    assert vert < 80


def test_a_photo_inside_loses_its_position_and_keeps_its_points(normalise):
    photo = essai.photo()
    assert essai.SECRET in photo
    normalise(essai.pdf(avec=essai.photo_incluse(photo, (400, 300)), **essai.TEL_QUEL))
    with pikepdf.open(io.BytesIO(normalise.contenu)) as garde:
        image = garde.pages[0].Resources.XObject.Im0
        assert essai.SECRET not in image.read_raw_bytes()
        assert pikepdf.PdfImage(image).as_pil_image().size == (400, 300)
    assert normalise.apercu.convert("RGB").getpixel((50, 50))[0] > 200


def test_more_than_50_pages_are_refused(normalise):
    assert normalise(essai.pdf(pages=50)).pages == 50
    assert refus(normalise, essai.pdf(pages=51)) == Motif.TROP_DE_PAGES


def test_a_stream_that_unfolds_to_200_megabytes_is_refused(normalise):
    octets = essai.pdf(avec=essai.contenu_enorme(200 << 20), **essai.TEL_QUEL)
    assert len(octets) < 1 << 20
    assert refus(normalise, octets) == Motif.TROP_COMPLEXE


def test_many_streams_count_together(normalise):
    def plusieurs(document):
        essai.contenu_enorme(150 << 20)(document)
        brut = document.pages[0].Contents.read_raw_bytes()
        for place in range(4):
            flux = document.make_stream(b"")
            flux.write(brut, filter=Name.FlateDecode)
            document.Root[f"/Reserve{place}"] = flux

    assert refus(normalise, essai.pdf(avec=plusieurs, **essai.TEL_QUEL)) == Motif.TROP_COMPLEXE


def test_a_stream_compressed_twice_is_refused(normalise):
    octets = essai.pdf(avec=essai.contenu_compresse_deux_fois, **essai.TEL_QUEL)
    assert refus(normalise, octets) == Motif.TROP_COMPLEXE


def test_an_image_of_too_many_points_inside_is_refused(normalise):
    octets = essai.pdf(avec=essai.photo_incluse(essai.photo(), (50_000, 50_000)), **essai.TEL_QUEL)
    assert refus(normalise, octets) == Motif.TROP_DE_PIXELS


def test_words_before_the_header_are_not_kept(normalise):
    normalise(b"<html><script>alert(1)</script>\n" + essai.pdf())
    assert normalise.contenu.startswith(b"%PDF-")
    assert b"<script" not in normalise.contenu


@pytest.mark.parametrize("octets", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\xff" * 5000, b"%PDF-1.7\n%%EOF"])
def test_a_pdf_that_cannot_be_read_is_refused_as_damaged(normalise, octets):
    assert refus(normalise, octets) == Motif.ILLISIBLE


def test_a_pdf_without_a_page_is_refused_as_damaged(normalise):
    assert refus(normalise, essai.pdf(pages=0)) == Motif.ILLISIBLE


def test_a_pdf_cut_at_its_end_is_mended(normalise):
    octets = essai.pdf(pages=2, object_stream_mode=ObjectStreamMode.disable)
    assert normalise(octets[: octets.rindex(b"xref")]).pages == 2


def test_links_are_dropped_and_the_page_stays(normalise):
    def lien(document):
        document.pages[0].Annots = pikepdf.Array([
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=pikepdf.Array([0, 0, 99, 99]),
                       A=Dictionary(S=Name.URI, URI=pikepdf.String("https://exemple.example")))
        ])  # fmt: skip

    normalise(essai.pdf(avec=lien))
    with pikepdf.open(io.BytesIO(normalise.contenu)) as garde:
        assert not any("/URI" in objet for objet in garde.objects if isinstance(objet, Dictionary))
