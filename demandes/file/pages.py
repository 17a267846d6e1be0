"""One page of a situation of the queue, found by the place of its neighbour: no row is counted or skipped."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from comptes.models import Compte
from demandes.etats import CLOS as ETATS_CLOS
from demandes.etats import OUVERTS
from demandes.file.lignes import lire_les_lignes
from demandes.models import Demande
from demandes.requetes import dossiers_de_l_agent, prefectures_de_l_agent
from demandes.situations import CLOS, DROITS, LES_MIENS, SANS_FIN, SITUATION, SITUATIONS, TOUS, Situation
from referentiels.models import Prefecture

TAILLE = 50
# Nobody reads further: a tab says « plus de 1 000 ».
PLAFOND = 1000


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
        lire_la_cle = datetime.fromisoformat if situation is CLOS else date.fromisoformat
        try:
            return cls(lire_la_cle(cle), UUID(identifiant), apres)
        except ValueError:
            return None

    @classmethod
    def de(cls, demande: Demande, situation: Situation, *, apres: bool) -> Self:
        """The place of `demande`, which `situation` holds."""
        cle = demande.close_le if situation is CLOS else demande.droits_jusqu_au or SANS_FIN
        return cls(cle, demande.pk, apres)

    def __str__(self) -> str:
        return f"{self.cle.isoformat()}_{self.id}"


@dataclass(frozen=True)
class Page:
    """Dossiers in the order of their situation, and where the pages before and after are."""

    dossiers: list[Demande]
    precedente: Position | None
    suivante: Position | None


@dataclass(frozen=True)
class Apercu:
    """An agent's queue at a glance."""

    prefectures: list[Prefecture]
    # How many dossiers each situation holds, at most PLAFOND + 1, which stands for « more ».
    nombres: dict[str, int]
    # Of the situation that is read: the ids among which its page is.
    ids: list[UUID]


def apercevoir(
    agent: Compte, situation: Situation | None, *, prefecture: str = "", position: Position | None = None
) -> Apercu:
    """Count every situation and find where the page of `situation` next to `position` is; one query.

    Only the agent's prefectures, or `prefecture` when it is one of them. The query does the same work in each of
    them, in the order of an index and never beyond PLAFOND rows.
    """
    lus: dict[str, Any] = {
        f"n_{autre.code}": Func(
            ArraySubquery(_dossiers(agent, autre).values_list(Value(1))[: PLAFOND + 1]),
            function="cardinality",
            output_field=IntegerField(),
        )
        for autre in SITUATIONS.values()
    }
    if situation is not None:
        lus["ids"] = ArraySubquery(_ids(agent, situation, position, TAILLE + 1))
    lignes = list(prefectures_de_l_agent(agent).annotate(**lus).order_by("pk"))
    retenues = [ligne for ligne in lignes if ligne.pk == prefecture] or lignes
    return Apercu(
        prefectures=lignes,
        nombres={
            code: min(sum(getattr(ligne, f"n_{code}") for ligne in retenues), PLAFOND + 1)
            for code in SITUATIONS
        },
        ids=[identifiant for ligne in retenues for identifiant in getattr(ligne, "ids", [])],
    )


def page(agent: Compte, situation: Situation, ids: list[UUID], position: Position | None = None) -> Page:
    """The page of `situation` next to `position` (the first one without it), read among `ids`; one query."""
    recule = position is not None and not position.apres
    trouves = _lire(agent, situation, ids, TAILLE + 1, recule=recule)
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
    agent: Compte, situation: Situation, *, prefecture: str, apres: Position | None, nombre: int
) -> list[Demande]:
    """The `nombre` dossiers of `situation` that follow `apres`, for an export or an action; two queries."""
    prefectures = prefectures_de_l_agent(agent)
    if prefecture:
        prefectures = prefectures.filter(pk=prefecture)
    lignes = prefectures.annotate(ids=ArraySubquery(_ids(agent, situation, apres, nombre))).order_by("pk")
    ids = [identifiant for ligne in lignes for identifiant in ligne.ids]
    return _lire(agent, situation, ids, nombre)


def _lire(
    agent: Compte, situation: Situation, ids: list[UUID], nombre: int, *, recule: bool = False
) -> list[Demande]:
    dossiers = lire_les_lignes(dossiers_de_l_agent(agent).filter(pk__in=ids))
    return list(dossiers.order_by(*_ordre(situation, recule=recule))[:nombre])


def _ids(agent: Compte, situation: Situation, position: Position | None, nombre: int) -> QuerySet[Any]:
    """The first `nombre` ids of the outer prefecture beyond `position`."""
    dossiers = _dossiers(agent, situation)
    recule = position is not None and not position.apres
    if position is not None:
        cle = F("close_le") if situation is CLOS else DROITS
        descend = recule != (situation is CLOS)
        comparaison = TupleLessThan if descend else TupleGreaterThan
        dossiers = dossiers.filter(comparaison(Tuple(cle, F("id")), (position.cle, position.id)))
    return dossiers.order_by(*_ordre(situation, recule=recule)).values("pk")[:nombre]


def _dossiers(agent: Compte, situation: Situation) -> QuerySet[Demande]:
    """The dossiers of `situation` in the outer prefecture; the conditions are those of the indexes."""
    dossiers = Demande.objects.filter(prefecture=OuterRef("pk"))
    if situation is CLOS:
        return dossiers.filter(etat__in=sorted(ETATS_CLOS))
    ouverts = dossiers.filter(etat__in=sorted(OUVERTS))
    if situation is TOUS:
        return ouverts
    if situation is LES_MIENS:
        return ouverts.filter(agent=agent)
    return ouverts.annotate(situation=SITUATION).filter(situation=situation.code)


def _ordre(situation: Situation, *, recule: bool = False) -> list[Any]:
    """By the day on which rights are lost, then id; the closed ones by the day of their closing, last first."""
    if situation is CLOS:
        return [F("close_le").asc(), F("id").asc()] if recule else [F("close_le").desc(), F("id").desc()]
    return [DROITS.desc(), F("id").desc()] if recule else [DROITS.asc(), F("id").asc()]
