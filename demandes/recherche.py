"""Names as lists show them, and folded for a search that forgives accents, case and dashes (R-INSTR-2)."""

import re
import unicodedata

# What NFKD leaves whole and a keyboard without the letter replaces.
SANS_DECOMPOSITION = str.maketrans(
    {"ß": "SS", "Æ": "AE", "Œ": "OE", "Ø": "O", "Đ": "D", "Ð": "D", "Ł": "L", "Þ": "TH", "ı": "I"}
)
LONGUEUR = 600
LONGUEUR_AFFICHEE = 350


def plier(texte: str) -> str:
    """`texte` in capitals without accents, dashes or apostrophes, words separated by one space."""
    haut = texte.upper().translate(SANS_DECOMPOSITION)
    decompose = unicodedata.normalize("NFKD", haut)
    lettres = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", lettres))


def nom_complet(civil: dict[str, object]) -> str:
    """The name of `civil` (as frozen by the deposit) as the lists show it."""
    prenoms = civil["prenoms"]
    return " ".join([str(civil["nom"]), *(prenoms if isinstance(prenoms, list) else [])])[:LONGUEUR_AFFICHEE]


def texte_de_recherche(civil: dict[str, object]) -> str:
    """The names of `civil` (as frozen by the deposit): what an agent may type to find a dossier."""
    prenoms = civil["prenoms"]
    noms = [str(civil["nom"]), str(civil["nom_usage"]), *(prenoms if isinstance(prenoms, list) else [])]
    return plier(" ".join(noms))[:LONGUEUR]
