"""Reading of the CSV files given to the import commands: the line of columns, the boxes of a line, instants."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from referentiels import importation
from referentiels.importation import Refus


class EnteteInconnu(ValueError):
    """The first line does not name the columns; its message is French."""


@dataclass(frozen=True)
class FormatCsv:
    """What the first line says: the separator and the names of the columns, in the file's order."""

    separateur: str
    colonnes: tuple[str, ...]

    def cases(self, texte: str) -> dict[str, str]:
        """The boxes of a line by column. Raises `Refus`."""
        try:
            cases = next(csv.reader([texte], delimiter=self.separateur, strict=True))
        except csv.Error:
            raise Refus("ce n’est pas une ligne de CSV lisible") from None
        if len(cases) != len(self.colonnes):
            raise Refus(f"la ligne a {len(cases)} colonnes au lieu de {len(self.colonnes)}")
        return dict(zip(self.colonnes, cases, strict=True))


def lire_entete(
    lues: Iterator[tuple[int, bytes | None]], *, obligatoires: tuple[str, ...], facultatives: tuple[str, ...]
) -> FormatCsv:
    """Take the first line of `importation.lignes_du_fichier`; commas or semicolons separate its columns.

    Raises `EnteteInconnu` unless it names every column of `obligatoires`, once, and none that is not listed.
    """
    try:
        entete = importation.texte_de(next(lues, (0, b""))[1])
    except Refus as refus:
        raise EnteteInconnu(str(refus)) from None
    separateur = ";" if ";" in entete else ","
    colonnes = [c.strip().strip('"').lower() for c in entete.split(separateur)]
    permises = {*obligatoires, *facultatives}
    if not set(obligatoires) <= set(colonnes) <= permises or len(set(colonnes)) < len(colonnes):
        raise EnteteInconnu(
            f"la première ligne doit nommer les colonnes {', '.join(obligatoires)}, "
            f"et au choix {', '.join(facultatives)}"
        )
    return FormatCsv(separateur, tuple(colonnes))


def instant(valeurs: dict[str, str], cle: str, *, obligatoire: bool = False) -> datetime | None:
    """An instant in ISO 8601; without a zone it is the time in Paris, without a time midnight. Raises `Refus`."""
    valeur = importation.texte(valeurs, cle, longueur=40, obligatoire=obligatoire)
    if not valeur:
        return None
    try:
        lu = datetime.fromisoformat(valeur)
        # PostgreSQL and UTC arithmetic both fail near the ends of the calendar.
        if not 1900 <= lu.year <= 9000:
            raise ValueError
    except ValueError:
        raise Refus(f"« {cle} » doit être une date (AAAA-MM-JJ ou AAAA-MM-JJTHH:MM)") from None
    return timezone.make_aware(lu) if timezone.is_naive(lu) else lu
