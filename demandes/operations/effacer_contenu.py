"""Remove a file's stored bytes once the transaction that forgets it is committed."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from demandes.models import Fichier


def effacer_contenu(fichier: Fichier) -> None:
    """Delete the stored objects of `fichier` after commit; a rollback keeps them."""
    for nom in (fichier.brut, fichier.contenu, fichier.apercu):
        if nom:
            transaction.on_commit(partial(default_storage.delete, nom), robust=True)
