"""Turn the JSON of @etalab/decoupage-administratif into our two CSV files (docs/referentiels.md)."""

import csv
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from referentiels.donnees import DOSSIER

# Collectivities of article 73 and mainland: the 101 départements. The others (« com ») have their own rules.
ZONES = {"metro", "drom"}


class Command(BaseCommand):
    help = "Écrit communes.csv et departements.csv depuis le dossier « data » du paquet décompressé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "dossier", type=Path, help="dossier qui contient communes.json et departements.json"
        )
        parser.add_argument(
            "--sortie", type=Path, default=DOSSIER, help="dossier où écrire (par défaut, le nôtre)"
        )

    def handle(self, *, dossier: Path, sortie: Path, **options: Any) -> None:
        try:
            departements = [d for d in _lire(dossier / "departements.json") if d["zone"] in ZONES]
            communes = [
                c
                for c in _lire(dossier / "communes.json")
                if c["type"] == "commune-actuelle" and c["zone"] in ZONES and c.get("codesPostaux")
            ]
            noms = {c["code"]: c["nom"] for c in communes}
            lignes_departements = [
                [d["code"], d["nom"], d["typeLiaison"], noms[d["chefLieu"]]] for d in departements
            ]
            lignes_communes = [
                [c["code"], c["nom"], c["departement"], " ".join(c["codesPostaux"])] for c in communes
            ]
        except (OSError, ValueError, KeyError, TypeError) as erreur:
            raise CommandError(
                f"Ce dossier n’est pas celui du paquet : {type(erreur).__name__} {erreur}"
            ) from None
        _ecrire(sortie / "departements.csv", ["code", "nom", "liaison", "chef_lieu"], lignes_departements)
        _ecrire(
            sortie / "communes.csv", ["code_insee", "nom", "departement", "codes_postaux"], lignes_communes
        )
        self.stdout.write(f"{len(lignes_departements)} départements, {len(lignes_communes)} communes.")


def _lire(chemin: Path) -> list[dict[str, Any]]:
    return json.loads(chemin.read_text(encoding="utf-8"))


def _ecrire(chemin: Path, entete: list[str], lignes: list[list[Any]]) -> None:
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        ecriture = csv.writer(fichier, lineterminator="\n")
        ecriture.writerow(entete)
        ecriture.writerows(sorted(lignes))
