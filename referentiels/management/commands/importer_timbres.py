"""Import electronic tax stamps from CSV; run again, it changes nothing more."""

from collections.abc import Iterator

from referentiels.importation import Bilan
from referentiels.management.importation import CommandeImport
from referentiels.operations.importer_timbres import importer_timbres


class Command(CommandeImport):
    help = "Importe des timbres électroniques (CSV : numero, euros, utilise_le, reference)."

    def importer(self, lues: Iterator[tuple[int, bytes | None]]) -> Bilan:
        return importer_timbres(lues)
