import io
import zipfile

import pytest
from PIL import Image

from demandes.normalisation.detection import Genre, detecter
from demandes.normalisation.fichier import verifier_entete
from demandes.normalisation.limites import TAILLE_MAX
from demandes.normalisation.motifs import PHRASES, Motif, Refuse
from tests import fichiers_d_essai as essai


@pytest.mark.parametrize(
    ("octets", "genre"),
    [
        (essai.photo("JPEG"), Genre.JPEG),
        (essai.photo("PNG"), Genre.PNG),
        (essai.photo("WEBP"), Genre.WEBP),
        (essai.photo("HEIF"), Genre.HEIC),
        (essai.pdf(), Genre.PDF),
    ],
)
def test_each_accepted_type_is_recognised_by_its_content(octets, genre):
    assert detecter(octets[:1024]) is genre


def autre_image(format):
    sortie = io.BytesIO()
    Image.new("RGB", (9, 9)).save(sortie, format)
    return sortie.getvalue()


def archive():
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as zip:
        zip.writestr("word/document.xml", "<w/>")
    return sortie.getvalue()


@pytest.mark.parametrize(
    "octets",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<!doctype html>",
        b"MZ\x90\x00",
        b"#!/bin/sh",
        archive(),
        autre_image("GIF"),
        autre_image("TIFF"),
        autre_image("AVIF"),
        b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41",
        b" ",
    ],
)
def test_anything_else_is_refused_as_a_type_we_do_not_take(octets):
    with pytest.raises(Refuse) as refus:
        verifier_entete(octets, len(octets))
    assert refus.value.motif is Motif.TYPE_INCONNU


def test_an_empty_file_is_refused_as_empty():
    with pytest.raises(Refuse) as refus:
        verifier_entete(b"", 0)
    assert refus.value.motif is Motif.VIDE


def test_15_megabytes_pass_and_one_byte_more_does_not():
    debut = essai.photo()
    assert verifier_entete(debut, TAILLE_MAX) is Genre.JPEG
    with pytest.raises(Refuse) as refus:
        verifier_entete(debut, TAILLE_MAX + 1)
    assert refus.value.motif is Motif.TROP_GROS


def test_every_reason_has_its_sentence():
    assert set(PHRASES) == set(Motif)
