"""`python -m attestations.lecture < FILE`: print {"textes": [...]} or {"motif": ...} as JSON, under limits.

Dies on what it cannot survive: that is its purpose.
"""

import json
import sys

from attestations.lecture import limites
from attestations.lecture.motifs import FichierRefuse, Motif
from referentiels.isolement import se_limiter


def principal() -> None:
    se_limiter(memoire=limites.MEMOIRE_MAX, cpu_s=limites.CPU_MAX_S, sortie=0)
    from attestations.lecture.fichier import textes

    try:
        resultat: dict[str, object] = {"textes": textes(sys.stdin.buffer.read(limites.TAILLE_MAX))}
    except FichierRefuse as refus:
        resultat = {"motif": refus.motif}
    except MemoryError:
        resultat = {"motif": Motif.TROP_COMPLEXE}
    sys.stdout.write(json.dumps(resultat))


if __name__ == "__main__":
    principal()
