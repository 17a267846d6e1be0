"""Import people of the register from JSON Lines; run again, it changes nothing more."""

from collections.abc import Iterator

from django.utils import timezone

from referentiels.importation import Bilan
from referentiels.management.importation import CommandeImport
from referentiels.operations.importer_personnes import importer_personnes


class Command(CommandeImport):
    help = "Importe des personnes du registre AGDREF (JSON Lines, une personne par ligne)."

    def importer(self, lues: Iterator[tuple[int, bytes | None]]) -> Bilan:
        return importer_personnes(lues, au=timezone.localdate())
