"""How many dossiers each situation of the queue holds, in each prefecture: never counted beyond PLAFOND."""

from dataclasses import dataclass
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Func, IntegerField, OuterRef, QuerySet, Value

from comptes.models import Compte
from demandes.etats import AGENTS, OUVERTS
from demandes.etats import CLOS as ETATS_CLOS
from demandes.models import Demande
from demandes.situations import CLOS, LES_MIENS, SITUATIONS, TOUS, Situation
from referentiels.models import Prefecture

# Nobody reads further: a tab says « plus de 1 000 ».
PLAFOND = 1000
# Stands for the agent in the query that is written once; no account has it.
UN_AGENT = -1


@dataclass(frozen=True)
class Nombres:
    """One of the agent's prefectures, and how many dossiers wait in each situation: PLAFOND + 1 means « more »."""

    code: str
    nom: str
    nombres: dict[str, int]


def nombres(agent: Compte) -> list[Nombres]:
    """The agent's prefectures with their counts, by code; one query, which reads at most PLAFOND places a count."""
    if agent.role not in AGENTS:
        return []
    sql, parametres = _requete()
    with connection.cursor() as curseur:
        curseur.execute(sql, [agent.pk if valeur == UN_AGENT else valeur for valeur in parametres])
        return [
            Nombres(code, nom, dict(zip(SITUATIONS, comptes, strict=True)))
            for code, nom, *comptes in curseur.fetchall()
        ]


def en_tout(prefectures: list[Nombres], prefecture: str) -> dict[str, int]:
    """The counts of one prefecture, or of all of them together when it is none of them."""
    retenues = [p for p in prefectures if p.code == prefecture] or prefectures
    return {code: min(sum(p.nombres[code] for p in retenues), PLAFOND + 1) for code in SITUATIONS}


def dossiers_de_la_situation(situation: Situation, agent_id: int) -> QuerySet[Demande]:
    """The dossiers of `situation`, whatever their prefecture: each condition is that of an index."""
    if situation is CLOS:
        return Demande.objects.filter(etat__in=sorted(ETATS_CLOS))
    if situation is TOUS:
        return Demande.objects.filter(etat__in=sorted(OUVERTS))
    if situation is LES_MIENS:
        return Demande.objects.filter(etat__in=sorted(OUVERTS), agent=agent_id)
    return Demande.objects.filter(situation.condition)


@cache
def _requete() -> tuple[str, tuple[object, ...]]:
    """The query for UN_AGENT: writing it takes Django longer than PostgreSQL to answer it, so it is written once."""
    comptes = {}
    for situation in SITUATIONS.values():
        dossiers = dossiers_de_la_situation(situation, UN_AGENT).filter(prefecture=OuterRef("pk"))
        comptes[situation.code] = Func(
            ArraySubquery(dossiers.values_list(Value(1))[: PLAFOND + 1]),
            function="cardinality",
            output_field=IntegerField(),
        )
    prefectures = Prefecture.objects.filter(agents=UN_AGENT).order_by("pk")
    lignes = prefectures.annotate(**comptes).values_list("pk", "nom", *comptes)
    return lignes.query.sql_with_params()
