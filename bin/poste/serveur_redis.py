"""A Redis server of our own, from Debian's binary, on a free port with a password."""

import os
import signal
import time
from pathlib import Path
from typing import Self

import redis

from poste.cles import cle
from poste.processus import Panne, Processus, balayer_un_serveur, fin_de_fichier, lancer, port_libre

ATTENTE_S = 60


class ServeurRedis:
    """One server and its data folder; `with` stops it. After `demarrer`, `url` is a REDIS_URL."""

    def __init__(self, dossier: Path, *, cles: Path, journal: Path, jetable: bool = False) -> None:
        """Keep the data in `dossier`; `jetable` never writes them (tests)."""
        self.dossier = dossier
        self.cles = cles
        self.journal = journal
        self.jetable = jetable
        self.processus: Processus | None = None
        self.url = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *erreur: object) -> None:
        if self.processus:
            self.processus.arreter()

    def arreter_les_orphelins(self) -> list[str]:
        """Stop a server that a killed run left on this data folder."""
        return balayer_un_serveur("redis-server", self.dossier, signal.SIGTERM)

    def demarrer(self) -> None:
        """Start the server and wait until it answers. Raises Panne."""
        self.dossier.mkdir(mode=0o700, exist_ok=True)
        secret = cle(self.cles, "redis")
        for _ in range(3):
            port = port_libre()
            self.processus = lancer(
                "Redis",
                ["redis-server", self._configurer(port, secret)],
                journal=self.journal,
                env={"PATH": os.environ.get("PATH", os.defpath)},
                cwd=self.dossier,
            )
            if self._repond(port, secret):
                break
        else:
            raise Panne(f"Redis ne démarre pas. Fin de {self.journal} :\n{fin_de_fichier(self.journal, 15)}")
        self.url = f"redis://:{secret}@127.0.0.1:{port}/0"

    def _configurer(self, port: int, secret: str) -> str:
        """Write the configuration (a password on the command line would show in `ps`); give its file name."""
        lignes = ["bind 127.0.0.1", f"port {port}", f"requirepass {secret}", "daemonize no"]
        lignes += ['save ""'] if self.jetable else ["save 60 1"]
        fichier = self.dossier / "redis.conf"
        fichier.touch(mode=0o600)
        fichier.write_text("\n".join(lignes) + "\n", encoding="utf-8")
        return fichier.name

    def _repond(self, port: int, secret: str) -> bool:
        limite = time.monotonic() + ATTENTE_S
        while self.processus and self.processus.vivant and time.monotonic() < limite:
            try:
                with redis.Redis(port=port, password=secret, socket_connect_timeout=1) as client:
                    client.ping()
            except redis.AuthenticationError:
                # Somebody else's server took the port between our choice and our start.
                self.processus.arreter()
            except redis.RedisError:
                # Refused while it starts, "LOADING" while it reads its data.
                time.sleep(0.05)
            else:
                return True
        return False
