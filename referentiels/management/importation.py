"""What the two import commands share: reading the file, telling what was refused, the exit status."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from referentiels.importation import Bilan, lignes_du_fichier


class CommandeImport(BaseCommand):
    """Import a file: exit 0 when every line was kept, 2 when some were refused, 1 when it cannot be read."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path, help="fichier à lire")

    def importer(self, lues: Iterator[tuple[int, bytes | None]]) -> Bilan:
        """Import the lines; raises `ValueError` or `OSError` with a French message for a wrong file."""
        raise NotImplementedError

    def handle(self, *, fichier: Path, **options: Any) -> None:
        # None: a progress bar only when stderr is a terminal.
        muet = True if options["verbosity"] == 0 else None
        bilan = self._essayer(lambda: self.importer(lignes_du_fichier(fichier, muet=muet)), fichier)
        for refusee in bilan.refusees:
            self.stderr.write(f"Ligne {refusee.numero} refusée : {refusee.motif}.")
        if options["verbosity"] > 0:
            self.stdout.write(f"{bilan.gardees} lignes gardées, {len(bilan.refusees)} refusées.")
        if bilan.refusees:
            raise CommandError("Corrigez les lignes refusées, puis relancez la commande.", returncode=2)

    @staticmethod
    def _essayer(importer: Callable[[], Bilan], fichier: Path) -> Bilan:
        try:
            return importer()
        except OSError as erreur:
            raise CommandError(f"Fichier illisible : {erreur.strerror or type(erreur).__name__}.") from None
        except ValueError as erreur:
            raise CommandError(f"Fichier refusé : {erreur}.") from None
        except DatabaseError as erreur:
            raise CommandError(
                f"La base de données n’a pas répondu comme prévu ({type(erreur).__name__}). "
                "Les lots déjà écrits sont gardés : relancez la commande."
            ) from None
