"""The examination starts, or changes hands (R-INSTR-1, R-INSTR-2)."""

import pytest

from comptes.models import Courriel, Notification
from demandes.etats import Etat
from demandes.models import Evenement
from demandes.operations.prendre_en_charge import affecter, prendre_en_charge
from demandes.operations.refus import ActionImpossible
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen


def test_the_agent_is_in_charge_and_the_person_is_told(demande, agent):
    examen.faire(prendre_en_charge, demande, agent)

    assert (demande.etat, demande.agent) == (Etat.EN_INSTRUCTION, agent)
    entree = Evenement.objects.get(type="prendre_en_charge")
    assert (entree.de, entree.vers, entree.acteur) == ("deposee", "en_instruction", agent)
    assert Courriel.objects.get(type="examen_commence").destinataire == demande.compte.email
    assert Notification.objects.get(type="examen_commence").compte == demande.compte


def test_a_bulk_action_that_saw_no_page_gives_no_version(demande, agent):
    examen.faire(prendre_en_charge, demande, agent, version=None)

    assert demande.agent == agent


def test_without_a_page_a_second_agent_is_told_that_it_is_taken(demande, agent):
    examen.faire(prendre_en_charge, demande, agent, version=None)

    with pytest.raises(ActionImpossible, match="etat"):
        examen.faire(prendre_en_charge, demande, examen.instructeur(), version=None)
    assert demande.agent == agent


def test_a_dossier_is_handed_to_a_colleague(en_instruction, agent):
    collegue = examen.responsable()

    examen.faire(affecter, en_instruction, agent, a_id=collegue.pk)

    assert en_instruction.agent == collegue
    assert Evenement.objects.get(type="affecter").valeurs == {"a": collegue.pk}
    # The person has nothing to know of it.
    assert not Courriel.objects.filter(type="affecter").exists()


@pytest.mark.parametrize("qui", ["d’ailleurs", "parti", "du support", "usager", "inconnu"])
def test_only_an_agent_of_the_dossiers_prefecture_can_be_put_in_charge(en_instruction, agent, qui):
    choisi = {
        "d’ailleurs": lambda: examen.instructeur("75"),
        "parti": lambda: essai.agent(essai.prefecture("39")),
        "du support": lambda: essai.agent(essai.prefecture("39"), role="ccc"),
        "usager": lambda: en_instruction.compte,
        "inconnu": lambda: None,
    }[qui]()
    if qui == "parti":
        choisi.is_active = False
        choisi.save()

    with pytest.raises(ActionImpossible, match="agent_inconnu"):
        examen.faire(affecter, en_instruction, agent, a_id=choisi.pk if choisi else 0)
    assert en_instruction.agent == agent
