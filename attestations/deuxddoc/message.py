"""The message of a C40 code: identifier, value, and the separators between them (§3.4.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from attestations.deuxddoc.champs import CHAMPS, Champ

# Ends a value shorter than its maximum; ends a value that was cut.
GS, RS = "\x1d", "\x1e"


class Defaut(StrEnum):
    """What is not as the standard says, in a code that was read."""

    ALPHABET = "alphabet"
    TROP_LONG = "trop_long"
    ENTETE = "entete"
    TYPE_DOCUMENT = "type_document"
    CHAMP_INCONNU = "champ_inconnu"
    CHAMP_REPETE = "champ_repete"
    CHAMP_MANQUANT = "champ_manquant"
    VALEUR = "valeur"
    SIGNATURE = "signature"
    SIGNE_DANS_LE_FUTUR = "signe_dans_le_futur"


class ValeurInvalide(ValueError):
    """A value that the standard does not allow in its field; a fault of the caller."""


class MessageIllisible(ValueError):
    """The message breaks off or holds an unknown identifier; `defaut` and `identifiant` say what and where."""

    def __init__(self, defaut: Defaut, identifiant: str) -> None:
        super().__init__(f"{defaut} {identifiant!r}")
        self.defaut = defaut
        self.identifiant = identifiant


@dataclass(frozen=True, slots=True)
class Valeur:
    """One datum. `tronquee`: what the document prints is longer."""

    identifiant: str
    texte: str
    tronquee: bool = False

    @property
    def champ(self) -> Champ:
        return CHAMPS[self.identifiant]

    @property
    def bien_formee(self) -> bool:
        champ = self.champ
        return (
            champ.minimum <= len(self.texte)
            and (champ.maximum is None or len(self.texte) <= champ.maximum)
            and champ.motif.fullmatch(self.texte) is not None
            and not (champ.fixe and self.tronquee)
        )


def valeur(identifiant: str, texte: str) -> Valeur:
    """The value of a field of variable length, cut and marked as such where it is too long."""
    maximum = CHAMPS[identifiant].maximum
    if maximum is None or len(texte) <= maximum:
        return Valeur(identifiant, texte)
    return Valeur(identifiant, texte[:maximum].rstrip(" /"), tronquee=True)


def ecrire(valeurs: Iterable[Valeur]) -> str:
    """The message that holds `valeurs` in this order. Raises ValeurInvalide, naming the field."""
    liste = list(valeurs)
    morceaux: list[str] = []
    for rang, donnee in enumerate(liste, start=1):
        if not donnee.bien_formee:
            raise ValeurInvalide(donnee.identifiant)
        morceaux += [donnee.identifiant, donnee.texte]
        if donnee.tronquee:
            morceaux.append(RS)
        elif rang < len(liste) and len(donnee.texte) != donnee.champ.maximum:
            morceaux.append(GS)
    return "".join(morceaux)


def lire(message: str) -> list[Valeur]:
    """The values of a message, in order. Raises MessageIllisible where it cannot be cut further.

    A separator after a value of fixed or full length is not needed and accepted: some issuers write it.
    """
    valeurs: list[Valeur] = []
    place = 0
    while place < len(message):
        identifiant = message[place : place + 2]
        champ = CHAMPS.get(identifiant)
        if champ is None:
            raise MessageIllisible(Defaut.CHAMP_INCONNU, identifiant)
        place += 2
        fin = _fin_de_valeur(message, place, champ)
        texte = message[place:fin]
        if len(texte) < champ.minimum:
            raise MessageIllisible(Defaut.VALEUR, identifiant)
        separateur = message[fin : fin + 1]
        tronquee = separateur == RS
        valeurs.append(Valeur(identifiant, texte, tronquee))
        place = fin + (separateur in (GS, RS) and separateur != "")
    return valeurs


def _fin_de_valeur(message: str, debut: int, champ: Champ) -> int:
    """Where the value that begins at `debut` ends: at a separator, at its maximum, or with the message."""
    fin = len(message) if champ.maximum is None else min(len(message), debut + champ.maximum)
    if champ.fixe:
        return fin
    separateurs = [rang for rang in (message.find(GS, debut, fin), message.find(RS, debut, fin)) if rang >= 0]
    return min(separateurs, default=fin)
