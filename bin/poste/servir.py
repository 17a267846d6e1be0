"""bin/serve: PostgreSQL, Redis, mail catcher, web, worker and beat on this machine, with demonstration data."""

import fcntl
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from tempfile import TemporaryDirectory

from poste import COMPILER_LES_TRADUCTIONS, DONNEES, RACINE, dire
from poste.cles import cle
from poste.environnement import VENV
from poste.postgresql import Postgresql
from poste.processus import (
    MARQUE,
    Arret,
    Panne,
    Processus,
    annoncer_les_orphelins,
    attendre,
    balayer_les_marques,
    fin_de_fichier,
    lancer,
    marque_de,
    port_libre,
    signaux_d_arret,
)
from poste.serveur_redis import ServeurRedis

CLES = DONNEES / "cles"
JOURNAUX = DONNEES / "journaux"
COURRIELS = DONNEES / "courriels"
BINAIRES = VENV / "bin"
PREMIER_PORT = 8000
AIDE = """\
bin/serve : le portail complet sur cette machine, avec des données de démonstration. Ctrl-C arrête tout.

Variables facultatives : PORT (sinon 8000 ou le premier port libre ensuite), DATABASE_URL, REDIS_URL et EMAIL_URL
(utilisées à la place des services locaux), et celles de docs/exploitation.md.
"""


def main(arguments: list[str]) -> int:
    """Run until stopped. 0: stopped on request or already running; 1: something failed, and was said."""
    if arguments:
        dire(AIDE)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    with signaux_d_arret():
        try:
            with _seul_dans_ce_dossier() as adresse_deja_servie:
                if adresse_deja_servie:
                    dire(
                        f"Le portail tourne déjà : {adresse_deja_servie} (Ctrl-C dans son terminal l’arrête)."
                    )
                    return 0
                return _servir()
        except Panne as panne:
            dire(f"\n{panne}")
            return 1
        except Arret:
            return 0


@contextmanager
def _seul_dans_ce_dossier() -> Iterator[str]:
    """Hold the folder's lock; give the address of the run that holds it already, or nothing.

    The lock dies with its process, however that ends: no stale lock is possible.
    """
    try:
        verrou = (DONNEES / "serve.verrou").open("a+", encoding="utf-8")
    except PermissionError as erreur:
        raise Panne(
            f"{DONNEES} appartient à un autre compte : relancez avec ce compte, ou supprimez ce dossier."
        ) from erreur
    with verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            verrou.seek(0)
            yield verrou.read().strip() or "adresse pas encore connue, il démarre"
            return
        verrou.truncate(0)
        yield ""


def _servir() -> int:
    # A Maildir is its three folders: the catcher makes them only where the folder itself is missing.
    boite = (COURRIELS / partie for partie in ("cur", "new", "tmp"))
    for dossier in (CLES, JOURNAUX, *boite, DONNEES / "fichiers"):
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    for journal in JOURNAUX.glob("*.log"):
        journal.replace(journal.with_suffix(".precedent"))
    base = Postgresql(DONNEES / "postgresql", cles=CLES, journal=JOURNAUX / "postgresql.log")
    redis = ServeurRedis(DONNEES / "redis", cles=CLES, journal=JOURNAUX / "redis.log")
    annoncer_les_orphelins(
        balayer_les_marques(DONNEES) + redis.arreter_les_orphelins() + base.arreter_les_orphelins()
    )
    dire(f"Portail de démonstration. Données et journaux : {DONNEES}")

    env = _environnement()
    with ExitStack() as a_arreter:
        a_arreter.callback(dire, "Tout est arrêté.")
        # Celery's pool leaves its temporary files behind. (Not below .donnees: the path of a socket may not be long.)
        env["TMPDIR"] = a_arreter.enter_context(
            TemporaryDirectory(prefix="portail-", ignore_cleanup_errors=True)
        )
        a_arreter.callback(balayer_les_marques, DONNEES)
        port = _port_web()
        enfants: list[Processus] = []

        def suivre(processus: Processus) -> Processus:
            enfants.append(processus)
            a_arreter.callback(processus.arreter)
            return processus

        if "DATABASE_URL" not in os.environ:
            with _etape("Base de données PostgreSQL"):
                a_arreter.enter_context(base).demarrer()
            env["DATABASE_URL"] = base.url
        if "REDIS_URL" not in os.environ:
            with _etape("File d’attente Redis"):
                a_arreter.enter_context(redis).demarrer()
            env["REDIS_URL"] = redis.url
        enfants += [serveur.processus for serveur in (base, redis) if serveur.processus]
        if "EMAIL_URL" not in os.environ:
            with _etape("Boîte aux lettres de démonstration"):
                env["EMAIL_URL"] = _attraper_les_courriels(env, suivre)
            env["DEMO_MAILDIR"] = str(COURRIELS)
        adresse = f"http://127.0.0.1:{port}"
        env.setdefault("BASE_URL", adresse)
        _preparer(env)
        _lancer_le_portail(env, port, suivre)
        _afficher(adresse, env)
        a_arreter.callback(dire, "\nArrêt…")
        return _veiller(enfants)


