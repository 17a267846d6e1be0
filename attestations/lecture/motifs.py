"""Why a file could not be looked at."""

from enum import StrEnum


class Motif(StrEnum):
    VIDE = "vide"
    TROP_GROS = "trop_gros"
    TYPE_INCONNU = "type_inconnu"
    ILLISIBLE = "illisible"
    PDF_PROTEGE = "pdf_protege"
    TROP_DE_PIXELS = "trop_de_pixels"
    TROP_DE_PAGES = "trop_de_pages"
    TROP_COMPLEXE = "trop_complexe"


class FichierRefuse(Exception):
    """The file was not read to its end; `motif` says why."""

    def __init__(self, motif: Motif) -> None:
        super().__init__(motif.value)
        self.motif = motif
