"""Print the code that an agent of the demonstration has to type now (docs/demonstration.md)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demandes.demonstration.codes import telephones


class Command(BaseCommand):
    help = "Affiche le code à 6 chiffres d’un agent de la démonstration, valable maintenant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identifiant", help="par exemple instructeur-39")

    def handle(self, *, identifiant: str, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Cette commande n’existe qu’en démonstration (DEMONSTRATION=1).")
        codes = {telephone.identifiant: telephone.code for telephone in telephones()}
        if identifiant not in codes:
            raise CommandError(
                f"Aucun téléphone de démonstration pour « {identifiant} ». Ceux qui en ont un : "
                f"{', '.join(codes) or 'personne, lancez peupler_demo'}."
            )
        self.stdout.write(codes[identifiant])
