"""A dossier closed without a decision (R-INSTR-1)."""

import pytest

from attestations.models import Attestation
from comptes.models import Courriel
from demandes.etats import Etat
from demandes.models import Complement, Convocation, Demande, Evenement
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.demander_complement import demander_complement
from demandes.operations.refus import ActionImpossible
from demandes.textes import MOTIFS_DE_CLASSEMENT
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT
from tests.integration.examen.operations.test_convoquer import donner

POURQUOI = {"motif": "sans_objet", "explication": " Vous avez un autre titre. "}


def test_the_apd_is_revoked_that_day_and_the_person_is_told_why(en_instruction, agent):
    examen.faire(classer_sans_suite, en_instruction, agent, **POURQUOI)

    assert (en_instruction.etat, en_instruction.close_le) == (Etat.CLASSEE_SANS_SUITE, MAINTENANT)
    # It is no decision.
    assert en_instruction.decidee_le is None
    assert Attestation.objects.get().revoquee_le == MAINTENANT
    assert Evenement.objects.get(type="classer_sans_suite").valeurs == {
        "motif": "sans_objet", "explication": "Vous avez un autre titre.",
    }  # fmt: skip
    assert Courriel.objects.filter(type="classement").count() == 1


def test_an_unanswered_complement_is_closed_with_the_dossier(en_instruction, agent):
    examen.faire(demander_complement, en_instruction, agent, pieces=[examen.UNE_PIECE])

    examen.faire(
        classer_sans_suite, en_instruction, agent, motif="complement_non_recu", explication="Rien reçu."
    )

    assert Complement.objects.get().etat == Complement.Etat.ABANDONNE
    assert Evenement.objects.get(type="classer_sans_suite").de == "complement_demande"


def test_it_stays_possible_while_ofpra_is_waited_for(en_instruction, agent):
    Demande.objects.filter(pk=en_instruction.pk).update(ofpra_en_attente=True)

    examen.faire(classer_sans_suite, en_instruction, agent, **POURQUOI)

    assert en_instruction.etat == Etat.CLASSEE_SANS_SUITE


@pytest.mark.parametrize("motif", sorted(MOTIFS_DE_CLASSEMENT))
def test_every_reason_of_the_list_is_taken(en_instruction, agent, motif):
    examen.faire(classer_sans_suite, en_instruction, agent, motif=motif, explication="Voici pourquoi.")

    assert Evenement.objects.get(type="classer_sans_suite").valeurs["motif"] == motif


@pytest.mark.parametrize(
    ("valeurs", "code"),
    [
        ({**POURQUOI, "motif": ""}, "motif"),
        ({**POURQUOI, "motif": "n’importe quoi"}, "motif"),
        ({**POURQUOI, "explication": " "}, "phrase"),
    ],
)
def test_the_person_must_know_why(en_instruction, agent, valeurs, code):
    with pytest.raises(ActionImpossible, match=code):
        examen.faire(classer_sans_suite, en_instruction, agent, **valeurs)
    assert en_instruction.etat == Etat.EN_INSTRUCTION


def test_it_does_not_go_past_a_refusal_under_discussion(en_instruction, agent):
    examen.refus_propose(en_instruction, agent)

    with pytest.raises(ActionImpossible, match="refus_propose"):
        examen.faire(classer_sans_suite, en_instruction, agent, **POURQUOI)


def test_an_appointment_to_come_falls_with_the_dossier(en_instruction, agent):
    donner(en_instruction, agent)

    examen.faire(classer_sans_suite, en_instruction, agent, **POURQUOI)

    assert Convocation.objects.get().etat == "annulee"
    assert Courriel.objects.filter(type="convocation_annulee").count() == 1


def test_the_person_may_apply_again(en_instruction, agent):
    examen.faire(classer_sans_suite, en_instruction, agent, **POURQUOI)

    assert not Demande.objects.filter(
        beneficiaire=en_instruction.beneficiaire, etat__in=["deposee", "en_instruction"]
    ).exists()
