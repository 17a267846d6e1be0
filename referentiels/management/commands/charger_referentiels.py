"""Load the data files of referentiels/donnees into the database; run again, it renews them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from tqdm import tqdm

from referentiels.donnees import lignes
from referentiels.operations.charger_communes import charger_communes
from referentiels.operations.charger_prefectures import charger_prefectures
from referentiels.operations.charger_tarifs import charger_tarifs

# Any constant: two loads at once would only be in each other's way.
VERROU = 735_001


class Command(BaseCommand):
    help = "Charge les 101 préfectures, les communes et les tarifs. Peut être relancée sans risque."

    def handle(self, **options: Any) -> None:
        # disable=None: no bar unless stderr is a terminal.
        muet = True if options["verbosity"] == 0 else None
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
            prefectures = charger_prefectures()
            communes = charger_communes(
                tqdm(lignes("communes.csv"), desc="Communes", unit="", disable=muet, leave=False)
            )
            tarifs = charger_tarifs()
        if options["verbosity"] > 0:
            self.stdout.write(
                f"{prefectures} préfectures, {communes} couples commune et code postal, "
                f"{tarifs} lignes de tarif."
            )
