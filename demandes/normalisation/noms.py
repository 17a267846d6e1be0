"""The name that the person gave to a file, made safe to show."""

import re
import unicodedata

LONGUEUR_MAX = 150
SANS_NOM = "fichier"


def nettoyer_nom(nom: str) -> str:
    """The last part of `nom` without control, invisible or direction-changing characters, at most 150 characters.

    The extension is kept when the name is cut; never empty.
    """
    dernier = re.split(r"[/\\]", unicodedata.normalize("NFC", nom.encode("utf-8", "replace").decode()))[-1]
    # Categories C*: control (CR, LF, NUL), format (bidi overrides, zero width), surrogates, private, unassigned.
    visible = "".join(
        " " if c.isspace() else c for c in dernier if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    propre = " ".join(visible.split()).lstrip(".")
    if len(propre) > LONGUEUR_MAX:
        racine, point, extension = propre.rpartition(".")
        fin = f"…{point}{extension}" if point and len(extension) <= 10 else "…"
        propre = (racine or propre)[: LONGUEUR_MAX - len(fin)] + fin
    return propre or SANS_NOM
