"""A PostgreSQL server of our own, from Debian's binaries, on a free port with a password.

Its programs are given their data folder as an open descriptor, called /proc/self/fd/<n>: the account that PostgreSQL
runs as need not be able to reach the folder by its path (started by root, the checkout may lie below /root).
See docs/decisions/0001-postgresql-redis-locaux.md.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql

from poste.cles import cle
from poste.processus import (
    Panne,
    Processus,
    balayer_un_serveur,
    fin_de_fichier,
    identite,
    lancer,
    port_libre,
    vit,
)

BINAIRES = Path("/usr/lib/postgresql")
ROLE = "portail"
# A crashed server replays its journal before it answers.
ATTENTE_S = 120
SANS_DURABILITE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300")
ENVIRONNEMENT = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


class Postgresql:
    """One server and its data folder; `with` stops it. After `demarrer`, `url` is a DATABASE_URL."""

    def __init__(self, dossier: Path, *, cles: Path, journal: Path, jetable: bool = False) -> None:
        """Keep the data in `dossier`; `jetable` gives up durability for speed (tests)."""
        self.dossier = dossier
        self.cles = cles
        self.journal = journal
        self.reglages = SANS_DURABILITE if jetable else ()
        self.processus: Processus | None = None
        self.url = ""
        self.version = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *erreur: object) -> None:
        if self.processus:
            self.processus.arreter()

    def arreter_les_orphelins(self) -> list[str]:
        """Stop a server that a killed run left on this data folder."""
        return balayer_un_serveur("postgres", self.dossier, signal.SIGINT)

    def demarrer(self) -> None:
        """Make the data folder if needed, start the server, make role and database. Raises Panne."""
        self._choisir_les_binaires()
        if not self.dossier.exists():
            self._initialiser()
        self._oublier_un_pid_reattribue()
        for _ in range(3):
            port = port_libre()
            with _ouvert(self.dossier) as ici:
                self.processus = lancer(
                    "PostgreSQL",
                    [
                        self.binaires / "postgres",
                        "-D",
                        f"/proc/self/fd/{ici}",
                        "-p",
                        str(port),
                        *self._options(),
                    ],
                    journal=self.journal,
                    env=ENVIRONNEMENT,
                    cwd=Path("/"),
                    compte=self._compte(self.dossier),
                    # SIGINT: sessions are cut and the data closed cleanly ("fast shutdown").
                    signal_arret=signal.SIGINT,
                    delai=60,
                    descripteurs=[ici],
                )
            if self._repond(port):
                break
        else:
            raise Panne(
                f"PostgreSQL ne démarre pas. Fin de {self.journal} :\n{fin_de_fichier(self.journal, 15)}"
            )
        self._creer_role_et_base(port)
        self.url = f"postgres://{ROLE}:{cle(self.cles, ROLE)}@127.0.0.1:{port}/{ROLE}"

    def _choisir_les_binaires(self) -> None:
        versions = {int(chemin.parts[-3]): chemin.parent for chemin in BINAIRES.glob("[0-9]*/bin/postgres")}
        marque = self.dossier / "PG_VERSION"
        if marque.exists():
            voulue = int(marque.read_text())
            if voulue not in versions:
                raise Panne(
                    f"Les données de {self.dossier} viennent de PostgreSQL {voulue}, absent de cette machine. "
                    f"Installez postgresql-{voulue}, ou supprimez ce dossier pour repartir de données neuves."
                )
        elif versions:
            voulue = max(versions)
        else:
            raise Panne(f"Aucun serveur PostgreSQL dans {BINAIRES} : installez le paquet postgresql.")
        self.binaires = versions[voulue]
        self.version = str(voulue)

    def _compte(self, dossier: Path) -> pwd.struct_passwd | None:
        """Who runs the server: ourselves; for root, the owner of the data, else the account postgres."""
        if os.geteuid() != 0:
            return None
        proprietaire = dossier.stat().st_uid
        return pwd.getpwuid(proprietaire) if proprietaire else pwd.getpwnam("postgres")

    def _initialiser(self) -> None:
        # Made aside then renamed: a kill in the middle leaves no half-made data.
        nouveau = self.dossier.with_name(f"{self.dossier.name}.nouveau")
        shutil.rmtree(nouveau, ignore_errors=True)
        nouveau.mkdir(mode=0o700)
        compte = self._compte(nouveau)
        with tempfile.TemporaryFile() as secret, _ouvert(nouveau) as ici:
            secret.write(cle(self.cles, "postgres").encode())
            secret.flush()
            if compte:
                try:
                    os.fchown(ici, compte.pw_uid, compte.pw_gid)
                except OSError as erreur:
                    raise Panne(
                        f"Le dossier {nouveau} ne peut pas être donné au compte postgres ({erreur.strerror}). "
                        "Lancez cette commande sans être root, ou indiquez une base par DATABASE_URL."
                    ) from erreur
                os.fchown(secret.fileno(), compte.pw_uid, compte.pw_gid)
            resultat = subprocess.run(
                [
                    self.binaires / "initdb", "-D", f"/proc/self/fd/{ici}", "-U", "postgres",
                    "--auth=scram-sha-256", f"--pwfile=/proc/self/fd/{secret.fileno()}",
                    "--encoding=UTF8", "--locale=C.UTF-8", *(["--no-sync"] if self.reglages else []),
                ],
                cwd="/",
                env=ENVIRONNEMENT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                pass_fds=[ici, secret.fileno()],
                check=False,
                **identite(compte),
            )  # fmt: skip
        if resultat.returncode != 0:
            raise Panne(f"initdb a échoué :\n{resultat.stdout[-1000:]}{resultat.stderr[-1000:]}")
        nouveau.rename(self.dossier)

    def _options(self) -> list[str]:
        # No socket file: its path may not exceed 107 characters, and TCP with a password is enough.
        # A statement carries people's data in its values, and an error's detail repeats them: neither is logged.
        reglages = (
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            *self.reglages,
        )
        return [mot for reglage in reglages for mot in ("-c", reglage)]

    def _oublier_un_pid_reattribue(self) -> None:
        """Remove postmaster.pid when no living PostgreSQL has that number.

        PostgreSQL itself sees that a number is free, but refuses to start when it now belongs to another program
        of the same account, or to a dead process that nobody has reaped (containers: small numbers, no init).
        """
        fichier = self.dossier / "postmaster.pid"
        try:
            pid = int(fichier.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if not (vit(pid) and Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"):
            fichier.unlink(missing_ok=True)

    def _repond(self, port: int) -> bool:
        limite = time.monotonic() + ATTENTE_S
        while self.processus and self.processus.vivant and time.monotonic() < limite:
            try:
                self._connexion(port).close()
            except psycopg.OperationalError as erreur:
                time.sleep(0.05)
                # (When our server is dead, the one that answers is somebody else's, which took the port first.)
                if "password authentication failed" in str(erreur) and self.processus.vivant:
                    raise Panne(
                        f"Le mot de passe de PostgreSQL a disparu de {self.cles}. Remettez-le, "
                        f"ou supprimez {self.dossier} pour repartir de données neuves."
                    ) from erreur
            else:
                return True
        return False

    def _connexion(self, port: int) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=port,
            user="postgres",
            dbname="postgres",
            password=cle(self.cles, "postgres"),
            connect_timeout=5,
            autocommit=True,
        )

    def _creer_role_et_base(self, port: int) -> None:
        """The portal's own role: no superuser, so that rights are tested as they are in production."""
        role, secret = sql.Identifier(ROLE), sql.Literal(cle(self.cles, ROLE))
        with self._connexion(port) as connexion:
            if not connexion.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connexion.execute(sql.SQL("CREATE ROLE {}").format(role))
            connexion.execute(sql.SQL("ALTER ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, secret))
            if not connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone():
                connexion.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))


@contextmanager
def _ouvert(dossier: Path) -> Iterator[int]:
    """A descriptor of `dossier`."""
    descripteur = os.open(dossier, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descripteur
    finally:
        os.close(descripteur)
