"""Run one normalisation in a process of its own: a bomb or a crash of a C library ends there."""

import json
from pathlib import Path

from demandes.normalisation.fichier import Normalise
from demandes.normalisation.limites import DELAI_MAX_S
from demandes.normalisation.motifs import Motif, Refuse
from referentiels.isolement import Plantage, executer_a_part


def normaliser_a_part(source: Path, sortie: Path, *, delai_s: float = DELAI_MAX_S) -> Normalise:
    """As `fichier.normaliser`, in a limited process that knows no secret. Raises `Refuse`, or `Plantage`."""
    try:
        resultat = json.loads(
            executer_a_part("demandes.normalisation", str(source), str(sortie), delai_s=delai_s)
        )
    except ValueError as erreur:
        raise Plantage("réponse illisible") from erreur
    if "motif" in resultat:
        raise Refuse(Motif(resultat["motif"]))
    return Normalise(**resultat)
