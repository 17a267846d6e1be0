"""bench/run: the measures of bench/ on a PostgreSQL and a Redis of their own, in a temporary folder."""

import os
import secrets
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from poste import RACINE, dire
from poste.environnement import VENV
from poste.postgresql import Postgresql
from poste.processus import MARQUE, Arret, Panne, balayer_les_marques, marque_de, signaux_d_arret
from poste.serveur_redis import ServeurRedis

PYTHON = VENV / "bin" / "python"
PREPARATION = (
    ["creer_cle_2ddoc"],
    ["migrate", "--noinput"],
    ["charger_referentiels"],
    ["collectstatic", "--noinput"],
)


def main(arguments: list[str]) -> int:
    """Start the servers, prepare, measure, stop; the code of the measures, 1 when something failed."""
    with signaux_d_arret(), tempfile.TemporaryDirectory(prefix="portail-bench-") as provisoire:
        dossier = Path(provisoire)
        cles = dossier / "cles"
        try:
            # As in production: each transaction waits for its journal to be on the disk.
            with (
                Postgresql(dossier / "postgresql", cles=cles, journal=dossier / "postgresql.log") as base,
                ServeurRedis(
                    dossier / "redis", cles=cles, journal=dossier / "redis.log", jetable=True
                ) as redis,
            ):
                dire("PostgreSQL, Redis…")
                base.demarrer()
                redis.demarrer()
                return _mesurer(_environnement(dossier, base.url, redis.url), arguments)
        except Panne as panne:
            dire(f"\n{panne}")
            return 1
        except Arret:
            dire("\nArrêté avant la fin.")
            return 130
        finally:
            balayer_les_marques(dossier)


def _environnement(dossier: Path, base: str, redis: str) -> dict[str, str]:
    return {
        **{nom: valeur for nom, valeur in os.environ.items() if nom != "PYTHONDONTWRITEBYTECODE"},
        "DJANGO_SETTINGS_MODULE": "bench.reglages",
        "DATABASE_URL": base,
        "REDIS_URL": redis,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DEMONSTRATION": "true",
        "LOG_LEVEL": "WARNING",
        "DOSSIER_FICHIERS": str(dossier / "fichiers"),
        "DOSSIER_2DDOC": str(dossier / "2ddoc"),
        "STATIC_ROOT": str(dossier / "statiques"),
        "PYTHONWARNINGS": "ignore",
        MARQUE: marque_de(dossier),
    }


def _mesurer(env: dict[str, str], arguments: Sequence[str]) -> int:
    for commande in PREPARATION:
        dire(f"{commande[0]}…")
        if code := _executer([PYTHON, "manage.py", *commande, "--verbosity", "0"], env):
            return code
    return _executer([PYTHON, "-m", "bench.programme", *arguments], env)


def _executer(commande: Sequence[str | Path], env: dict[str, str]) -> int:
    enfant = subprocess.Popen(commande, cwd=RACINE, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return enfant.wait()
    finally:
        if enfant.poll() is None:
            os.killpg(enfant.pid, signal.SIGTERM)
            enfant.wait()
