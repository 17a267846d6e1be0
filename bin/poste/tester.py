"""bin/test: every check and every test on a PostgreSQL and a Redis of its own, in a temporary folder."""

import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from poste import COMPILER_LES_TRADUCTIONS, DONNEES, RACINE, dire
from poste.environnement import VENV
from poste.postgresql import Postgresql
from poste.processus import (
    MARQUE,
    Arret,
    Panne,
    balayer_les_marques,
    marque_de,
    signaux_d_arret,
)
from poste.serveur_redis import ServeurRedis

BINAIRES = VENV / "bin"
PREFIXE = "portail-test-"
# Suites in the order of their speed; how many processes each is worth on two cores.
SUITES = {"unit": 2, "structure": 0, "integration": 2, "concurrency": 0, "browser": 2}
DELAI_CONTROLE_S = 300
DELAI_SUITE_S = 900
VARIABLES_COMPOSE = ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "POSTGRES_PASSWORD", "REDIS_PASSWORD")


@dataclass
class Resultat:
    """One line of the summary."""

    nom: str
    reussi: bool
    duree: float
    detail: str = ""


def main(arguments: list[str]) -> int:
    """Run everything, or pytest alone with `arguments`. 0 when all passed, 1 otherwise, 130 when stopped."""
    with signaux_d_arret():
        try:
            with _dossier_provisoire() as dossier, _services(dossier) as env:
                if arguments:
                    return _executer([BINAIRES / "pytest", *arguments], env, DELAI_SUITE_S).returncode
                return _tout(dossier, env)
        except Panne as panne:
            dire(f"\n{panne}")
            return 1
        except Arret:
            dire("\nArrêté avant la fin.")
            return 130


@contextmanager
def _dossier_provisoire() -> Iterator[Path]:
    """A folder that disappears at the end; removes those that killed runs left, with their processes."""
    for ancien in Path(tempfile.gettempdir()).glob(f"{PREFIXE}*"):
        try:
            with (ancien / "verrou").open("a") as verrou:
                fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _tout_arreter(ancien)
                shutil.rmtree(ancien, ignore_errors=True)
        except OSError:
            # Locked by a run in progress, or somebody else's.
            continue
    dossier = Path(tempfile.mkdtemp(prefix=PREFIXE))
    try:
        with (dossier / "verrou").open("a") as verrou:
            fcntl.flock(verrou, fcntl.LOCK_EX)
            yield dossier
    finally:
        _tout_arreter(dossier)
        shutil.rmtree(dossier, ignore_errors=True)


def _tout_arreter(dossier: Path) -> None:
    balayer_les_marques(dossier)
    _redis(dossier).arreter_les_orphelins()
    _postgresql(dossier).arreter_les_orphelins()


def _postgresql(dossier: Path) -> Postgresql:
    return Postgresql(
        dossier / "postgresql", cles=dossier / "cles", journal=dossier / "postgresql.log", jetable=True
    )


def _redis(dossier: Path) -> ServeurRedis:
    return ServeurRedis(dossier / "redis", cles=dossier / "cles", journal=dossier / "redis.log", jetable=True)


@contextmanager
def _services(dossier: Path) -> Iterator[dict[str, str]]:
    """Start what no variable points to; give the environment of the checks and tests."""
    env = {
        **{nom: valeur for nom, valeur in os.environ.items() if nom != "PYTHONDONTWRITEBYTECODE"},
        "DJANGO_SETTINGS_MODULE": "anef.settings",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DEMONSTRATION": "true",
        "DOSSIER_FICHIERS": str(dossier / "fichiers"),
        "DOSSIER_2DDOC": str(dossier / "2ddoc"),
        "STATIC_ROOT": str(dossier / "statiques"),
        # Outside the temporary folder, to be looked at afterwards.
        "DOSSIER_CAPTURES": str(DONNEES),
        # Whatever the caller's environment says, no test sends mail to a real server.
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "TMPDIR": str(dossier),
        "PYTHONUNBUFFERED": "1",
        MARQUE: marque_de(dossier),
    }
    with ExitStack() as a_arreter:
        if "DATABASE_URL" not in os.environ:
            base = a_arreter.enter_context(_postgresql(dossier))
            base.demarrer()
            env["DATABASE_URL"] = base.url
        if "REDIS_URL" not in os.environ:
            redis = a_arreter.enter_context(_redis(dossier))
            redis.demarrer()
            env["REDIS_URL"] = redis.url
        cle = _executer(
            [BINAIRES / "python", "manage.py", "creer_cle_2ddoc"], env, DELAI_CONTROLE_S, capturer=True
        )
        if cle.returncode != 0:
            raise Panne(f"La clé qui signe les attestations ne peut pas être créée :\n{cle.stdout}")
        yield env


def _tout(dossier: Path, env: dict[str, str]) -> int:
    resultats = [_controle(nom, commande, env | surcroit) for nom, commande, surcroit in _controles(dossier)]
    compte = {"passed": 0, "failed": 0}
    for suite, processus in SUITES.items():
        resultats.append(_suite(suite, processus, dossier, env, compte))
    dire("\nRésumé")
    for resultat in resultats:
        duree = f"{resultat.duree:.1f}".replace(".", ",")
        dire(
            f"  {'ok   ' if resultat.reussi else 'ÉCHEC'}  {resultat.nom} ({duree} s) {resultat.detail}".rstrip()
        )
    rates = [resultat.nom for resultat in resultats if not resultat.reussi]
    if rates:
        dire(f"À corriger : {', '.join(rates)}")
    dire(f"{compte['passed']} passed, {compte['failed']} failed")
    return 1 if rates else 0


