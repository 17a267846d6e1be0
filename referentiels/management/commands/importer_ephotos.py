"""Import e-photo codes from CSV; run again, it changes nothing more."""

from collections.abc import Iterator

from referentiels.importation import Bilan
from referentiels.management.importation import CommandeImport
from referentiels.operations.importer_ephotos import importer_ephotos


class Command(CommandeImport):
    help = "Importe des codes e-photo (CSV : code, active_le, expire_le, utilise_le, reference)."

    def importer(self, lues: Iterator[tuple[int, bytes | None]]) -> Bilan:
        return importer_ephotos(lues)
