"""What a fictitious dossier of the demonstration is: who, deposited when, and what has happened to it since."""

from dataclasses import dataclass, field
from typing import Any

from demandes.demonstration.personnage import Personnage


@dataclass(frozen=True)
class DossierFictif:
    """A dossier deposited `depose` days before the filling.

    `gestes` are (name of demandes.demonstration.instruction.GESTES, days before the filling), in their order.
    `reponses` are answers of the steps, {step: {field: value}}, where the register does not give them. `parent` is the
    account that applies for a child.
    """

    personnage: Personnage
    depose: int
    gestes: tuple[tuple[str, int], ...] = ()
    reponses: dict[str, dict[str, str]] = field(default_factory=dict)
    nature: str = "premiere"
    parent: str = ""

    @property
    def identifiant(self) -> str:
        """The bénéficiaire's number."""
        return self.personnage.identifiant

    @property
    def compte(self) -> str:
        """The login of the account that applies."""
        return self.parent or self.identifiant

    @property
    def ephoto(self) -> str:
        """The e-photo code that serves this dossier alone."""
        return f"DEMODOSSIER{int(self.identifiant[-3:]):011d}"

    @property
    def registre(self) -> dict[str, Any]:
        return self.personnage.registre
