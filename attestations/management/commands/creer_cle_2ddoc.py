"""``manage.py creer_cle_2ddoc``: a key that signs 2D-Docs and its certificate, for a demonstration.

In production the key and the certificate come from an authority (docs/attestations.md).
"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from attestations.deuxddoc.certificats import AUTORITE
from attestations.deuxddoc.cles import AUTORITE_DE_TEST, TropDeCles, creer_cle


class Command(BaseCommand):
    help = (
        "Crée la clé et le certificat qui signent les 2D-Doc, sous l'autorité de test FR00. Ne remplace jamais une "
        "clé. Peut être relancée sans risque."
    )
    # It repairs what the check complains about.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--nouvelle", action="store_true", help="ajoute une clé : elle signe à la place des précédentes"
        )
        parser.add_argument(
            "--autorite",
            default=AUTORITE_DE_TEST,
            metavar="FR00",
            help="identifiant de l'autorité, pays et deux caractères ; hors démonstration, une autorité à vous",
        )
        ailleurs = parser.add_mutually_exclusive_group()
        ailleurs.add_argument(
            "--hors-demonstration", action="store_true", help="permet la commande hors démonstration"
        )
        ailleurs.add_argument(
            "--si-demonstration",
            action="store_true",
            help="hors démonstration, ne fait rien au lieu de refuser",
        )

    def handle(self, *, nouvelle: bool, autorite: str, verbosity: int, **options: Any) -> None:
        if not (settings.DEMONSTRATION or options["hors_demonstration"]):
            if options["si_demonstration"]:
                return
            raise CommandError(
                _(
                    "Une clé faite ici ne vaut que pour une démonstration (DEMONSTRATION=1). En production, demandez "
                    "un certificat à une autorité 2D-Doc, ou ajoutez --hors-demonstration."
                )
            )
        if not re.fullmatch(AUTORITE, autorite):
            raise CommandError(
                _("L’autorité s’écrit avec deux lettres puis deux caractères, par exemple FR00.")
            )
        dossier = Path(settings.DOSSIER_2DDOC)
        try:
            reference = creer_cle(dossier, autorite=autorite, nouvelle=nouvelle)
        except TropDeCles:
            raise CommandError(_("Cette autorité a déjà 999 certificats.")) from None
        except (OSError, ValueError) as erreur:
            raise CommandError(
                _("La clé n’a pas pu être écrite dans %(dossier)s : %(raison)s")
                % {"dossier": dossier, "raison": getattr(erreur, "strerror", None) or erreur}
            ) from None
        if verbosity > 0:
            self.stdout.write(
                _("Clé %(reference)s créée.") % {"reference": reference}
                if reference
                else _("Une clé existe déjà : rien n’a changé.")
            )
