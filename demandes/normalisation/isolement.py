"""Decode one file in a process of its own: a bomb or a crash of a C library ends there."""

import json
from pathlib import Path
from typing import Any

from demandes.normalisation.fichier import PAGE, Normalise
from demandes.normalisation.limites import DELAI_MAX_S, DELAI_PAGE_S
from demandes.normalisation.motifs import Motif, Refuse
from referentiels.isolement import Plantage, executer_a_part


def normaliser_a_part(source: Path, sortie: Path, *, delai_s: float = DELAI_MAX_S) -> Normalise:
    """As `fichier.normaliser`, in a limited process that knows no secret. Raises `Refuse`, or `Plantage`."""
    return Normalise(**_lancer(str(source), str(sortie), delai_s=delai_s))


def dessiner_a_part(source: Path, sortie: Path, numero: int, *, delai_s: float = DELAI_PAGE_S) -> Path:
    """As `pages.dessiner_page`, in such a process; gives the JPEG's path. Raises `Refuse`, or `Plantage`."""
    _lancer(str(source), str(sortie), str(numero), delai_s=delai_s)
    return sortie / PAGE


def _lancer(*arguments: str, delai_s: float) -> dict[str, Any]:
    try:
        resultat = json.loads(executer_a_part("demandes.normalisation", *arguments, delai_s=delai_s))
    except ValueError as erreur:
        raise Plantage("réponse illisible") from erreur
    if "motif" in resultat:
        raise Refuse(Motif(resultat["motif"]))
    return resultat
