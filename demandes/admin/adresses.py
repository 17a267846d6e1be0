"""What the addresses and forms of the queue carry: a situation, a prefecture, a place in the order; never a name."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from demandes.file.pages import Position
from demandes.situations import A_PRENDRE, SITUATIONS, Situation

LISTE = "admin:demandes_demande_changelist"


def adresse(situation: Situation, prefecture: str = "", **position: Position) -> str:
    """The address of a situation, from its start or next to a place (`avant`, `apres`)."""
    parametres = {"situation": situation.code, "prefecture": prefecture, **position}
    return f"{reverse(LISTE)}?{urlencode({nom: valeur for nom, valeur in parametres.items() if valeur})}"


def situation_demandee(donnees: QueryDict) -> Situation:
    """The situation asked for; the dossiers to take when none is, or an unknown one."""
    return SITUATIONS.get(donnees.get("situation", ""), A_PRENDRE)


def position_demandee(donnees: QueryDict, situation: Situation) -> Position | None:
    """The place asked for; None, the start, when it cannot be read."""
    for nom in ("avant", "apres"):
        if nom in donnees:
            return Position.lire(donnees[nom], situation, apres=nom == "apres")
    return None


def dossiers_coches(donnees: QueryDict) -> list[UUID]:
    """The dossiers ticked in the list; what is no id is left out."""
    ids = []
    for valeur in donnees.getlist("dossier"):
        try:
            ids.append(UUID(valeur))
        except ValueError:
            continue
    return ids
