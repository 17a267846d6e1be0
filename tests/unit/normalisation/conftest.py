from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from demandes.normalisation.fichier import Normalise, normaliser


class Essai:
    """One normalisation in this process, and what it left."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def __call__(self, octets: bytes) -> Normalise:
        source = self.dossier / "source"
        source.write_bytes(octets)
        return normaliser(source, self.dossier)

    @property
    def contenu(self) -> bytes:
        return (self.dossier / "contenu").read_bytes()

    @property
    def image(self) -> Image.Image:
        return Image.open(BytesIO(self.contenu))

    @property
    def apercu(self) -> Image.Image:
        return Image.open(BytesIO((self.dossier / "apercu").read_bytes()))


@pytest.fixture
def normalise(tmp_path):
    return Essai(tmp_path)


@pytest.fixture(autouse=True)
def _fichiers_tronques_refuses(monkeypatch):
    """WeasyPrint, which other tests load into this process, tells Pillow to accept truncated images.

    The portal normalises in a process of its own, where WeasyPrint never comes (isolement.py).
    """
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