def _controles(dossier: Path) -> list[tuple[str, list[str | Path], dict[str, str]]]:
    """Name, command and further environment of each check, in the order of the first to tell something."""
    python = BINAIRES / "python"
    (RACINE / "locale").mkdir(exist_ok=True)
    gabarits = [
        str(chemin.relative_to(RACINE)) for chemin in sorted(RACINE.glob("*/templates")) if chemin.is_dir()
    ]
    production = {
        "DEBUG": "false",
        "DEMONSTRATION": "false",
        "ALLOWED_HOSTS": "portail.example",
        "BASE_URL": "https://portail.example",
        "DOSSIER_2DDOC": str(dossier / "2ddoc-production"),
    }
    controles: list[tuple[str, list[str | Path], dict[str, str]]] = [
        ("ruff check", [BINAIRES / "ruff", "check", "."], {}),
        ("ruff format", [BINAIRES / "ruff", "format", "--check", "."], {}),
        ("import-linter", [BINAIRES / "lint-imports"], {}),
        ("mypy", [BINAIRES / "mypy"], {}),
        ("djlint", [BINAIRES / "djlint", "templates", *gabarits, "--lint", "--quiet"], {}),
        (
            "creer_cle_2ddoc",
            [python, "manage.py", "creer_cle_2ddoc", "--autorite", "FRZ9", "--hors-demonstration"],
            production,
        ),
        ("check --deploy", [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], production),
        ("makemigrations --check", [python, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
        ("compilemessages", [python, "manage.py", *COMPILER_LES_TRADUCTIONS], {}),
        ("collectstatic", [python, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], {}),
    ]
    if shutil.which("docker-compose"):
        variables = dict.fromkeys(VARIABLES_COMPOSE, "essai")
        controles.append(("docker-compose", ["docker-compose", "config", "--quiet"], variables))
    return controles


def _controle(nom: str, commande: list[str | Path], env: Mapping[str, str]) -> Resultat:
    debut = time.monotonic()
    resultat = _executer(commande, env, DELAI_CONTROLE_S, capturer=True)
    duree = time.monotonic() - debut
    reussi = resultat.returncode == 0
    dire(f"{'ok   ' if reussi else 'ÉCHEC'}  {nom}")
    if not reussi:
        dire(resultat.stdout)
    return Resultat(nom, reussi, duree)


def _suite(
    nom: str, processus: int, dossier: Path, env: Mapping[str, str], compte: dict[str, int]
) -> Resultat:
    dire(f"\n== tests/{nom}")
    rapport = dossier / f"{nom}.xml"
    commande = [BINAIRES / "pytest", f"tests/{nom}", "-q", f"--junitxml={rapport}"]
    debut = time.monotonic()
    code = _executer(
        [*commande, *(["-n", str(processus)] if processus else [])], env, DELAI_SUITE_S
    ).returncode
    duree = time.monotonic() - debut
    passes, rates = _compter(rapport)
    compte["passed"] += passes
    # A suite that breaks before its first test has failed too.
    compte["failed"] += rates or int(code != 0)
    return Resultat(f"tests/{nom}", code == 0, duree, f"{passes} passed, {rates} failed")


def _compter(rapport: Path) -> tuple[int, int]:
    """(passed, failed) of a JUnit report; skipped tests count as neither."""
    try:
        suites = list(ET.parse(rapport).getroot().iter("testsuite"))
    except (OSError, ET.ParseError):
        return 0, 0
    total, rates, ignores = (
        sum(int(suite.get(cle, 0)) for suite in suites for cle in cles)
        for cles in (("tests",), ("failures", "errors"), ("skipped",))
    )
    return max(0, total - rates - ignores), rates


def _executer(
    commande: list[str | Path], env: Mapping[str, str], delai: float, *, capturer: bool = False
) -> "subprocess.CompletedProcess[str]":
    """Run a command in a session of its own; when it takes more than `delai` seconds or we are stopped, end it."""
    sortie = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if capturer else {}
    enfant = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "--", *map(str, commande)],
        cwd=RACINE,
        env=env,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        start_new_session=True,
        **sortie,
    )
    texte = ""
    try:
        texte, _ = enfant.communicate(timeout=delai)
    except subprocess.TimeoutExpired:
        dire(f"{Path(commande[0]).name} dépasse {delai:.0f} s : arrêté.")
    finally:
        if enfant.poll() is None:
            # Interrupted rather than killed: pytest runs its fixtures' clean-up.
            for numero, attente in ((signal.SIGINT, 10), (signal.SIGKILL, 10)):
                os.killpg(enfant.pid, numero)
                try:
                    enfant.wait(attente)
                    break
                except subprocess.TimeoutExpired:
                    continue
    return subprocess.CompletedProcess(commande, enfant.returncode, texte or "")
