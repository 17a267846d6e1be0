"""One machine that runs the whole portal: what bin/serve and bin/test share.

`paquets` and `environnement` run before anything is installed: standard library only.
"""

from contextlib import suppress
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
# The one folder for everything that a run leaves behind; git ignores it.
DONNEES = RACINE / ".donnees"
# compilemessages walks everything below the project: .venv and .donnees hold catalogues of others.
COMPILER_LES_TRADUCTIONS = (
    "compilemessages",
    "--verbosity",
    "0",
    "--ignore",
    ".venv",
    "--ignore",
    ".donnees",
)


def dire(texte: str) -> None:
    """Print a line at once; a terminal that has gone away is no reason to stop half-way."""
    with suppress(OSError):
        print(texte, flush=True)
