"""What the database itself refuses, whoever writes: a forbidden transition, a change of state without its entry."""

import itertools

import pytest
from django.db import DatabaseError, connection, transaction

from demandes.etats import TRANSITIONS, Etat
from demandes.models import Demande, Evenement
from tests import dossiers_d_essai as essai

DEPOSES = sorted(frozenset(Etat) - {Etat.BROUILLON})
INTERDITES = [
    (de, vers) for de, vers in itertools.permutations(DEPOSES, 2) if vers not in TRANSITIONS[Etat(de)]
]
PERMISES = [(de, vers) for de in DEPOSES for vers in sorted(TRANSITIONS[Etat(de)])]


def en_sql(requete: str, *valeurs: object) -> None:
    with connection.cursor() as curseur:
        curseur.execute(requete, valeurs)


def changer(demande: Demande, vers: str) -> None:
    en_sql("UPDATE demandes_demande SET etat = %s WHERE id = %s", vers, demande.pk)


def noter(demande: Demande, de: str, vers: str) -> None:
    Evenement.objects.create(demande=demande, type="essai", de=de, vers=vers)


def verifier_a_la_fin() -> None:
    """What a commit would do."""
    en_sql("SET CONSTRAINTS ALL IMMEDIATE")
    en_sql("SET CONSTRAINTS ALL DEFERRED")


@transaction.atomic
def passer(demande: Demande, vers: str, *entrees: tuple[Demande, str, str]) -> None:
    """Change the state beside these entries (dossier, from, to), up to what a commit checks."""
    for de_qui, de, a in entrees:
        noter(de_qui, de, a)
    changer(demande, vers)
    verifier_a_la_fin()


@pytest.mark.parametrize("de", DEPOSES)
def test_a_transition_that_the_table_has_not_is_refused_straight_in_sql(demande, de):
    essai.amener(demande, de)

    for vers in (vers for depart, vers in INTERDITES if depart == de):
        with pytest.raises(DatabaseError, match="no transition"):
            passer(demande, vers, (demande, de, vers))
    demande.refresh_from_db()
    assert demande.etat == de


@pytest.mark.parametrize(("de", "vers"), PERMISES)
def test_a_transition_of_the_table_passes_with_its_entry_and_not_without(demande, de, vers):
    essai.amener(demande, de)
    verifier_a_la_fin()

    with pytest.raises(DatabaseError, match="without its journal entry"):
        passer(demande, vers)
    passer(demande, vers, (demande, de, vers))
    demande.refresh_from_db()
    assert demande.etat == vers


def test_an_entry_of_another_transition_or_another_dossier_does_not_count(demande):
    autre = essai.refugie().demande
    for entree in (
        (demande, "deposee", "retiree"),
        (demande, "en_instruction", "en_instruction"),
        (autre, "deposee", "en_instruction"),
    ):
        with pytest.raises(DatabaseError, match="without its journal entry"):
            passer(demande, "en_instruction", entree)


@pytest.mark.parametrize("requete", [
    "UPDATE demandes_evenement SET le = now() WHERE demande_id = %s",
    "UPDATE demandes_evenement SET acteur_id = NULL WHERE demande_id = %s",
    "DELETE FROM demandes_evenement WHERE demande_id = %s",
])  # fmt: skip
def test_the_journal_of_an_examination_is_neither_changed_nor_deleted(en_instruction, requete):
    avant = list(Evenement.objects.order_by("pk").values())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        en_sql(requete, en_instruction.pk)

    assert list(Evenement.objects.order_by("pk").values()) == avant
