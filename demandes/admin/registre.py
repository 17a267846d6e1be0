"""What the agents' screens beside the dossiers show of the register and of the trace, in words."""

from typing import Any
from uuid import UUID

from demandes.models import Trace
from demandes.textes import TRACES
from referentiels import agdref
from referentiels.agdref import AgdrefIndisponible, DocumentConnu
from referentiels.models import DocumentAgdref, PersonneAgdref

STATUTS = dict(PersonneAgdref.Statut.choices)
NATURES = dict(DocumentAgdref.Nature.choices)
TYPES = dict(DocumentAgdref.Type.choices)


def registre_de(identifiant: str) -> dict[str, Any] | None:
    """Keys personne, statut and documents ([words, document]); None when unknown, or when the register is silent."""
    try:
        personne = agdref.service().personne(identifiant)
    except AgdrefIndisponible:
        return None
    if personne is None:
        return None
    return {
        "personne": personne,
        "statut": STATUTS.get(personne.statut, ""),
        "documents": [(_en_mots(document), document) for document in personne.documents],
    }


def traces_de(sujet: UUID) -> list[tuple[Any, Trace]]:
    """The trace of a declaration or of a request, the latest first, in words."""
    lignes = Trace.objects.filter(sujet=sujet).select_related("acteur").order_by("-le", "-pk")
    return [(TRACES.get(trace.quoi, trace.quoi), trace) for trace in lignes]


def _en_mots(document: DocumentConnu) -> Any:
    return TYPES.get(document.type) or NATURES.get(document.nature, document.nature)
