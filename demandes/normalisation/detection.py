"""Recognise a file by its first bytes; its name and the browser's word are never believed."""

from enum import StrEnum

# Readers of PDF accept the header anywhere in the first kilobyte (ISO 32000-1, annex H.3.4.1).
OCTETS_UTILES = 1024

_MARQUES_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_MARQUES_HEIF = frozenset({b"mif1", b"msf1"})


class Genre(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    PDF = "application/pdf"


def detecter(debut: bytes) -> Genre | None:
    """What the file is, from its first `OCTETS_UTILES` bytes; None when it is nothing we accept."""
    if debut.startswith(b"\xff\xd8\xff"):
        return Genre.JPEG
    if debut.startswith(b"\x89PNG\r\n\x1a\n"):
        return Genre.PNG
    if debut[:4] == b"RIFF" and debut[8:12] == b"WEBP":
        return Genre.WEBP
    if debut[4:8] == b"ftyp":
        return Genre.HEIC if _est_heic(debut) else None
    if b"%PDF-" in debut[:OCTETS_UTILES]:
        return Genre.PDF
    return None


def _est_heic(debut: bytes) -> bool:
    """ISO 23008-12: the brand is HEVC's own, or a generic one that lists HEVC and not AV1 among its compatibles."""
    taille = int.from_bytes(debut[:4], "big")
    marque = debut[8:12]
    compatibles = {debut[place : place + 4] for place in range(16, min(taille, len(debut)), 4)}
    return marque in _MARQUES_HEIC or (marque in _MARQUES_HEIF and bool(compatibles & _MARQUES_HEIC))
