"""manage.py reprendre_attestations: the attestations given up are tried again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attestations.operations.reprendre import reprendre


class Command(BaseCommand):
    help = _("Remet en production les attestations en échec, une fois la cause réparée.")

    def handle(self, *args: Any, **options: Any) -> None:
        nombre = reprendre()
        self.stdout.write(
            ngettext(
                "%(nombre)s attestation sera produite au prochain balayage.",
                "%(nombre)s attestations seront produites au prochain balayage.",
                nombre,
            )
            % {"nombre": nombre}
        )
