"""The facts that the rules look at: the words of the JSON of R-REGLES-9, as enums and frozen dataclasses."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class Statut(StrEnum):
    """What the person is, for the law of asylum."""

    REFUGIE = "refugie"
    PROTECTION_SUBSIDIAIRE = "protection_subsidiaire"
    APATRIDE = "apatride"
    MEMBRE_FAMILLE = "membre_famille"
    AUTRE = "autre"


class StatutProtege(StrEnum):
    """The status of the protected person whose family member applies."""

    REFUGIE = "refugie"
    PROTECTION_SUBSIDIAIRE = "protection_subsidiaire"
    APATRIDE = "apatride"


class Lien(StrEnum):
    """What the family member is to the protected person (L.424-3, L.424-11)."""

    CONJOINT = "conjoint"
    ENFANT = "enfant"
    ASCENDANT = "ascendant"


class Nature(StrEnum):
    PREMIERE = "premiere"
    RENOUVELLEMENT = "renouvellement"


class Recepisse(StrEnum):
    """The two receipts that a prefecture gives to a protected person, by the words printed on them."""

    RECONNU_REFUGIE = "reconnu_refugie"
    PROTECTION_SUBSIDIAIRE = "protection_subsidiaire"


class TypeTitre(StrEnum):
    CARTE_RESIDENT = "carte_resident"
    CSP_BPS = "csp_bps"
    CSP_FAMILLE_BPS = "csp_famille_bps"
    CST = "cst"
    AUTRE = "autre"


_FORME_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class DateNaissance:
    """A birth date whose day, or month and day, may be unknown (0). R-REGLES-6.

    Raises ValueError for a date that does not exist, or a known day in an unknown month.
    """

    year: int
    month: int
    day: int

    def __post_init__(self) -> None:
        if self.month == 0 and self.day != 0:
            raise ValueError("a known day needs a known month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def lire(cls, texte: str) -> Self:
        """Read ``YYYY-MM-DD``, where MM and DD may be ``00``. Raises ValueError."""
        forme = _FORME_DATE.fullmatch(texte)
        if forme is None:
            raise ValueError("not YYYY-MM-DD")
        annee, mois, jour = (int(partie) for partie in forme.groups())
        return cls(annee, mois, jour)

    @classmethod
    def du_jour(cls, jour: date) -> Self:
        """The birth date of someone born on the known day ``jour``."""
        return cls(jour.year, jour.month, jour.day)

    @property
    def approximative(self) -> bool:
        return self.month == 0 or self.day == 0

    @property
    def au_plus_tot(self) -> date:
        """The earliest day it can stand for: ages are counted from it."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class TitreDetenu:
    """The permit held, expired or not; ``fin`` is its last day of validity."""

    type: TypeTitre
    debut: date
    fin: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the rules need to know of one person and one request; names are the keys of R-REGLES-9.

    ``lien`` and ``statut_du_protege`` are told for a family member; where they are missing the person is
    treated as out of scope, so that the rules stay total.
    """

    statut: Statut
    nature: Nature
    date_naissance: DateNaissance
    lien: Lien | None = None
    statut_du_protege: StatutProtege | None = None
    souhaite_travailler: bool = False
    numero_etranger: str | None = None
    numero_visa: str | None = None
    recepisse: Recepisse | None = None
    titre_detenu: TitreDetenu | None = None
    residence_reguliere_depuis: date | None = None
    date_naissance_protege: date | None = None
    date_mariage: date | None = None
    date_demande_asile_protege: date | None = None
    demande_en_cours: bool = False
