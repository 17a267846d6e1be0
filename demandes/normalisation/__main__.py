"""`python -m demandes.normalisation SOURCE FOLDER [PAGE]`: one file under limits, the result printed as JSON.

Normalises it and prints {"type_mime", "taille", "sha256", "pages"}; with PAGE, draws that page of a PDF and prints {}.
Prints {"motif"} for what it refuses. Dies on what it cannot survive: that is its purpose.
"""

import json
import sys
from pathlib import Path

from demandes.normalisation import limites
from referentiels.isolement import se_limiter


def principal(source: str, sortie: str, page: str = "") -> None:
    """Normalise `source` into the folder `sortie`, or draw one of its pages there, and print what came of it."""
    se_limiter(memoire=limites.MEMOIRE_MAX, cpu_s=limites.CPU_MAX_S, sortie=limites.SORTIE_MAX)
    from demandes.normalisation.motifs import Motif, Refuse

    try:
        resultat = _dessiner(source, sortie, page) if page else _normaliser(source, sortie)
    except Refuse as refus:
        resultat = {"motif": refus.motif.value}
    except MemoryError:
        resultat = {"motif": Motif.TROP_COMPLEXE.value}
    sys.stdout.write(json.dumps(resultat))


def _normaliser(source: str, sortie: str) -> dict[str, str | int | None]:
    from demandes.normalisation.fichier import normaliser

    return normaliser(Path(source), Path(sortie)).en_dict()


def _dessiner(source: str, sortie: str, page: str) -> dict[str, str | int | None]:
    from demandes.normalisation.pages import dessiner_page

    dessiner_page(Path(source), int(page), Path(sortie))
    return {}


if __name__ == "__main__":
    principal(*sys.argv[1:])
