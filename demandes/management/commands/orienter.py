"""``manage.py orienter``: the rules on the command line, JSON Lines in and out (R-REGLES-9)."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demandes.regles.lecture import lire_date
from demandes.regles.lignes import repondre

PARIS = ZoneInfo("Europe/Paris")
ENTREE_STANDARD = "-"

ECHEC = 1
LIGNES_EN_ERREUR = 2
# What a shell reports of a program whose reader has gone (128 + SIGPIPE), and of one stopped by Ctrl-C.
LECTEUR_PARTI = 141
INTERROMPU = 130


class Command(BaseCommand):
    help = (
        "Répond à des situations : une situation JSON par ligne en entrée, une orientation JSON par ligne "
        "en sortie. Code de retour : 2 si une ligne n'est pas comprise, 1 si le fichier ou la date est "
        "inutilisable."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "fichier",
            nargs="?",
            default=ENTREE_STANDARD,
            metavar="FILE",
            help="fichier à lire ; - pour l'entrée standard",
        )
        # nargs="?": without its value the option must end with our message and status, not argparse's.
        parser.add_argument(
            "--au",
            nargs="?",
            const="",
            metavar="YYYY-MM-DD",
            help="jour de la demande ; par défaut, la date du jour à Paris",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        au = jour_de_la_demande(options["au"])
        if options.get("stdout") is None and sys.stdout is None:
            raise CommandError("La sortie standard est fermée : rien ne peut être répondu.", returncode=ECHEC)
        erreurs = 0
        try:
            for reponse in repondre(lignes_de(options["fichier"]), au):
                erreurs += "erreur" in reponse
                self._ecrire(json.dumps(reponse, ensure_ascii=False))
        except KeyboardInterrupt:
            sys.exit(INTERROMPU)
        if erreurs:
            raise CommandError(
                f"Lignes qui n'ont pas été comprises : {erreurs}. La réponse à chacune dit pourquoi.",
                returncode=LIGNES_EN_ERREUR,
            )

    def _ecrire(self, ligne: str) -> None:
        """Write one answer and flush it: a program at the other end may be waiting for it."""
        # UTF-8 whatever the locale says. A stream of text given by a caller has no buffer.
        tampon = getattr(self.stdout, "buffer", None)
        try:
            if tampon is None:
                self.stdout.write(ligne)
                self.stdout.flush()
            else:
                tampon.write(ligne.encode() + b"\n")
                tampon.flush()
        except OSError as erreur:
            _oublier(tampon)
            if isinstance(erreur, BrokenPipeError):
                sys.exit(LECTEUR_PARTI)
            raise CommandError(
                "La réponse n'a pas pu être écrite. Vérifiez la place libre sur le disque.", returncode=ECHEC
            ) from None


def jour_de_la_demande(texte: str | None) -> date:
    """The day to answer for: ``--au``, or today in Paris. Raises CommandError for anything but YYYY-MM-DD."""
    if texte is None:
        return datetime.now(PARIS).date()
    try:
        return lire_date(texte)
    except ValueError:
        raise CommandError(
            "La date de --au n'est pas comprise. Écrivez une date qui existe, par exemple : --au 2026-11-23",
            returncode=ECHEC,
        ) from None


def lignes_de(chemin: str) -> Iterator[bytes]:
    """The lines of a file, or of the standard input for « - », as they come. Raises CommandError."""
    try:
        if chemin == ENTREE_STANDARD:
            yield from _lignes_de_l_entree_standard()
        else:
            with open(chemin, "rb") as fichier:
                yield from fichier
    except FileNotFoundError:
        raise CommandError(f"Le fichier {chemin!r} n'existe pas.", returncode=ECHEC) from None
    except IsADirectoryError:
        raise CommandError(f"{chemin!r} est un dossier, pas un fichier.", returncode=ECHEC) from None
    except PermissionError:
        raise CommandError(f"Vous n'avez pas le droit de lire {chemin!r}.", returncode=ECHEC) from None
    except (OSError, ValueError):
        nom = "L'entrée standard" if chemin == ENTREE_STANDARD else f"Le contenu de {chemin!r}"
        raise CommandError(f"{nom} n'est pas lisible.", returncode=ECHEC) from None


def _lignes_de_l_entree_standard() -> Iterator[bytes]:
    if sys.stdin is None:
        raise ValueError("the standard input is closed")
    for ligne in getattr(sys.stdin, "buffer", sys.stdin):
        yield ligne if isinstance(ligne, bytes) else ligne.encode("utf-8", "surrogatepass")


def _oublier(tampon: Any) -> None:
    # What could not be written stays in the buffer, and Python would complain of it again when it ends.
    with contextlib.suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), tampon.fileno())
