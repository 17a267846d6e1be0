"""The whole portal on a database of its own: gunicorn, a worker, a mailbox, the demonstration's people."""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from base64 import b32decode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import LiteralString

import psycopg
from django.conf import settings
from django_otp.oath import hotp
from psycopg import sql

from comptes.second_facteur import PERIODE_S
from tests.concurrency.attente import attendre
from tests.rigueur.courrier import BoiteAuxLettres
from tests.rigueur.processus import NOM_DE_LA_BASE, OuvrierCelery, Processus, environnement

DEMARRAGE_S = 90
# By the operations that an agent's page calls; an earlier complement that nobody answered is given up.
COMPLEMENT = """
from django.utils import timezone
from comptes.models import Compte
from demandes.models import Demande
from demandes.operations.demander_complement import PieceACompleter, demander_complement, renoncer_au_complement
from demandes.operations.prendre_en_charge import prendre_en_charge
demande = Demande.objects.get(compte__identifiant="{0}", numero__isnull=False)
agent = Compte.objects.filter(role="instructeur", prefectures=demande.prefecture).first()
cles = dict(demande_id=demande.pk, agent_id=agent.pk, version=None, maintenant=timezone.now())
if demande.etat == "deposee":
    prendre_en_charge(**cles)
elif demande.etat == "complement_demande":
    renoncer_au_complement(**cles, motif="Reçu autrement.")
pieces = [PieceACompleter(code, "illisible", "La photo est floue : prenez-la de jour.") for code in {1!r}]
demander_complement(**cles, pieces=pieces, message="Il manque peu de choses.")
"""


@dataclass
class CodesUniques:
    """Codes of telephones, none of them given twice: the portal refuses a code that has served."""

    donnes: dict[str, int] = field(default_factory=dict)

    def suivant(self, cle: str) -> str:
        """The next code of the secret `cle` (base 32), waiting for it if the present one and the next have served."""
        rang = max(_periode(), self.donnes.get(cle, 0) + 1)
        self.donnes[cle] = rang
        # The portal takes the code of the next half minute already.
        attendre(lambda: rang <= _periode() + 1, quoi="le code suivant")
        return f"{hotp(b32decode(cle), rang):06d}"


def _periode() -> int:
    return int(time.time()) // PERIODE_S


@dataclass
class Portail:
    """A running portal. `origine` is its address without the last slash."""

    origine: str
    boite: BoiteAuxLettres
    env: dict[str, str]
    web: Processus
    ouvrier: OuvrierCelery
    codes: CodesUniques = field(default_factory=CodesUniques)

    @cached_property
    def identifiants(self) -> str:
        """What `peupler_demo --identifiants` prints: logins, documents and dates of the demonstration."""
        return _gerer(self.env, "peupler_demo", "--identifiants")

    def naissance(self, identifiant: str) -> tuple[int, int, int]:
        """The birth date of a person without account, as (day, month, year)."""
        annee, mois, jour = re.search(
            rf"{identifiant} .*naissance (\d+)-(\d+)-(\d+)", self.identifiants
        ).groups()
        return int(jour), int(mois), int(annee)

    def code(self, identifiant: str) -> str:
        """The six digits that the telephone of one of the demonstration's staff shows; each serves once."""
        return self.codes.suivant(
            re.search(rf"(?m)^  {identifiant} .* ([A-Z2-7]{{32}})$", self.identifiants)[1]
        )

    def demander_un_complement(self, identifiant: str, *codes: str) -> None:
        """An agent asks this person for these pièces again, in a process of the portal's own."""
        _gerer(self.env, "shell", "--no-imports", "--command", COMPLEMENT.format(identifiant, codes))


