"""What a search of dossiers by name stands on: the words of all names, and those of each dossier (docs/file.md)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func


class Mot(models.Model):
    """One word of a name, as `demandes.recherche.plier` writes it: what a misspelt word is compared with.

    A trigger of the database adds the words of each dossier. A million people share some hundred thousand words.
    """

    mot = models.TextField(primary_key=True)

    class Meta:
        verbose_name = "mot"
        indexes = [GinIndex(OpClass("mot", name="gin_trgm_ops"), name="mot_par_trigrammes")]


# The words of a dossier's names, each behind its prefecture: « 39:HAIDARI ». The database keeps an index of them.
MOTS = Func(
    F("prefecture"),
    F("recherche"),
    function="demandes_mots",
    output_field=ArrayField(models.TextField()),
)


def mot_de(prefecture: str, mot: str) -> str:
    """The word as the index of dossiers holds it."""
    return f"{prefecture}:{mot}"
