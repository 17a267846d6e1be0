"""A dossier moves to the prefecture of the new home, with its journal (R.431-20, spec part 13)."""

import pytest

from comptes.models import Courriel
from demandes.models import Convocation, Evenement
from demandes.operations.refus import ActionImpossible
from demandes.operations.transferer import transferer
from demandes.requetes import dossiers_de_l_agent
from tests import examen_d_essai as examen
from tests.integration.examen.operations.test_convoquer import donner

PARIS = {"departement": "75", "motif": " Elle a déménagé. "}


def test_the_new_prefecture_finds_it_in_the_same_state_with_nobody_in_charge(en_instruction, agent):
    evenements = Evenement.objects.count()

    examen.faire(transferer, en_instruction, agent, **PARIS)

    assert (en_instruction.prefecture_id, en_instruction.agent) == ("75", None)
    assert en_instruction.etat == "en_instruction"
    assert dossiers_de_l_agent(examen.instructeur("75")).filter(pk=en_instruction.pk).exists()
    assert not dossiers_de_l_agent(agent).filter(pk=en_instruction.pk).exists()
    # The journal moves with it, and tells of the move.
    assert en_instruction.evenements.count() == evenements + 1
    assert Evenement.objects.get(type="transferer").valeurs == {
        "de": "39", "vers": "75", "motif": "Elle a déménagé.",
    }  # fmt: skip
    assert "police" in Courriel.objects.get(type="transfert").valeurs["prefecture"]


@pytest.mark.parametrize("departement", ["39", "", "99", "00", "x' OR 1=1 --"])
def test_it_moves_to_another_prefecture_that_exists(en_instruction, agent, departement):
    with pytest.raises(ActionImpossible, match="prefecture"):
        examen.faire(transferer, en_instruction, agent, departement=departement, motif="Déménagement.")
    assert en_instruction.prefecture_id == "39"


def test_a_move_gives_its_reason(en_instruction, agent):
    with pytest.raises(ActionImpossible, match="phrase"):
        examen.faire(transferer, en_instruction, agent, departement="75", motif=" ")


def test_it_does_not_move_while_a_refusal_is_under_discussion(en_instruction, agent):
    examen.refus_propose(en_instruction, agent)

    with pytest.raises(ActionImpossible, match="refus_propose"):
        examen.faire(transferer, en_instruction, agent, **PARIS)


def test_an_appointment_at_the_old_prefecture_is_cancelled(en_instruction, agent):
    donner(en_instruction, agent)

    examen.faire(transferer, en_instruction, agent, **PARIS)

    assert Convocation.objects.get().etat == "annulee"
    assert Courriel.objects.filter(type="convocation_annulee").count() == 1


def test_the_number_stays(en_instruction, agent):
    numero = en_instruction.numero

    examen.faire(transferer, en_instruction, agent, **PARIS)

    assert en_instruction.numero == numero