class Demarrage:
    """Start it on entering, stop everything on leaving.

    `dossier` receives the logs; `partage` is a folder that the test processes of one run have in common, where
    the first one leaves what all need; `base` is the name of the database to make.
    """

    def __init__(self, dossier: Path, partage: Path, base: str) -> None:
        self.dossier = dossier
        self.partage = partage
        self.base = base
        self._a_arreter = ExitStack()

    def __enter__(self) -> Portail:
        # Bound here and inherited by gunicorn: nobody takes the port in between, and a first request waits
        # in its queue until the server is ready.
        prise = self._a_arreter.enter_context(socket.create_server(("127.0.0.1", 0), backlog=128))
        origine = f"http://127.0.0.1:{prise.getsockname()[1]}"
        boite = self._a_arreter.enter_context(BoiteAuxLettres())
        env = environnement(
            self.base,
            BASE_URL=origine,
            EMAIL_URL=boite.url,
            STATIC_ROOT=str(collecter(self.partage)),
            PYTHONUNBUFFERED="1",
        )
        self._a_arreter.enter_context(base_peuplee(self.base, env, self.partage))
        web = self._a_arreter.enter_context(
            Processus(
                [
                    sys.executable, "-m", "gunicorn", "anef.wsgi", "--workers", "2", "--timeout", "60",
                    "--bind", f"fd://{prise.fileno()}", "--no-control-socket",
                ],
                env=env,
                journal=self.dossier / "web.log",
                prises=(prise.fileno(),),
            )
        )  # fmt: skip
        ouvrier = self._a_arreter.enter_context(OuvrierCelery(env=env, journal=self.dossier / "worker.log"))
        with urllib.request.urlopen(f"{origine}/sante/vivant/", timeout=DEMARRAGE_S):
            return Portail(origine, boite, env, web, ouvrier)

    def __exit__(self, *erreur: object) -> None:
        self._a_arreter.close()


def collecter(partage: Path) -> Path:
    """Give the folder of the collected static files: those of bin/test, or ours, made once for all processes."""
    deja = Path(os.environ.get("STATIC_ROOT", ""))
    if os.environ.get("STATIC_ROOT") and (deja / "staticfiles.json").is_file():
        return deja
    statiques = partage / "statiques-collectes"
    with _un_a_la_fois(partage / "statiques.verrou"):
        if not (statiques / "staticfiles.json").is_file():
            statiques.mkdir(exist_ok=True)
            _gerer(
                {**os.environ, "STATIC_ROOT": str(statiques)},
                "collectstatic",
                "--noinput",
                "--verbosity",
                "0",
            )
    return statiques


@contextmanager
def base_peuplee(nom: str, env: dict[str, str], partage: Path) -> Iterator[None]:
    """A database `nom` with the demonstration's people, beside that of the tests, which other tests empty.

    The first process makes a model, with its files; each copies it, which takes a moment.
    """
    modele = f"test_{NOM_DE_LA_BASE}_modele"
    fichiers = partage / "fichiers-du-modele"
    reglages = settings.DATABASES["default"]
    with psycopg.connect(
        dbname="postgres",
        user=reglages["USER"],
        password=reglages["PASSWORD"],
        host=reglages["HOST"],
        port=reglages["PORT"] or None,
        autocommit=True,
    ) as lien:
        with _un_a_la_fois(partage / "modele.verrou"):
            if not fichiers.is_dir():
                lien.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", modele))
                lien.execute(_sql("CREATE DATABASE {}", modele))
                du_modele = {**environnement(modele), "DOSSIER_FICHIERS": str(fichiers)}
                for commande in ("migrate", "charger_referentiels", "peupler_demo"):
                    _gerer(du_modele, commande, "--verbosity", "0")
                fichiers.mkdir(exist_ok=True)
            lien.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", nom))
            lien.execute(_sql("CREATE DATABASE {} TEMPLATE {}", nom, modele))
            shutil.copytree(fichiers, env["DOSSIER_FICHIERS"], dirs_exist_ok=True)
        yield
        lien.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", nom))
        lien.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", modele))


def _sql(requete: LiteralString, *noms: str) -> sql.Composed:
    return sql.SQL(requete).format(*map(sql.Identifier, noms))


@contextmanager
def _un_a_la_fois(verrou: Path) -> Iterator[None]:
    with verrou.open("a") as fichier:
        fcntl.flock(fichier, fcntl.LOCK_EX)
        yield


def _gerer(env: dict[str, str], *commande: str) -> str:
    fini = subprocess.run(
        [sys.executable, "manage.py", *commande],
        cwd=settings.BASE_DIR, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert fini.returncode == 0, f"manage.py {commande[0]} :\n{fini.stderr[-3000:]}"
    return fini.stdout
