"""Cleaning of what people typed before it is frozen, stored as JSON and printed."""

import unicodedata

# One page always: no field may fill it alone. Longer text ends with an ellipsis.
LONGUEUR_MAXIMALE = 120
# Arabic and Indic scripts join letters with these two; every other invisible sign is dropped.
LIANTS = "\u200c\u200d"
SIGNE_INCONNU = "\ufffd"
# A letter carries at most this many marks: a pile of them would run over the neighbouring lines.
MARQUES_MAXIMALES = 3


def nettoyer(texte: str, longueur: int = LONGUEUR_MAXIMALE) -> str:
    """`texte` on one line, in NFC, without control, direction or unassigned characters.

    Lone surrogates and NUL, which PostgreSQL's JSON refuses, cannot come out of here. Text longer than
    `longueur` characters is cut and ends with « … ».
    """
    signes: list[str] = []
    marques = 0
    for signe in texte:
        categorie = unicodedata.category(signe)
        marques = marques + 1 if categorie in ("Mn", "Me") else 0
        if categorie in ("Cc", "Zl", "Zp"):
            signes.append(" ")
        elif categorie == "Cf":
            signes.append(signe if signe in LIANTS else "")
        elif categorie in ("Cs", "Co", "Cn"):
            signes.append(SIGNE_INCONNU)
        elif marques <= MARQUES_MAXIMALES:
            signes.append(signe)
    propre = " ".join(unicodedata.normalize("NFC", "".join(signes)).split())
    return propre if len(propre) <= longueur else propre[: longueur - 1].rstrip() + "…"
