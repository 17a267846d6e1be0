"""From what people write to the capitals, digits and spaces of a 2D-Doc (§3.4.1, §11.1).

Accents go; letters of other alphabets are romanised by `anyascii`, which covers all of Unicode; punctuation and
symbols become a space. Short vowels that Arabic does not write cannot come back: « محمد » gives MHMD.
"""

import re
import unicodedata

from anyascii import anyascii

# The values of the C40 encodation that cost one place in the symbol; the others cost two (§10.3).
BASE_C40 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
CHIFFRES = re.compile("[0-9]")


def alphanumerique(texte: str) -> str:
    """`texte` in unaccented capitals, digits and single spaces; "" when nothing can be written so."""
    morceaux: list[str] = []
    # NFKC undoes ligatures and the digits and letters of typographers: « ﬁ », « ² », « Ⅻ ».
    for signe in unicodedata.normalize("NFKC", texte):
        categorie = unicodedata.category(signe)
        if categorie[0] in "LNM":
            # Of a letter only letters: a Cyrillic hard sign is romanised as an apostrophe, which cuts no word.
            morceaux.append("".join(c for c in anyascii(signe) if c.isalnum()))
        elif categorie != "Cf":
            morceaux.append(" ")
    return " ".join("".join(morceaux).upper().split())


def alphabetique(texte: str) -> str:
    """`texte` in unaccented capitals and single spaces."""
    return " ".join(CHIFFRES.sub(" ", alphanumerique(texte)).split())


def est_latin(texte: str) -> bool:
    """Whether a reader of French recognises `texte` in its capitals: every letter is Latin."""
    return all(
        unicodedata.name(signe, "").startswith("LATIN")
        for signe in unicodedata.normalize("NFKC", texte)
        if unicodedata.category(signe).startswith("L") and unicodedata.category(signe) != "Lm"
    )


def cout_c40(texte: str) -> int:
    """How many C40 values `texte` takes: two for a separator or a « / »."""
    return sum(1 if signe in BASE_C40 else 2 for signe in texte)
