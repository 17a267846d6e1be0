"""The agents' queue and its search at 1,000,000 dossiers beside 10,000, by the real pages of one agent.

Two databases and two servers at once, asked in turn: what a busy machine takes, it takes from both. The agent works
in the prefecture that has most dossiers. What is searched for comes from real rows, another one each time.
"""

import os
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection
from psycopg import sql

from bench.charge import Charge, Requete
from bench.comptage import ENTETE
from bench.navigateur import connecte, page
from bench.peuplement import GRANDES, Peuplement
from bench.processus import serveur
from comptes.models import Compte
from demandes.admin.adresses import adresse
from demandes.admin.file import RECHERCHES
from demandes.file.nombres import dossiers_de_la_situation
from demandes.file.pages import Position
from demandes.models import Demande
from demandes.situations import DROITS, SITUATIONS, TOUS

PETIT = 10_000
FOIS = 60
ECHANTILLON = 12
PREFECTURE = GRANDES[0]
LISTE = "/gestion/demandes/demande/"
# A letter beside the right one on a keyboard.
FAUTES = str.maketrans("AEIOURSTLN", "SZUIYTDYKB")


@dataclass
class Mesures:
    """What one server answered to one kind of request: seconds, and queries."""

    durees: list[float] = field(default_factory=list)
    requetes: set[int] = field(default_factory=set)

    def p(self, rang: int) -> float:
        """A percentile, in milliseconds."""
        return statistics.quantiles(self.durees, n=100)[rang - 1] * 1000

    def __str__(self) -> str:
        nombres = "-".join(map(str, sorted({min(self.requetes), max(self.requetes)})))
        return f"p50 {self.p(50):.1f}, p95 {self.p(95):.1f} ms, {nombres} queries"


def mesurer_la_file(nombre: int) -> Iterator[tuple[str, str, str, str, str]]:
    """Fill PETIT dossiers, keep a copy of the database, fill up to `nombre`, then ask both."""
    peuplement = Peuplement()
    peuplement.remplir(PETIT)
    petites = _requetes(peuplement)
    copie = _copier_la_base()
    peuplement.remplir(nombre)
    grandes = _requetes(peuplement)
    with serveur(DATABASE_URL=copie) as (petit_port, petit_pids), serveur() as (grand_port, grand_pids):
        petit, grand = Charge(petit_port, petit_pids, 1), Charge(grand_port, grand_pids, 1)
        for nom in grandes:
            de_petit, de_grand = Mesures(), Mesures()
            for rang in range(-3, FOIS):
                for charge, requetes, mesures in (
                    (petit, petites[nom], de_petit),
                    (grand, grandes[nom], de_grand),
                ):
                    duree, entetes = charge.mesurer(requetes[rang % len(requetes)])
                    if rang >= 0:
                        mesures.durees.append(duree)
                        mesures.requetes.add(int(entetes[ENTETE]))
            print(f"  {nom}, load average {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
            rapports = f"{de_grand.p(50) / de_petit.p(50):.2f}, {de_grand.p(95) / de_petit.p(95):.2f}"
            yield nom, str(de_grand), str(de_petit), rapports, "≤ 1.3, < 100 ms"


def _copier_la_base() -> str:
    """A second database like this one, beside it; gives its DATABASE_URL."""
    connection.close()
    connection.close_pool()
    adresse_ = urlsplit(os.environ["DATABASE_URL"])
    base, copie = adresse_.path[1:], f"{adresse_.path[1:]}_petite"
    with psycopg.connect(urlunsplit(adresse_._replace(path="/postgres")), autocommit=True) as lien:
        lien.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(copie), sql.Identifier(base))
        )
    return urlunsplit(adresse_._replace(path=f"/{copie}"))


def _requetes(peuplement: Peuplement) -> dict[str, list[Requete]]:
    """Every kind of request of an agent of PREFECTURE, on the database as it is now."""
    agent = Compte.objects.get(pk=peuplement.agents[PREFECTURE][0])
    agent.role = Compte.Role.RESPONSABLE
    agent.save()
    recherches = _recherches()
    saisies = {
        f"{nom}{rang}": saisie for nom, liste in recherches.items() for rang, saisie in enumerate(liste)
    }
    navigateur = connecte(agent, **{RECHERCHES: saisies})
    lointaine = adresse(TOUS, apres=_place(agent))
    return {
        **{
            f"queue, {situation.code}": [page(navigateur, adresse(situation))]
            for situation in SITUATIONS.values()
        },
        "queue, a page at four fifths": [page(navigateur, lointaine)],
        **{
            f"search, {nom}": [
                page(navigateur, f"{LISTE}?recherche={nom}{rang}".replace(" ", "+"))
                for rang in range(len(liste))
            ]
            for nom, liste in recherches.items()
        },
        "figures of a year": [page(navigateur, f"{LISTE}statistiques/")],
    }


def _place(agent: Compte) -> Position:
    """The place of the dossier at four fifths of the open ones."""
    ouverts = dossiers_de_la_situation(TOUS, agent.pk).filter(prefecture=PREFECTURE)
    ordonnes = ouverts.order_by(DROITS, "id").only("droits_jusqu_au")
    return Position.de(ordonnes[ouverts.count() * 4 // 5], TOUS, apres=True)


def _recherches() -> dict[str, list[str]]:
    """What an agent types, for a dozen dossiers of theirs: as random as their ids."""
    dossiers = list(Demande.objects.filter(prefecture=PREFECTURE).order_by("id")[:ECHANTILLON])
    mots = [dossier.recherche.split() for dossier in dossiers]
    return {
        "whole number": [dossier.numero for dossier in dossiers],
        "day of a number": [dossier.numero[:12] for dossier in dossiers],
        "numero etranger or visa": [dossier.beneficiaire for dossier in dossiers],
        "names": [dossier.personne for dossier in dossiers],
        "family name": [max(noms[:-1] or noms, key=len) for noms in mots],
        "frequent first name": [noms[-1] for noms in mots],
        "names misspelt": [f"{_mal_ecrit(noms[0])} {_mal_ecrit(noms[-1])}" for noms in mots],
        "family name misspelt": [_mal_ecrit(max(noms[:-1] or noms, key=len)) for noms in mots],
        "name of nobody": [
            f"Zq{rang}wx".translate(str.maketrans("0123456789", "klmnpqrstv")) for rang in range(9)
        ],
    }


def _mal_ecrit(mot: str) -> str:
    """`mot` with the letter in its middle wrong; left out when the keyboard has none beside it."""
    milieu = len(mot) // 2
    lettre = mot[milieu]
    return (
        mot[:milieu]
        + (lettre.translate(FAUTES) if lettre.translate(FAUTES) != lettre else "")
        + mot[milieu + 1 :]
    )
