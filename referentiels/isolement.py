"""Open a stranger's file in a process of its own: a bomb or a crash of a C library ends there."""

import os
import resource
import subprocess
import sys
from pathlib import Path

_RACINE = Path(__file__).resolve().parent.parent
# The process that reads strangers' files knows no secret of ours: only what Python needs to start.
_ENVIRONNEMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR")


class Plantage(Exception):
    """The process died or answered nothing: killed by a limit, crashed, or took too long."""


def executer_a_part(module: str, *arguments: str, entree: bytes = b"", delai_s: float) -> bytes:
    """What `python -m module arguments` prints when fed `entree`. Raises `Plantage`.

    The module calls `se_limiter` before it opens anything.
    """
    environnement = {nom: os.environ[nom] for nom in _ENVIRONNEMENT if nom in os.environ}
    try:
        fini = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=_RACINE,
            env=environnement | {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            input=entree,
            stdout=subprocess.PIPE,
            # Its complaints may quote the document.
            stderr=subprocess.DEVNULL,
            timeout=delai_s,
            check=False,
        )
    except subprocess.TimeoutExpired as erreur:
        raise Plantage("délai dépassé") from erreur
    if fini.returncode != 0:
        raise Plantage(f"code {fini.returncode}")
    return fini.stdout


def se_limiter(*, memoire: int, cpu_s: int, sortie: int) -> None:
    """Limit this process for good: bytes of address space, seconds of processor, bytes of any file it writes."""
    resource.setrlimit(resource.RLIMIT_AS, (memoire, memoire))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (sortie, sortie))
    # A core dump would leave someone's document on the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
