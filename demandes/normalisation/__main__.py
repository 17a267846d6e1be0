"""`python -m demandes.normalisation SOURCE FOLDER`: normalise one file under limits, print the result as JSON.

Prints {"type_mime", "taille", "sha256", "pages"} or {"motif"}. Dies on what it cannot survive: that is its purpose.
"""

import json
import resource
import sys
from pathlib import Path

from demandes.normalisation.limites import CPU_MAX_S, MEMOIRE_MAX, SORTIE_MAX


def _se_limiter() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAX, MEMOIRE_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_MAX_S, CPU_MAX_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (SORTIE_MAX, SORTIE_MAX))
    # A core dump would leave someone's document on the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def principal(source: str, sortie: str) -> None:
    """Normalise `source` into the folder `sortie` and print what came of it."""
    _se_limiter()
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
