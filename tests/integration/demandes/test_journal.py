"""The journal is append-only, and the database says so itself (R-INSTR-1)."""

import pytest
from django.db import DatabaseError, connection, transaction

from demandes.models import Evenement
from demandes.operations.deposer import deposer
from tests import dossiers_d_essai as essai

TABLE = Evenement._meta.db_table


@pytest.fixture
def evenement() -> Evenement:
    profil = essai.refugie().remplir()
    deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=essai.MAINTENANT)
    return Evenement.objects.get()


def en_sql(requete: str):
    def executer(_evenement: Evenement) -> None:
        with connection.cursor() as curseur:
            curseur.execute(requete)

    return executer


def enregistrer(evenement: Evenement) -> None:
    evenement.type = "autre"
    evenement.save()


@pytest.mark.parametrize(
    "geste",
    [
        pytest.param(enregistrer, id="save"),
        pytest.param(lambda e: e.delete(), id="delete"),
        pytest.param(lambda e: Evenement.objects.update(valeurs={}), id="update d’un queryset"),
        pytest.param(lambda e: Evenement.objects.all().delete(), id="delete d’un queryset"),
        pytest.param(en_sql(f"UPDATE {TABLE} SET le = now()"), id="UPDATE"),
        pytest.param(en_sql(f"UPDATE {TABLE} SET type = type"), id="UPDATE sans effet"),
        pytest.param(en_sql(f"DELETE FROM {TABLE}"), id="DELETE"),
        pytest.param(
            en_sql(f"WITH parti AS (DELETE FROM {TABLE} RETURNING 1) SELECT * FROM parti"), id="WITH DELETE"
        ),
        pytest.param(
            en_sql(
                f"INSERT INTO {TABLE} SELECT * FROM {TABLE} ON CONFLICT (id) DO UPDATE SET type = 'autre'"
            ),
            id="UPSERT",
        ),
    ],
)
def test_an_entry_is_neither_changed_nor_deleted(evenement, geste):
    avant = Evenement.objects.values().get()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        geste(evenement)

    assert Evenement.objects.values().get() == avant


def test_a_dossier_with_a_journal_is_not_deleted(evenement):
    effacer = en_sql("DELETE FROM demandes_demande; SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError), transaction.atomic():
        effacer(evenement)
