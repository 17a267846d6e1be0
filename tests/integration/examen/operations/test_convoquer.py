"""Appointments at the prefecture: given, moved, kept, cancelled (spec part 13)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from comptes.models import Courriel, Notification
from demandes.etats import Etat
from demandes.models import Convocation, Demande, Evenement
from demandes.operations.convoquer import (
    annuler_convocation,
    annuler_les_convocations,
    convoquer,
    honorer_convocation,
)
from demandes.operations.refus import ActionImpossible
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT

DANS_UNE_SEMAINE = MAINTENANT + timedelta(days=7)
EMPREINTES = {
    "objet": "empreintes", "le": DANS_UNE_SEMAINE, "lieu": " Guichet 3, 8 rue de la Préfecture ",
    "a_apporter": "Le passeport",
}  # fmt: skip


def donner(demande: Demande, agent, **valeurs) -> Convocation:
    """An appointment for fingerprints in a week."""
    return examen.faire(convoquer, demande, agent, **{**EMPREINTES, **valeurs})


def test_the_person_is_told_where_when_and_what_to_bring(en_instruction, agent):
    convocation = donner(en_instruction, agent)

    assert (convocation.etat, convocation.lieu, convocation.cree_par) == (
        "prevue", "Guichet 3, 8 rue de la Préfecture", agent,
    )  # fmt: skip
    courriel = Courriel.objects.get(type="convocation")
    assert courriel.valeurs == {
        "numero": en_instruction.numero, "nature": "premiere", "enfant": "", "objet": "empreintes",
        "le": DANS_UNE_SEMAINE.isoformat(),
        "lieu": "Guichet 3, 8 rue de la Préfecture", "a_apporter": "Le passeport", "remplace": False,
    }  # fmt: skip
    assert Notification.objects.get(type="convocation").valeurs == courriel.valeurs
    assert Evenement.objects.get(type="convoquer").valeurs["convocation"] == convocation.pk


@pytest.mark.parametrize("etat", ["prevue", "a_reporter"])
def test_a_new_date_replaces_the_old_and_says_so(en_instruction, agent, etat):
    ancienne = donner(en_instruction, agent)
    Convocation.objects.update(etat=etat, souhait="Plutôt le mardi." if etat == "a_reporter" else "")

    nouvelle = donner(en_instruction, agent, le=DANS_UNE_SEMAINE + timedelta(days=1))

    ancienne.refresh_from_db()
    assert (ancienne.etat, nouvelle.etat) == ("remplacee", "prevue")
    assert [c.valeurs["remplace"] for c in Courriel.objects.filter(type="convocation").order_by("pk")] == [
        False, True,
    ]  # fmt: skip


def test_fingerprints_and_collection_are_two_appointments(agent):
    demande = examen.amener(examen.depose(), Etat.DECISION_FAVORABLE, agent)
    donner(demande, agent)
    examen.avancer(demande, Etat.TITRE_DISPONIBLE, agent)

    donner(demande, agent, objet="remise")

    assert list(Convocation.objects.order_by("pk").values_list("objet", "etat")) == [
        ("empreintes", "prevue"), ("remise", "prevue"),
    ]  # fmt: skip


@pytest.mark.parametrize(("etat", "objet"), [
    (Etat.DEPOSEE, "empreintes"), (Etat.DEPOSEE, "remise"), (Etat.EN_INSTRUCTION, "remise"),
    (Etat.DECISION_FAVORABLE, "remise"), (Etat.TITRE_DISPONIBLE, "empreintes"),
])  # fmt: skip
def test_nobody_is_called_for_what_is_not_due(agent, etat, objet):
    demande = examen.amener(examen.depose(), etat, agent)

    with pytest.raises(ActionImpossible, match="etat"):
        donner(demande, agent, objet=objet)
    assert not Convocation.objects.exists()


@pytest.mark.parametrize(
    ("valeurs", "code"),
    [
        ({"le": MAINTENANT}, "date_passee"),
        ({"le": MAINTENANT - timedelta(days=1)}, "date_passee"),
        ({"lieu": "  "}, "lieu"),
    ],
)
def test_an_appointment_is_to_come_and_somewhere(en_instruction, agent, valeurs, code):
    with pytest.raises(ActionImpossible, match=code):
        donner(en_instruction, agent, **valeurs)
    assert not Convocation.objects.exists()


def test_the_person_came(en_instruction, agent):
    convocation = donner(en_instruction, agent)
    courriels = Courriel.objects.count()

    examen.faire(honorer_convocation, en_instruction, agent, convocation_id=convocation.pk)

    convocation.refresh_from_db()
    assert convocation.etat == "honoree"
    assert Evenement.objects.get(type="honorer_convocation").acteur == agent
    assert Courriel.objects.count() == courriels


def test_cancelled_the_person_reads_why(en_instruction, agent):
    convocation = donner(en_instruction, agent)

    with pytest.raises(ActionImpossible, match="phrase"):
        examen.faire(annuler_convocation, en_instruction, agent, convocation_id=convocation.pk, motif=" ")
    examen.faire(
        annuler_convocation, en_instruction, agent, convocation_id=convocation.pk, motif=" Guichet fermé. "
    )

    convocation.refresh_from_db()
    assert convocation.etat == "annulee"
    assert Courriel.objects.get(type="convocation_annulee").valeurs["motif"] == "Guichet fermé."


@pytest.mark.parametrize("operation", [honorer_convocation, annuler_convocation])
@pytest.mark.parametrize("etat", ["remplacee", "honoree", "annulee", "d’un autre dossier", "inconnue"])
def test_what_is_over_is_over(en_instruction, agent, operation, etat):
    numero = donner(en_instruction, agent).pk
    if etat == "d’un autre dossier":
        numero = donner(examen.amener(examen.depose(), Etat.EN_INSTRUCTION, agent), agent).pk
    elif etat == "inconnue":
        numero = 0
    else:
        Convocation.objects.update(etat=etat)
    motif = {"motif": "Fermé."} if operation is annuler_convocation else {}

    with pytest.raises(ActionImpossible, match="convocation_absente"):
        examen.faire(operation, en_instruction, agent, convocation_id=numero, **motif)


def test_a_day_that_has_passed_is_not_announced_as_cancelled(en_instruction, agent):
    donner(en_instruction, agent)

    annuler_les_convocations(en_instruction, DANS_UNE_SEMAINE + timedelta(hours=1))

    assert Convocation.objects.get().etat == "prevue"
    assert not Courriel.objects.filter(type="convocation_annulee").exists()


def test_the_database_keeps_one_appointment_of_a_kind(en_instruction, agent):
    convocation = donner(en_instruction, agent)
    convocation.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        convocation.save()
