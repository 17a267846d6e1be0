"""One line of JSON Lines in, one answer out (R-REGLES-9). Bytes, because a line may not even be text."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from demandes.regles.lecture import PAS_UN_OBJET, ErreurDeChamp, lire_situation
from demandes.regles.orientation import orienter
from demandes.regles.phrases import gettext_noop as _

PAS_DE_L_UTF8 = _("La ligne n’est pas du texte en UTF-8. Enregistrez le fichier dans ce codage.")
PAS_DU_JSON = _("La ligne n’est pas du JSON. Écrivez un objet par ligne, entre accolades.")
TROP_PROFOND = _("La ligne contient trop d’objets ou de listes imbriqués. Simplifiez-la.")

MARQUE_UTF8 = b"\xef\xbb\xbf"


def repondre(lignes: Iterable[bytes], au: date) -> Iterator[dict[str, object]]:
    """Answer each line in its order, as it comes; an empty line answers nothing.

    A line that is not understood gives ``{"erreur": {"champ", "message"}}``. A byte-order mark is
    allowed at the very start, as Windows writes it.
    """
    for rang, ligne in enumerate(lignes):
        try:
            texte = _decoder(ligne.removeprefix(MARQUE_UTF8) if rang == 0 else ligne)
            if texte.strip():
                yield orienter(lire_situation(_lire_json(texte), au), au).vers_dict()
        except ErreurDeChamp as erreur:
            yield erreur.vers_dict()


def _decoder(ligne: bytes) -> str:
    try:
        return ligne.decode("utf-8")
    except UnicodeDecodeError:
        raise ErreurDeChamp(None, PAS_DE_L_UTF8) from None


def _lire_json(texte: str) -> object:
    try:
        # No field is a number: a float is read where an int of many digits would be refused or slow.
        valeur = json.loads(texte, parse_int=float, parse_constant=_constante_interdite)
    except RecursionError:
        raise ErreurDeChamp(None, TROP_PROFOND) from None
    except ValueError:
        raise ErreurDeChamp(None, PAS_DU_JSON) from None
    if not isinstance(valeur, dict):
        raise ErreurDeChamp(None, PAS_UN_OBJET)
    return valeur


def _constante_interdite(nom: str) -> object:
    # Python reads NaN and Infinity; JSON has no such words.
    raise ValueError(nom)
