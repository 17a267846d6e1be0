"""Debian packages that the portal needs, each with its reason, installed when root."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from poste import dire

POUR_SERVIR = {
    "python3-venv": "makes the virtual environment (Debian's python3 comes without venv and pip)",
    "libpango-1.0-0": "WeasyPrint lays out the text of PDF documents with it",
    "libpangoft2-1.0-0": "WeasyPrint finds and measures fonts with it",
    "libharfbuzz-subset0": "font subsetting: without it a PDF takes seven times longer",
    "fonts-dejavu-core": "a fallback font that covers the names of every country",
    "postgresql": "server binaries (initdb, postgres); Debian's own cluster is neither made nor used",
    "redis-server": "server binary; Debian's own service is not used",
    "gettext": "msgfmt compiles the interface's message catalogues",
}
POUR_TESTER = {
    **POUR_SERVIR,
    "chromium": "the browser of tests/browser",
    "poppler-utils": "pdftotext, pdfinfo and pdfsig read the PDF that tests produce",
    "qpdf": "checks that these PDF are well formed, makes encrypted ones",
}
POUR_L_INTEGRATION_CONTINUE = {
    "docker-compose": "checks docker-compose.yml (`docker-compose config`; no container is started)",
}

# Read by pg_createcluster when the server package is first configured.
SANS_GRAPPE = Path("/etc/postgresql-common/createcluster.d/portail-local.conf")


def installer_les_manquants(paquets: dict[str, str]) -> None:
    """Install those of `paquets` (name → reason) that Debian does not have yet.

    Exits with a sentence naming the command when not root, or when apt fails.
    """
    if shutil.which("dpkg-query") is None:
        sys.exit("Cette commande prépare une Debian 12 ou 13 : dpkg est introuvable sur cette machine.")
    manquants = [nom for nom in paquets if not _installe(nom)]
    if not manquants:
        return
    commande = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *manquants]
    if os.geteuid() != 0:
        sys.exit(
            f"Il manque {len(manquants)} paquet(s) Debian. En tant que root, lancez :\n"
            f"  apt-get update && {' '.join(commande)}\n"
            "Puis relancez cette commande."
        )
    dire(f"Paquets Debian à installer : {', '.join(manquants)}")
    _apt(["apt-get", "update", "-q"])
    grappe_evitee = "postgresql" in manquants and _eviter_la_grappe()
    try:
        _apt(commande)
    finally:
        if grappe_evitee:
            SANS_GRAPPE.unlink(missing_ok=True)
    if "redis-server" in manquants and Path("/run/systemd/system").is_dir():
        # Only the binary is wanted: the service that the package has just started goes away.
        subprocess.run(["systemctl", "disable", "--now", "--quiet", "redis-server"], check=False)


def _installe(nom: str) -> bool:
    etat = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status}", nom], capture_output=True, text=True, check=False
    )
    return etat.stdout == "installed"


def _eviter_la_grappe() -> bool:
    """Ask Debian not to make its own cluster; give whether a file was written that is to be removed."""
    if SANS_GRAPPE.exists():
        return False
    SANS_GRAPPE.parent.mkdir(parents=True, exist_ok=True)
    SANS_GRAPPE.write_text("create_main_cluster = false\n", encoding="utf-8")
    return True


def _apt(commande: list[str]) -> None:
    # Own session: Ctrl-C must not stop dpkg between unpacking and configuring.
    resultat = subprocess.run(
        commande,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        check=False,
    )
    if resultat.returncode != 0:
        sys.exit(
            f"{resultat.stdout[-3000:]}\n"
            f"La commande « {' '.join(commande)} » a échoué. Vérifiez le réseau et /etc/apt, puis relancez."
        )
