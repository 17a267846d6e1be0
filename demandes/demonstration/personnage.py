"""What a fictitious person of the demonstration is."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Personnage:
    """A fictitious person: the line of the register, and what it shows.

    `registre` is a line for `importer_personnes`. `montre` is the row of the rules that it shows, `essai` the
    sentence that says what to try. Without `compte` one signs up with one of the documents, or the person is
    a child for whom a parent applies.
    """

    registre: dict[str, Any]
    montre: str
    essai: str
    compte: bool = True

    @property
    def identifiant(self) -> str:
        return self.registre.get("numero_etranger") or self.registre["numero_visa"]

    @property
    def prenom(self) -> str:
        return self.registre["prenoms"][0]
