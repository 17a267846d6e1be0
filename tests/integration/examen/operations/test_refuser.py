"""A refusal takes two persons (R-INSTR-5)."""

import pytest
from django.db import IntegrityError, transaction

from attestations.models import Attestation
from comptes.models import Courriel
from demandes.etats import Etat
from demandes.models import Convocation, Demande, Evenement, Refus
from demandes.operations.refus import ActionImpossible
from demandes.operations.refuser import confirmer_refus, proposer_refus, renvoyer_refus
from demandes.textes import MOTIFS_DE_REFUS
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT
from tests.integration.examen.operations.test_convoquer import donner


def test_nothing_changes_for_the_person_before_somebody_else_confirms(en_instruction, agent):
    courriels = Courriel.objects.count()

    examen.refus_propose(en_instruction, agent)

    refus = Refus.objects.get()
    assert (refus.etat, refus.propose_par, refus.motif) == ("propose", agent, "lien_non_etabli")
    assert en_instruction.etat == Etat.EN_INSTRUCTION
    assert Courriel.objects.count() == courriels
    assert Attestation.objects.get().revoquee_le is None


@pytest.mark.parametrize(
    ("valeurs", "code"),
    [
        ({"motif": "", "explication": "L’acte est faux."}, "motif"),
        ({"motif": "n’importe quoi", "explication": "L’acte est faux."}, "motif"),
        ({"motif": "fraude", "explication": " \n"}, "phrase"),
    ],
)
def test_a_refusal_gives_its_reason_in_law_and_in_fact(en_instruction, agent, valeurs, code):
    with pytest.raises(ActionImpossible, match=code):
        examen.faire(proposer_refus, en_instruction, agent, **valeurs)
    assert not Refus.objects.exists()


@pytest.mark.parametrize("motif", sorted(MOTIFS_DE_REFUS))
def test_every_reason_can_be_proposed(en_instruction, agent, motif):
    examen.faire(proposer_refus, en_instruction, agent, motif=motif, explication=" Voici pourquoi. ")

    assert Refus.objects.get().explication == "Voici pourquoi."


def test_one_refusal_at_a_time_is_under_discussion(en_instruction, agent):
    examen.refus_propose(en_instruction, agent)

    with pytest.raises(ActionImpossible, match="refus_propose"):
        examen.faire(proposer_refus, en_instruction, agent, motif="fraude", explication="Encore.")


def test_nothing_is_refused_before_ofpra_has_spoken(en_instruction, agent):
    Demande.objects.filter(pk=en_instruction.pk).update(ofpra_en_attente=True)

    with pytest.raises(ActionImpossible, match="ofpra"):
        examen.faire(proposer_refus, en_instruction, agent, motif="fraude", explication="Faux.")


def test_a_refusal_proposed_before_ofpra_was_waited_for_is_not_confirmed(en_instruction, agent):
    examen.refus_propose(en_instruction, agent)
    Demande.objects.filter(pk=en_instruction.pk).update(ofpra_en_attente=True)

    with pytest.raises(ActionImpossible, match="ofpra"):
        examen.faire(confirmer_refus, en_instruction, examen.responsable())


def test_another_responsable_confirms_and_the_apd_is_revoked_that_day(en_instruction, agent):
    examen.refus_propose(en_instruction, agent)
    chef = examen.responsable()

    examen.faire(confirmer_refus, en_instruction, chef)

    refus = Refus.objects.get()
    assert (refus.etat, refus.conclu_par, refus.conclu_le) == ("confirme", chef, MAINTENANT)
    assert (en_instruction.etat, en_instruction.decidee_le, en_instruction.close_le) == (
        Etat.DECISION_DEFAVORABLE, MAINTENANT, MAINTENANT,
    )  # fmt: skip
    assert Attestation.objects.get().revoquee_le == MAINTENANT
    assert Courriel.objects.filter(type="decision_defavorable").count() == 1
    entree = Evenement.objects.get(type="confirmer_refus")
    assert (entree.acteur, entree.valeurs) == (chef, {"refus": refus.pk, "motif": "lien_non_etabli"})


@pytest.mark.parametrize("operation", [confirmer_refus, renvoyer_refus])
def test_who_proposed_it_neither_confirms_nor_sends_back(en_instruction, operation):
    chef = examen.responsable()
    examen.refus_propose(en_instruction, chef)
    retour = {"retour": "Non."} if operation is renvoyer_refus else {}

    with pytest.raises(ActionImpossible, match="meme_personne"):
        examen.faire(operation, en_instruction, chef, **retour)
    assert Refus.objects.get().etat == "propose"


@pytest.mark.parametrize("operation", [confirmer_refus, renvoyer_refus])
def test_there_must_be_a_refusal_that_waits(en_instruction, operation):
    retour = {"retour": "Non."} if operation is renvoyer_refus else {}
    with pytest.raises(ActionImpossible, match="refus_absent"):
        examen.faire(operation, en_instruction, examen.responsable(), **retour)


def test_sent_back_with_its_reason_it_can_be_proposed_again(en_instruction, agent):
    examen.refus_propose(en_instruction, agent)
    chef = examen.responsable()

    with pytest.raises(ActionImpossible, match="phrase"):
        examen.faire(renvoyer_refus, en_instruction, chef, retour="  ")
    examen.faire(renvoyer_refus, en_instruction, chef, retour=" Demandez l’acte original. ")

    refus = Refus.objects.get()
    assert (refus.etat, refus.retour, refus.conclu_par) == ("renvoye", "Demandez l’acte original.", chef)
    assert en_instruction.etat == Etat.EN_INSTRUCTION
    examen.refus_propose(en_instruction, agent)
    assert Refus.objects.count() == 2


def test_the_database_itself_wants_two_persons(en_instruction, agent):
    examen.refus_propose(en_instruction, agent)

    with pytest.raises(IntegrityError, match="refus_conclu_par_une_autre_personne"), transaction.atomic():
        Refus.objects.update(etat="confirme", conclu_par=agent, conclu_le=MAINTENANT)


def test_an_appointment_to_come_falls_with_the_dossier(en_instruction, agent):
    donner(en_instruction, agent)
    examen.refus_propose(en_instruction, agent)

    examen.faire(confirmer_refus, en_instruction, examen.responsable())

    assert Convocation.objects.get().etat == "annulee"
