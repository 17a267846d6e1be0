"""Decode one file in a process of its own: a bomb or a crash of a C library ends there."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from demandes.normalisation.fichier import PAGE, Normalise
from demandes.normalisation.limites import DELAI_MAX_S, DELAI_PAGE_S
from demandes.normalisation.motifs import Motif, Refuse

_RACINE = Path(__file__).resolve().parents[2]
# The process that reads strangers' files knows no secret of ours: only what Python needs to start.
_ENVIRONNEMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR")


class Plantage(Exception):
    """The process died or answered nothing: killed by a limit, crashed, or took too long."""


def normaliser_a_part(source: Path, sortie: Path, *, delai_s: float = DELAI_MAX_S) -> Normalise:
    """As `fichier.normaliser`, in a limited process that knows no secret. Raises `Refuse`, or `Plantage`."""
    return Normalise(**_lancer([str(source), str(sortie)], delai_s))


def dessiner_a_part(source: Path, sortie: Path, numero: int, *, delai_s: float = DELAI_PAGE_S) -> Path:
    """As `pages.dessiner_page`, in such a process; gives the JPEG's path. Raises `Refuse`, or `Plantage`."""
    _lancer([str(source), str(sortie), str(numero)], delai_s)
    return sortie / PAGE


def _lancer(arguments: list[str], delai_s: float) -> dict[str, Any]:
    environnement = {nom: os.environ[nom] for nom in _ENVIRONNEMENT if nom in os.environ}
    try:
        fini = subprocess.run(
            [sys.executable, "-m", "demandes.normalisation", *arguments],
            cwd=_RACINE,
            env=environnement | {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            # Its complaints may quote the document.
            stderr=subprocess.DEVNULL,
            timeout=delai_s,
            check=False,
        )
    except subprocess.TimeoutExpired as erreur:
        raise Plantage("délai dépassé") from erreur
    if fini.returncode != 0:
        raise Plantage(f"code {fini.returncode}")
    try:
        resultat = json.loads(fini.stdout)
    except ValueError as erreur:
        raise Plantage("réponse illisible") from erreur
    if "motif" in resultat:
        raise Refuse(Motif(resultat["motif"]))
    return resultat
