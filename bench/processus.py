"""gunicorn as the portal runs it, started for a measure, and what Linux tells of its processes."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
ATTENTE_S = 30


@contextmanager
def serveur(*options: str, ouvriers: int = 1, **env: str) -> Iterator[tuple[int, list[int]]]:
    """Run gunicorn on a free port; gives the port and the pids of its workers. Stopped at the end."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    maitre = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "anef.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", str(ouvriers),
         "--timeout", "60", "--log-level", "warning", "--no-control-socket", *options],
        cwd=RACINE, env={**os.environ, **env},
    )  # fmt: skip
    try:
        _attendre(port, maitre)
        yield port, enfants(maitre.pid)
    finally:
        maitre.terminate()
        maitre.wait()


def _attendre(port: int, maitre: "subprocess.Popen[bytes]") -> None:
    limite = time.monotonic() + ATTENTE_S
    while maitre.poll() is None and time.monotonic() < limite:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/vivant/", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")


def enfants(pid: int) -> list[int]:
    """The processes that `pid` started."""
    return [int(fils) for fils in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memoire(pid: int, champ: str) -> float:
    """VmRSS or VmHWM of a process, in MB."""
    for ligne in Path(f"/proc/{pid}/status").read_text().splitlines():
        if ligne.startswith(champ):
            return int(ligne.split()[1]) / 1024
    raise LookupError(champ)


def temps_processeur(pids: Sequence[int]) -> float:
    """Seconds of processor that these processes have used since they began."""
    tics = 0
    for pid in pids:
        champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        tics += int(champs[11]) + int(champs[12])
    return tics / os.sysconf("SC_CLK_TCK")
