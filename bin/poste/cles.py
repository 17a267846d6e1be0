"""Secrets of one machine: made at the first start, kept in files that only their owner reads."""

import os
import secrets
from pathlib import Path


def cle(dossier: Path, nom: str) -> str:
    """The secret called `nom`, made at random (48 bytes, URL-safe) when it does not exist yet."""
    fichier = dossier / nom
    if not fichier.exists():
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written aside then renamed: a start that is killed here leaves no half-written secret.
        provisoire = dossier / f".{nom}.nouveau"
        descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descripteur, "w", encoding="ascii") as flux:
            flux.write(secrets.token_urlsafe(48))
        provisoire.rename(fichier)
    return fichier.read_text(encoding="ascii")
