"""Find the 2D-Docs on a PDF or a photo that a stranger sends: `lire`. No Django, no database.

The decoders are C libraries fed by strangers: they run in a limited process of their own (`__main__.py`).
"""

import json

from attestations.lecture.limites import DELAI_MAX_S, TAILLE_MAX
from attestations.lecture.motifs import FichierRefuse, Motif
from referentiels.isolement import Plantage, executer_a_part

__all__ = ["FichierRefuse", "Motif", "lire"]


def lire(octets: bytes, *, delai_s: float = DELAI_MAX_S) -> list[str]:
    """The texts of the 2D-Docs of a PDF, JPEG, PNG, WebP or HEIC, each once, in the order of the pages.

    Empty when the file holds none that can be read. Raises `FichierRefuse`, whose `motif` says why, when the file
    could not be looked at. Nothing of the text is checked: see `deuxddoc.verification`.
    """
    if len(octets) > TAILLE_MAX:
        raise FichierRefuse(Motif.TROP_GROS)
    try:
        resultat = json.loads(executer_a_part("attestations.lecture", entree=octets, delai_s=delai_s))
    except (Plantage, ValueError) as erreur:
        raise FichierRefuse(Motif.TROP_COMPLEXE) from erreur
    if "motif" in resultat:
        raise FichierRefuse(Motif(resultat["motif"]))
    return resultat["textes"]
