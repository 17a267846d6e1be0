"""Take the metadata out of a JPEG without decoding it: photos inside a PDF keep their every point."""

# Kept, of the application segments (ITU-T T.81, B.2.4.6): JFIF (APP0) and Adobe's colour transform (APP14).
_GARDES = frozenset({0xE0, 0xEE})
_DEBUT_DES_POINTS = 0xDA


def sans_metadonnees(jpeg: bytes) -> bytes:
    """`jpeg` without EXIF, GPS, XMP, profile and comments; returned as it is if its segments cannot be followed."""
    morceaux, place = [jpeg[:2]], 2
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        marqueur = jpeg[place + 1]
        if marqueur == _DEBUT_DES_POINTS:
            return b"".join([*morceaux, jpeg[place:]])
        fin = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if not (0xE0 <= marqueur <= 0xEF or marqueur == 0xFE) or marqueur in _GARDES:
            morceaux.append(jpeg[place:fin])
        place = fin
    return jpeg
