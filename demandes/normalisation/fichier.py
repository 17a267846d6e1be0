"""One file, whatever it is: recognised, then given to its normaliser."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from demandes.normalisation.detection import OCTETS_UTILES, Genre, detecter
from demandes.normalisation.limites import TAILLE_MAX
from demandes.normalisation.motifs import Motif, Refuse

CONTENU, APERCU, PAGE = "contenu", "apercu", "page"


@dataclass(frozen=True, slots=True)
class Normalise:
    """The kept copy: MIME type, size in bytes, SHA-256 in hexadecimal, pages of a PDF (None for a photo)."""

    type_mime: str
    taille: int
    sha256: str
    pages: int | None

    def en_dict(self) -> dict[str, str | int | None]:
        return asdict(self)


def verifier_entete(debut: bytes, taille: int) -> Genre:
    """What can be said at once, from the size and the first bytes. Raises `Refuse`."""
    if taille == 0:
        raise Refuse(Motif.VIDE)
    if taille > TAILLE_MAX:
        raise Refuse(Motif.TROP_GROS)
    genre = detecter(debut)
    if genre is None:
        raise Refuse(Motif.TYPE_INCONNU)
    return genre


def normaliser(source: Path, sortie: Path) -> Normalise:
    """Check `source` and write the files `contenu` and `apercu` into the folder `sortie`. Raises `Refuse`.

    Decodes hostile data in this process: call `isolement.normaliser_a_part` instead.
    """
    with source.open("rb") as fichier:
        genre = verifier_entete(fichier.read(OCTETS_UTILES), source.stat().st_size)
    contenu, apercu = sortie / CONTENU, sortie / APERCU
    pages = None
    if genre is Genre.PDF:
        from demandes.normalisation.pdf import normaliser_pdf

        pages = normaliser_pdf(source, contenu, apercu)
    else:
        from demandes.normalisation.images import normaliser_image

        normaliser_image(source, genre, contenu, apercu)
    with contenu.open("rb") as fichier:
        empreinte = hashlib.file_digest(fichier, "sha256").hexdigest()
    return Normalise(
        type_mime=Genre.PDF if genre is Genre.PDF else Genre.JPEG,
        taille=contenu.stat().st_size,
        sha256=empreinte,
        pages=pages,
    )
