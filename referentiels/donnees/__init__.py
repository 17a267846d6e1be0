"""Official data kept with the code: what each file is, its source and date are in docs/referentiels.md."""

import csv
from collections.abc import Iterator
from pathlib import Path

DOSSIER = Path(__file__).resolve().parent


def lignes(nom: str) -> Iterator[dict[str, str]]:
    """Give the rows of one of our CSV files as {column: text}."""
    with (DOSSIER / nom).open(encoding="utf-8", newline="") as fichier:
        yield from csv.DictReader(fichier)
