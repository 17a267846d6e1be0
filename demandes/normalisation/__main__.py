"""`python -m demandes.normalisation SOURCE FOLDER`: normalise one file under limits, print the result as JSON.

Prints {"type_mime", "taille", "sha256", "pages"} or {"motif"}. Dies on what it cannot survive: that is its purpose.
"""

import json
import sys
from pathlib import Path

from demandes.normalisation import limites
from referentiels.isolement import se_limiter


def principal(source: str, sortie: str) -> None:
    """Normalise `source` into the folder `sortie` and print what came of it."""
    se_limiter(memoire=limites.MEMOIRE_MAX, cpu_s=limites.CPU_MAX_S, sortie=limites.SORTIE_MAX)
    from demandes.normalisation.fichier import normaliser
    from demandes.normalisation.motifs import Motif, Refuse

    try:
        resultat = normaliser(Path(source), Path(sortie)).en_dict()
    except Refuse as refus:
        resultat = {"motif": refus.motif.value}
    except MemoryError:
        resultat = {"motif": Motif.TROP_COMPLEXE.value}
    sys.stdout.write(json.dumps(resultat))


if __name__ == "__main__":
    principal(sys.argv[1], sys.argv[2])
