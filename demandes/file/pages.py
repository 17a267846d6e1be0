"""One page of a situation of the queue, found by the place of its neighbour: no row is counted or skipped."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from comptes.models import Compte
from demandes.file.lignes import lire_les_lignes
from demandes.file.nombres import dossiers_de_la_situation
from demandes.models import Demande
from demandes.requetes import dossiers_de_l_agent, prefectures_de_l_agent
from demandes.situations import CLOS, DROITS, SANS_FIN, Situation

TAILLE = 50


@dataclass(frozen=True)
class Position:
    """The place of a row in the order of its situation; the page follows it, or comes before it."""

    cle: date | datetime
    id: UUID
    apres: bool = True

    @classmethod
    def lire(cls, texte: str, situation: Situation, *, apres: bool) -> Self | None:
        """The place written in an address; None when nothing there can be read."""
        cle, _tiret, identifiant = texte.partition("_")
        try:
            return cls(_lire_la_cle(cle, situation), UUID(identifiant), apres)
        except ValueError:
            return None

    @classmethod
    def de(cls, demande: Demande, situation: Situation, *, apres: bool) -> Self:
        """The place of `demande`, which `situation` holds."""
        cle = demande.close_le if situation is CLOS else demande.droits_jusqu_au or SANS_FIN
        return cls(cle, demande.pk, apres)

    def __str__(self) -> str:
        return f"{self.cle.isoformat()}_{self.id}"


def _lire_la_cle(texte: str, situation: Situation) -> date | datetime:
    """Raises ValueError; an instant without its offset is none."""
    if situation is not CLOS:
        return date.fromisoformat(texte)
    instant = datetime.fromisoformat(texte)
    if instant.tzinfo is None:
        raise ValueError(texte)
    return instant


@dataclass(frozen=True)
class Page:
    """Dossiers in the order of their situation, and where the pages before and after are."""

    dossiers: list[Demande]
    precedente: Position | None
    suivante: Position | None


def page(
    agent: Compte, situation: Situation, *, prefecture: str = "", position: Position | None = None
) -> Page:
    """The page of `situation` next to `position`, the first one without it; two queries.

    Only the agent's prefectures, or `prefecture` when it is one of them. However many dossiers and prefectures there
    are, PostgreSQL reads a page of each prefecture in the order of an index.
    """
    recule = position is not None and not position.apres
    trouves = tranche(agent, situation, prefecture=prefecture, position=position, nombre=TAILLE + 1)
    if position is not None and not trouves:
        # Everything there has moved meanwhile: the beginning is where the work is.
        return page(agent, situation, prefecture=prefecture)
    autres = len(trouves) > TAILLE
    trouves = trouves[:TAILLE]
    if recule:
        trouves.reverse()
    precedente = suivante = None
    if trouves:
        if autres if recule else position is not None:
            precedente = Position.de(trouves[0], situation, apres=False)
        if recule or autres:
            suivante = Position.de(trouves[-1], situation, apres=True)
    return Page(trouves, precedente, suivante)


def tranche(
    agent: Compte, situation: Situation, *, prefecture: str, position: Position | None, nombre: int
) -> list[Demande]:
    """The `nombre` dossiers of `situation` next to `position`, the nearest first; two queries."""
    prefectures = prefectures_de_l_agent(agent)
    if prefecture:
        prefectures = prefectures.filter(pk=prefecture)
    parts = prefectures.order_by("pk").values_list(ArraySubquery(_ids(agent, situation, position, nombre)))
    ids = [identifiant for (part,) in parts for identifiant in part]
    dossiers = lire_les_lignes(dossiers_de_l_agent(agent).filter(pk__in=ids))
    recule = position is not None and not position.apres
    return list(dossiers.order_by(*_ordre(situation, recule=recule))[:nombre])


def _ids(agent: Compte, situation: Situation, position: Position | None, nombre: int) -> QuerySet[Any]:
    """The ids of the outer prefecture's part of them."""
    dossiers = dossiers_de_la_situation(situation, agent.pk).filter(prefecture=OuterRef("pk"))
    recule = position is not None and not position.apres
    if position is not None:
        cle = F("close_le") if situation is CLOS else DROITS
        comparaison = TupleLessThan if recule != (situation is CLOS) else TupleGreaterThan
        dossiers = dossiers.filter(comparaison(Tuple(cle, F("id")), (position.cle, position.id)))
    return dossiers.order_by(*_ordre(situation, recule=recule)).values("pk")[:nombre]


def _ordre(situation: Situation, *, recule: bool = False) -> list[Any]:
    """By the day on which rights are lost, then id; the closed ones by the day of their closing, last first."""
    if situation is CLOS:
        return [F("close_le").asc(), F("id").asc()] if recule else [F("close_le").desc(), F("id").desc()]
    return [DROITS.desc(), F("id").desc()] if recule else [DROITS.asc(), F("id").asc()]
