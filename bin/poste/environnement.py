"""The virtual environment .venv, made from requirements.lock and rebuilt when what it stands on changes."""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from poste import DONNEES, RACINE, dire

VENV = RACINE / ".venv"
PYTHON = VENV / "bin" / "python"
VERROU = RACINE / "requirements.lock"
EMPREINTE = VENV / "portail-empreinte"

# Open for the life of the program: a rebuild waits until nobody uses the environment.
_usage: int | None = None


def sous_l_environnement(script: str) -> None:
    """Return when running under an up-to-date .venv; else make it and run `script` again with its Python.

    Exits with a sentence when the environment cannot be made or is used by another run.
    """
    global _usage  # noqa: PLW0603 - the file descriptor has to outlive this call
    try:
        DONNEES.mkdir(mode=0o700, exist_ok=True)
        _usage = os.open(DONNEES / "environnement.verrou", os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as erreur:
        sys.exit(
            f"{erreur.filename} appartient à un autre compte : relancez avec ce compte, ou supprimez ce dossier."
        )
    fcntl.flock(_usage, fcntl.LOCK_SH)
    if not _a_jour():
        _attendre_l_exclusivite(_usage)
        if not _a_jour():
            _construire()
        fcntl.flock(_usage, fcntl.LOCK_SH)
    if Path(sys.prefix) != VENV:
        # Without -B, and whatever the caller's environment says, bytecode is kept: start-up is twice as fast.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execv(PYTHON, [str(PYTHON), script, *sys.argv[1:]])


def _attendue() -> str:
    """What the environment stands on: the lock, the interpreter, and its own place (scripts hold full paths)."""
    verrou = hashlib.sha256(VERROU.read_bytes()).hexdigest()
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{verrou}\n{version}\n{VENV}\n"


def _a_jour() -> bool:
    try:
        return EMPREINTE.read_text(encoding="utf-8") == _attendue() and PYTHON.exists()
    except OSError:
        return False


def _attendre_l_exclusivite(usage: int) -> None:
    try:
        fcntl.flock(usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        dire(
            "Les dépendances ont changé, mais .venv sert à un autre bin/serve ou bin/test : arrêtez-le. J’attends…"
        )
        fcntl.flock(usage, fcntl.LOCK_EX)


def _construire() -> None:
    total = len(re.findall(r"^[A-Za-z0-9_.-]+==", VERROU.read_text(encoding="utf-8"), flags=re.MULTILINE))
    dire(f"Environnement Python {sys.version.split()[0]} : {total} paquets du fichier requirements.lock")
    EMPREINTE.unlink(missing_ok=True)
    interprete = getattr(sys, "_base_executable", sys.executable)
    creation = subprocess.run([interprete, "-m", "venv", "--clear", str(VENV)], check=False)
    if creation.returncode != 0:
        sys.exit(f"Impossible de créer {VENV} : lisez le message ci-dessus, corrigez, puis relancez.")
    # pip compiles bytecode itself, even where PYTHONDONTWRITEBYTECODE is set.
    installation = subprocess.Popen(
        [
            "setpriv", "--pdeathsig", "TERM", "--", str(PYTHON), "-m", "pip", "install", "-r", str(VERROU),
            "--require-hashes", "--compile", "--disable-pip-version-check", "--no-input", "--progress-bar", "off",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )  # fmt: skip
    lignes: list[str] = []
    lus = 0
    try:
        for ligne in installation.stdout or ():
            lignes.append(ligne)
            if ligne.startswith("Collecting "):
                lus += 1
                if lus % 20 == 0:
                    dire(f"  {lus} sur {total}")
            elif ligne.startswith("Installing collected"):
                dire("  installation")
    finally:
        if installation.poll() is None and sys.exc_info()[0]:
            installation.terminate()
        code = installation.wait()
    if code != 0:
        sys.exit(
            "".join(lignes[-15:])
            + "L’installation des dépendances a échoué : vérifiez l’accès de pip à son dépôt, puis relancez."
        )
    EMPREINTE.write_text(_attendue(), encoding="utf-8")
