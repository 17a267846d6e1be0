"""A load generator for the loopback: a few connections at a time, every answer checked, times kept."""

import http.client
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urlencode

from bench.processus import temps_processeur


@dataclass(frozen=True)
class Requete:
    """One request: `champs` makes it a POST; `statut` and `vers`, the end of Location, are the only right answer."""

    chemin: str
    entetes: dict[str, str] = field(default_factory=dict)
    champs: dict[str, str] | None = None
    statut: int = 200
    vers: str = ""


@dataclass
class Serie:
    """What was measured of one thing: seconds of each request, and of each slice its requests a second."""

    durees: list[float] = field(default_factory=list)
    debits: list[float] = field(default_factory=list)
    processeur: float = 0.0


class ReponseInattendue(Exception):
    """The server did not answer what the measure is about: its numbers would mean nothing."""


class Charge:
    """Sends requests to one server, whose processes' CPU time is read beside."""

    def __init__(self, port: int, pids: Sequence[int], connexions: int) -> None:
        self.port = port
        self.pids = pids
        self.connexions = connexions

    def envoyer(self, requete: Requete) -> float:
        """Send one request and read the whole answer; gives the seconds. Raises ReponseInattendue."""
        return self.mesurer(requete)[0]

    def mesurer(self, requete: Requete) -> tuple[float, Message]:
        """The same, with the headers of the answer."""
        methode, corps, entetes = "GET", None, dict(requete.entetes)
        if requete.champs is not None:
            methode, corps = "POST", urlencode(requete.champs)
            entetes["Content-Type"] = "application/x-www-form-urlencoded"
        depart = time.perf_counter()
        lien = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            lien.request(methode, requete.chemin, corps, entetes)
            reponse = lien.getresponse()
            reponse.read()
        finally:
            lien.close()
        duree = time.perf_counter() - depart
        suite = reponse.getheader("Location", "")
        if reponse.status != requete.statut or not suite.endswith(requete.vers):
            attendu = f"{requete.statut} {requete.vers}"
            raise ReponseInattendue(
                f"{methode} {requete.chemin}: {reponse.status} {suite}, expected {attendu}"
            )
        return duree, reponse.headers

    def tranche(self, serie: Serie, requetes: Callable[[], Requete], *, secondes: float) -> None:
        """Add to `serie` what `connexions` clients at once obtain during `secondes`, sending one after the other."""
        fin = time.perf_counter() + secondes

        def client(_rang: int) -> list[float]:
            durees = []
            while time.perf_counter() < fin:
                durees.append(self.envoyer(requetes()))
            return durees

        avant, depart = temps_processeur(self.pids), time.perf_counter()
        with ThreadPoolExecutor(self.connexions) as clients:
            durees = [duree for lot in clients.map(client, range(self.connexions)) for duree in lot]
        serie.debits.append(len(durees) / (time.perf_counter() - depart))
        serie.durees += durees
        serie.processeur += temps_processeur(self.pids) - avant
