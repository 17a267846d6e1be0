"""Write static/portail/portail.css from the DSFR's components and the portal's own sources."""

import gzip

from django.core.management.base import BaseCommand, CommandError

from assistance import styles


class Command(BaseCommand):
    help = "Compose la feuille de style du portail à partir des composants du DSFR."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Write the file and tell its size, plain and compressed."""
        try:
            texte = styles.composer()
        except FileNotFoundError as manquant:
            raise CommandError(f"Composant absent de django-dsfr : {manquant.filename}") from manquant
        styles.RESULTAT.write_text(texte)
        octets = texte.encode()
        self.stdout.write(
            f"{styles.RESULTAT.name} : {len(octets)} octets, {len(gzip.compress(octets))} compressés."
        )