def _environnement() -> dict[str, str]:
    return {
        "SECRET_KEY": cle(CLES, "secret_key"),
        "DEMONSTRATION": "true",
        "DOSSIER_FICHIERS": str(DONNEES / "fichiers"),
        "STATIC_ROOT": str(DONNEES / "statiques"),
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "anef.settings",
        "PYTHONUNBUFFERED": "1",
        MARQUE: marque_de(DONNEES),
    }


def _port_web() -> int:
    voulu = os.environ.get("PORT")
    try:
        return port_libre(int(voulu)) if voulu else port_libre(PREMIER_PORT, 100)
    except (OSError, ValueError, OverflowError) as erreur:
        if voulu:
            raise Panne(
                f"PORT={voulu} : ce port est pris, interdit ou n’existe pas. Choisissez-en un autre."
            ) from erreur
        raise Panne(
            "Aucun port libre entre 8000 et 8099. Choisissez-en un avec la variable PORT."
        ) from erreur


def _attraper_les_courriels(env: dict[str, str], suivre: Callable[[Processus], Processus]) -> str:
    for _ in range(3):
        port = port_libre()
        commande = [
            BINAIRES / "python", "-m", "aiosmtpd", "--nosetuid", "--smtputf8", "--listen", f"127.0.0.1:{port}",
            "--class", "aiosmtpd.handlers.Mailbox", COURRIELS,
        ]  # fmt: skip
        attrape = lancer(
            "Boîte aux lettres", commande, journal=JOURNAUX / "courriels.log", env=env, cwd=RACINE
        )
        if attendre(partial(_accepte, port), attrape):
            suivre(attrape)
            return f"smtp://127.0.0.1:{port}"
    raise Panne(f"La boîte aux lettres ne démarre pas :\n{attrape.fin_du_journal()}")


def _preparer(env: dict[str, str]) -> None:
    """Bring keys, database, reference data, demonstration data, catalogues and static files up to date."""
    # The command refuses to run where there is no folder at all.
    (RACINE / "locale").mkdir(exist_ok=True)
    _gestion("Traductions", COMPILER_LES_TRADUCTIONS, env)
    _gestion("Clé qui signe les attestations", ["creer_cle_2ddoc"], env)
    _gestion("Tables de la base", ["migrate", "--noinput"], env)
    _gestion("Données de référence (communes, préfectures, tarifs)", ["charger_referentiels"], env)
    _gestion("Personnes fictives", ["peupler_demo"], env)
    _gestion("Styles et images", ["collectstatic", "--noinput", "--verbosity", "0"], env)


def _gestion(titre: str, arguments: Sequence[str], env: dict[str, str]) -> None:
    journal = JOURNAUX / "preparation.log"
    with _etape(titre):
        enfant = lancer(
            titre, [BINAIRES / "python", "manage.py", *arguments], journal=journal, env=env, cwd=RACINE
        )
        try:
            code = enfant.enfant.wait()
        finally:
            enfant.arreter()
        if code != 0:
            raise Panne(
                f"« manage.py {arguments[0]} » a échoué. Fin de {journal} :\n{fin_de_fichier(journal, 25)}"
            )


