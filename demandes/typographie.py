"""The texts of the rules as a page prints them: translated, with French signs where the rules have plain ones."""

import re

from django.utils.translation import gettext

from demandes.regles.codes import CodePiece
from demandes.regles.textes import PIECES


def typographier(texte: str) -> str:
    """Typographic apostrophes, and no-break spaces beside the signs that want them."""
    return re.sub(r"(?<=«) | (?=[»:;?!€])", "\u00a0", texte.replace("'", "’"))


def dire(texte: str) -> str:
    """A text of `demandes.regles.textes` in the reader's language."""
    return typographier(gettext(texte))


def nom_de_piece(code: str) -> str:
    """The name of a supporting document (a `CodePiece`)."""
    return dire(PIECES[CodePiece(code)].libelle)
