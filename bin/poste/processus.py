"""Child processes: started, watched, stopped in order, recognised again after a kill, never left behind."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from poste import dire

# In the environment of every child: says which working folder it belongs to, even once its parent is dead.
MARQUE = "PORTAIL_POSTE"
ATTENTE_S = 90
SIGNAUX_D_ARRET = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Arret(BaseException):
    """Somebody asked us to stop: Ctrl-C, kill, or a terminal that goes away."""


class Panne(Exception):
    """Something failed in a way that a person can mend; the text says how, in French."""


@contextmanager
def signaux_d_arret() -> Iterator[None]:
    """Turn the first stop signal into `Arret`; ignore the next ones, the stop is on its way."""

    def arreter(numero: int, cadre: FrameType | None) -> None:
        for signal_ignore in SIGNAUX_D_ARRET:
            signal.signal(signal_ignore, signal.SIG_IGN)
        raise Arret

    for numero in SIGNAUX_D_ARRET:
        # nohup sets SIGHUP to ignored and means it. A shell ignores SIGINT for its background jobs: kill -INT
        # must still work there.
        if numero != signal.SIGHUP or signal.getsignal(numero) != signal.SIG_IGN:
            signal.signal(numero, arreter)
    yield


@dataclass
class Processus:
    """A child and how to stop it: `signal_arret`, then SIGKILL after `delai` seconds."""

    nom: str
    enfant: subprocess.Popen[bytes]
    journal: Path
    signal_arret: signal.Signals
    delai: float

    @property
    def vivant(self) -> bool:
        return self.enfant.poll() is None

    def arreter(self) -> None:
        """Stop it and wait until it is gone."""
        if not self.vivant:
            return
        self.enfant.send_signal(self.signal_arret)
        try:
            self.enfant.wait(self.delai)
        except subprocess.TimeoutExpired:
            self.enfant.kill()
            self.enfant.wait()

    def fin_du_journal(self, lignes: int = 15) -> str:
        """The last lines of its log, to be shown when it dies."""
        return fin_de_fichier(self.journal, lignes)


def fin_de_fichier(fichier: Path, lignes: int) -> str:
    """The last `lignes` lines of a log file, or nothing when there is none."""
    try:
        with fichier.open("rb") as flux:
            flux.seek(0, os.SEEK_END)
            flux.seek(max(0, flux.tell() - 300 * lignes))
            texte = flux.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(texte.splitlines()[-lignes:])


def lancer(
    nom: str,
    commande: Sequence[str | Path],
    *,
    journal: Path,
    env: Mapping[str, str],
    cwd: Path,
    compte: pwd.struct_passwd | None = None,
    signal_arret: signal.Signals = signal.SIGTERM,
    delai: float = 15,
    descripteurs: Sequence[int] = (),
) -> Processus:
    """Start a child in a session of its own, its output appended to `journal`.

    `compte` is another user to run as (root only); `descripteurs` stay open in the child. The child gets
    `signal_arret` from the kernel when this process dies, whatever kills it.
    """
    with journal.open("ab") as sortie:
        enfant = subprocess.Popen(
            ["setpriv", "--pdeathsig", signal_arret.name.removeprefix("SIG"), "--", *map(str, commande)],
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
            pass_fds=descripteurs,
            **identite(compte),
        )
    return Processus(nom, enfant, journal, signal_arret, delai)


def attendre(condition: Callable[[], bool], processus: Processus) -> bool:
    """Wait until `condition` holds: True. When the process dies or 90 seconds pass first, stop it: False."""
    limite = time.monotonic() + ATTENTE_S
    while processus.vivant and time.monotonic() < limite:
        if condition():
            return True
        time.sleep(0.1)
    processus.arreter()
    return False


def identite(compte: pwd.struct_passwd | None) -> dict[str, Any]:
    """What subprocess needs to run as `compte` and nobody else, or as ourselves for None."""
    return {"user": compte.pw_uid, "group": compte.pw_gid, "extra_groups": []} if compte else {}


def port_libre(depuis: int = 0, essais: int = 1) -> int:
    """A free TCP port of the loopback: the first from `depuis` on, or any for 0. Raises OSError when none is."""
    for port in range(depuis, depuis + essais):
        with socket.socket() as prise:
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                prise.bind(("127.0.0.1", port))
            except OSError:
                continue
            return prise.getsockname()[1]
    raise OSError(f"no free port from {depuis}")


def marque_de(dossier: Path) -> str:
    """What names a working folder and no other, even where another root or container has the same path."""
    etat = dossier.stat()
    return f"{etat.st_dev}:{etat.st_ino}"


def balayer_les_marques(dossier: Path) -> list[str]:
    """Stop every process that carries our mark for `dossier`; give the command lines of those found."""
    marque = f"{MARQUE}={marque_de(dossier)}".encode()
    trouves = {pid for pid in _pids() if pid != os.getpid() and marque in _lire(pid, "environ").split(b"\0")}
    return _terminer(trouves, signal.SIGTERM, delai=10)


def balayer_un_serveur(programme: str, dossier: Path, signal_arret: signal.Signals) -> list[str]:
    """Stop the servers called `programme` whose current directory is `dossier`.

    PostgreSQL and Redis rewrite their environment to show a title, so their mark is the folder they work in.
    """
    if not dossier.exists():
        return []
    trouves = {
        pid
        for pid in _pids()
        if programme.encode() in _lire(pid, "cmdline").split(b" ")[0].split(b"\0")[0]
        and _travaille_dans(pid, dossier)
    }
    # Backends of PostgreSQL leave with their parent, which alone knows how to stop cleanly.
    tetes = {pid for pid in trouves if _parent(pid) not in trouves}
    noms = _terminer(tetes, signal_arret, delai=20)
    _terminer({pid for pid in trouves - tetes if _travaille_dans(pid, dossier)}, signal.SIGTERM, delai=5)
    return noms


def _terminer(pids: set[int], premier: signal.Signals, *, delai: float) -> list[str]:
    noms = [
        _lire(pid, "cmdline").replace(b"\0", b" ").decode("utf-8", "replace").strip() for pid in sorted(pids)
    ]
    for numero, attente in ((premier, delai), (signal.SIGKILL, 5.0)):
        for pid in pids:
            try:
                os.kill(pid, numero)
            except ProcessLookupError:
                continue
        limite = time.monotonic() + attente
        while (pids := {pid for pid in pids if vit(pid)}) and time.monotonic() < limite:
            time.sleep(0.05)
        if not pids:
            break
    return noms


def _pids() -> list[int]:
    return [int(nom) for nom in os.listdir("/proc") if nom.isdigit()]


def _lire(pid: int, quoi: str) -> bytes:
    """A file of /proc/<pid>, empty when the process is gone or not ours to read."""
    try:
        return Path(f"/proc/{pid}/{quoi}").read_bytes()
    except OSError:
        return b""


def vit(pid: int) -> bool:
    """Whether it still runs; a zombie has ended, its parent has only not looked yet."""
    etat = _lire(pid, "stat").rpartition(b")")[2].split()
    return bool(etat) and etat[0] != b"Z"


def _parent(pid: int) -> int:
    champs = _lire(pid, "stat").rpartition(b")")[2].split()
    return int(champs[1]) if len(champs) > 1 else 0


def _travaille_dans(pid: int, dossier: Path) -> bool:
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", dossier)
    except OSError:
        return False


def annoncer_les_orphelins(noms: list[str]) -> None:
    """Say what an earlier run had left and was stopped."""
    if noms:
        dire(f"Arrêt de {len(noms)} processus laissé(s) par un lancement interrompu.")
