"""What an agent may correct in the register of foreigners, once checked: a permit, its hand-over, a status."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class TitreVise:
    """A permit of the register, by its holder, its number and its days: what a correction is about."""

    identifiant: str
    numero: str
    debut: date
    fin: date


@dataclass(frozen=True)
class TitreCorrige:
    """What the register must say of a permit; `type` as in `DocumentConnu`."""

    type: str
    numero: str
    debut: date
    fin: date


class TitreInconnu(Exception):
    """The register has no such permit, or no such person: it has changed since it was read."""


class Corrections(Protocol):
    """The part of `Agdref` that writes corrections. An implementation over HTTP raises `AgdrefIndisponible`."""

    def noter_non_remis(self, titre: TitreVise) -> None:
        """Note that a permit was never handed over. Raises `TitreInconnu`."""

    def corriger_titre(self, titre: TitreVise, corrige: TitreCorrige) -> None:
        """Put `corrige` in the place of a permit that the register has wrong. Raises `TitreInconnu`."""

    def ajouter_titre(self, identifiant: str, titre: TitreCorrige) -> None:
        """Note a permit, in its holder's hands, that the register has missed. Raises `TitreInconnu`."""

    def corriger_statut(self, identifiant: str, statut: str) -> None:
        """Note the status of a protected person: refugie, protection_subsidiaire. Raises `TitreInconnu`."""


class CorrectionsLocales:
    """The corrections written in the register of our own database."""

    def noter_non_remis(self, titre: TitreVise) -> None:
        from referentiels.operations import corriger_registre

        corriger_registre.noter_non_remis(titre)

    def corriger_titre(self, titre: TitreVise, corrige: TitreCorrige) -> None:
        from referentiels.operations import corriger_registre

        corriger_registre.corriger_titre(titre, corrige)

    def ajouter_titre(self, identifiant: str, titre: TitreCorrige) -> None:
        from referentiels.operations import corriger_registre

        corriger_registre.ajouter_titre(identifiant, titre)

    def corriger_statut(self, identifiant: str, statut: str) -> None:
        from referentiels.operations import corriger_registre

        corriger_registre.corriger_statut(identifiant, statut)
