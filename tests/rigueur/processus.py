"""Real processes for the tests about processes: a Celery worker, a web server. Ended by id, with their children."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import connection

DEMARRAGE_S = 60
# Read before any test database takes its place.
NOM_DE_LA_BASE = settings.DATABASES["default"]["NAME"]


class Processus:
    """A command in a session of its own; its output is in the file `journal`."""

    def __init__(
        self, commande: list[str], *, env: dict[str, str], journal: Path, prises: tuple[int, ...] = ()
    ) -> None:
        """`prises` are the descriptors of listening sockets that it inherits."""
        self.journal = journal
        with journal.open("ab") as sortie:
            self._enfant = subprocess.Popen(
                commande,
                cwd=settings.BASE_DIR,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=sortie,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=prises,
            )
        self.pid = self._enfant.pid

    @property
    def vivant(self) -> bool:
        return self._enfant.poll() is None

    def tuer(self) -> None:
        """SIGKILL it and its children, as a machine that loses power would."""
        self._signaler(signal.SIGKILL)
        self._enfant.wait()

    def arreter(self) -> None:
        """Ask it to stop; insist after ten seconds."""
        self._signaler(signal.SIGTERM)
        try:
            self._enfant.wait(10)
        except subprocess.TimeoutExpired:
            self.tuer()

    def attendre(self, delai: float = DEMARRAGE_S) -> int:
        """Its return code once it has ended by itself."""
        return self._enfant.wait(delai)

    @property
    def fin_du_journal(self) -> str:
        return self.journal.read_text(errors="replace")[-3000:]

    def _signaler(self, numero: signal.Signals) -> None:
        # A killed parent may leave children in its group.
        try:
            os.killpg(self.pid, numero)
        except ProcessLookupError:
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *erreur: object) -> None:
        self.arreter()


def environnement(base: str = "", **surcroit: str) -> dict[str, str]:
    """The environment of a process that works on the Redis and the files of this test process.

    `base` is the name of its database on the same server; without, that of the tests. Raises AssertionError
    when the tests have none: nothing started by a test may touch the database that DATABASE_URL names.
    """
    reglages = connection.settings_dict
    base = base or reglages["NAME"]
    assert base != NOM_DE_LA_BASE, "Le test ne demande pas de base (db, transactional_db)."
    mot_de_passe = f":{reglages['PASSWORD']}" if reglages["PASSWORD"] else ""
    adresse = f"{reglages['USER']}{mot_de_passe}@{reglages['HOST']}:{reglages['PORT'] or 5432}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{adresse}/{base}",
        "REDIS_URL": settings.REDIS_URL,
        "DOSSIER_FICHIERS": str(settings.DOSSIER_FICHIERS),
        **surcroit,
    }


class OuvrierCelery(Processus):
    """`celery -A anef worker`, answering pings once this constructor returns.

    `options` are further arguments of its command line. Raises AssertionError when it does not start.
    """

    def __init__(self, *options: str, env: dict[str, str], journal: Path) -> None:
        from anef.celery import app

        self.nom = f"essai-{os.getpid()}-{time.monotonic_ns()}@localhost"
        commande = [
            sys.executable, "-m", "celery", "-A", "anef", "worker", "--hostname", self.nom, "--loglevel", "INFO",
            "--concurrency", "1", "--without-gossip", "--without-mingle", *options,
        ]  # fmt: skip
        super().__init__(commande, env=env, journal=journal)
        limite = time.monotonic() + DEMARRAGE_S
        with app.connection_for_write() as lien:
            # Each ping waits for its answer up to its own time limit.
            while not app.control.ping(destination=[self.nom], timeout=0.5, connection=lien):
                if not self.vivant or time.monotonic() > limite:
                    self.tuer()
                    raise AssertionError(
                        f"Le worker ne démarre pas :\n{journal.read_text(errors='replace')[-3000:]}"
                    )
