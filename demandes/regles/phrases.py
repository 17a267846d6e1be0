"""A sentence with its values: French by itself, translatable by whoever has gettext."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter

from demandes.regles.dates import en_francais
from demandes.regles.faits import DateNaissance


class Mot(str):
    """A value that is itself a text to translate, such as the name of a permit."""

    __slots__ = ()


ValeurDePhrase = str | int | date | DateNaissance
Valeurs = Mapping[str, ValeurDePhrase]


def gettext_noop(texte: str) -> str:
    """Mark a text for the translators and leave it as it is: this package knows no gettext."""
    return texte


@dataclass(frozen=True, slots=True)
class Phrase:
    """A French template with named places, ``{fin}``, and the values that fill them.

    ``str(phrase)`` is French. A page calls :meth:`rendre` with gettext and its own format of dates.
    """

    modele: str
    valeurs: tuple[tuple[str, ValeurDePhrase], ...] = ()

    @classmethod
    def de(cls, modele: str, valeurs: Valeurs) -> "Phrase":
        """Keep of ``valeurs`` what ``modele`` names. Raises KeyError if one is missing."""
        noms = dict.fromkeys(nom for _, nom, _, _ in Formatter().parse(modele) if nom)
        return cls(modele, tuple((nom, valeurs[nom]) for nom in noms))

    def rendre(
        self,
        traduire: Callable[[str], str] = gettext_noop,
        formater_date: Callable[[date], str] = en_francais,
    ) -> str:
        """The sentence in another language: ``traduire`` is for texts, ``formater_date`` for days."""

        def texte(valeur: ValeurDePhrase) -> str:
            if isinstance(valeur, Mot):
                return traduire(str(valeur))
            if isinstance(valeur, DateNaissance):
                return _naissance(valeur, formater_date)
            if isinstance(valeur, date):
                return formater_date(valeur)
            return str(valeur)

        return traduire(self.modele).format(**{nom: texte(valeur) for nom, valeur in self.valeurs})

    def __str__(self) -> str:
        return self.rendre()


def _naissance(naissance: DateNaissance, formater_date: Callable[[date], str]) -> str:
    if not naissance.approximative:
        return formater_date(naissance.au_plus_tot)
    if naissance.month:
        return f"{naissance.month:02d}/{naissance.year:04d}"
    return f"{naissance.year:04d}"
