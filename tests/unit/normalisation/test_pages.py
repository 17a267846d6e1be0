"""One page of a kept PDF as an image, drawn in a process of its own."""

import io
import sys

import pytest
from PIL import Image

from demandes.normalisation.isolement import dessiner_a_part
from demandes.normalisation.motifs import Motif, Refuse
from referentiels.isolement import Plantage
from tests import fichiers_d_essai as essai


@pytest.fixture
def source(tmp_path, normalise):
    """A clean PDF of two pages: a red and blue photo, then a blank sheet."""
    photo = essai.photo(taille=(595, 842))
    normalise(essai.pdf(pages=2, avec=essai.photo_incluse(photo, (595, 842))))
    chemin = tmp_path / "propre"
    chemin.write_bytes(normalise.contenu)
    return chemin


def test_each_page_is_drawn_as_a_jpeg_large_enough_to_be_read(source, tmp_path):
    premiere = Image.open(io.BytesIO(dessiner_a_part(source, tmp_path, 1).read_bytes()))
    seconde = Image.open(io.BytesIO(dessiner_a_part(source, tmp_path, 2).read_bytes()))

    assert premiere.format == seconde.format == "JPEG"
    assert max(premiere.size) == 2000
    assert premiere.getpixel((100, 100))[0] > 200
    assert seconde.getpixel((100, 100)) == (255, 255, 255)


@pytest.mark.parametrize("numero", [3, 10**30])
def test_a_page_that_the_pdf_has_not_is_refused(source, tmp_path, numero):
    with pytest.raises((Refuse, Plantage)):
        dessiner_a_part(source, tmp_path, numero)


def test_what_is_no_pdf_is_refused(tmp_path):
    faux = tmp_path / "faux"
    faux.write_bytes(b"%PDF-1.7 rien")
    with pytest.raises(Refuse) as refus:
        dessiner_a_part(faux, tmp_path, 1)
    assert refus.value.motif is Motif.ILLISIBLE


def test_a_page_that_takes_too_long_is_given_up(source, tmp_path, monkeypatch):
    lent = tmp_path / "python"
    lent.write_text("#!/bin/sh\nexec tail -f /dev/null\n")
    lent.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(lent))
    with pytest.raises(Plantage):
        dessiner_a_part(source, tmp_path, 1, delai_s=1)