def _lancer_le_portail(env: dict[str, str], port: int, suivre: Callable[[Processus], Processus]) -> None:
    """Start beat, worker and web; they stop in the opposite order: web, beat, worker."""
    celery = [BINAIRES / "celery", "-A", "anef"]
    with _etape("Tâches de fond"):
        worker = suivre(
            lancer(
                "Worker",
                [*celery, "worker", "--concurrency", "2", "--prefetch-multiplier", "1", "--loglevel", "INFO",
                 "--without-gossip", "--without-mingle"],
                journal=JOURNAUX / "worker.log", env=env, cwd=RACINE, delai=30,
            )
        )  # fmt: skip
        (DONNEES / "beat").mkdir(mode=0o700, exist_ok=True)
        suivre(
            lancer(
                "Beat",
                [*celery, "beat", "--loglevel", "INFO", "--pidfile", "", "--schedule", DONNEES / "beat" / "schedule"],
                journal=JOURNAUX / "beat.log", env=env, cwd=RACINE,
            )
        )  # fmt: skip
        if not attendre(lambda: " ready." in fin_de_fichier(worker.journal, 30), worker):
            raise Panne(f"Le worker ne démarre pas. Fin de {worker.journal} :\n{worker.fin_du_journal()}")
    with _etape("Site web"):
        web = suivre(
            lancer(
                "Web",
                [BINAIRES / "gunicorn", "anef.wsgi", "--workers", "2", "--bind", f"127.0.0.1:{port}",
                 "--timeout", "60", "--no-control-socket"],
                journal=JOURNAUX / "web.log", env=env, cwd=RACINE, delai=30,
            )
        )  # fmt: skip
        if not attendre(lambda: _pret(f"http://127.0.0.1:{port}/sante/pret/"), web):
            raise Panne(f"Le site ne répond pas. Fin de {web.journal} :\n{web.fin_du_journal()}")


def _afficher(adresse: str, env: dict[str, str]) -> None:
    commande = [BINAIRES / "python", "manage.py", "peupler_demo", "--identifiants"]
    sortie = subprocess.run(
        commande, cwd=RACINE, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if sortie.returncode != 0:
        raise Panne(f"« manage.py peupler_demo --identifiants » a échoué :\n{sortie.stderr[-2000:]}")
    with (DONNEES / "serve.verrou").open("a", encoding="utf-8") as verrou:
        verrou.write(adresse)
    courriels = f"{adresse}/demonstration/courriels/" if "DEMO_MAILDIR" in env else env["EMAIL_URL"]
    dire(f"\n{sortie.stdout.strip()}\n")
    dire(f"Portail :   {adresse}/")
    dire(f"Courriels : {courriels}")
    dire("Ctrl-C arrête tout.")


def _veiller(enfants: list[Processus]) -> int:
    """Wait for a stop signal (`Arret`), or for a child that dies by itself: 1, having shown why."""
    while all(enfant.vivant for enfant in enfants):
        time.sleep(0.5)
    mort = next(enfant for enfant in enfants if not enfant.vivant)
    code = mort.enfant.returncode
    raison = f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
    dire(f"\n{mort.nom} s’est arrêté tout seul ({raison}). Fin de {mort.journal} :\n{mort.fin_du_journal()}")
    return 1


@contextmanager
def _etape(titre: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    dire(f"- {titre}…")
    debut = time.monotonic()
    yield
    duree = f"{time.monotonic() - debut:.1f}".replace(".", ",")
    dire(f"  fait en {duree} s")


def _accepte(port: int) -> bool:
    try:
        port_libre(port)
    except OSError:
        return True
    return False


def _pret(adresse: str) -> bool:
    try:
        with urllib.request.urlopen(adresse, timeout=10) as reponse:
            return reponse.status == 200
    except OSError:
        return False
