"""The person transmits an answer: what becomes of files, opinions, e-photo, and every way it can be refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comptes.models import Courriel, Notification
from demandes.complements import lignes_de_reponse, marque_de_la_reponse
from demandes.etats import Etat
from demandes.models import Complement, Demande, Evenement, Fichier, Piece
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.demander_complement import renoncer_au_complement
from demandes.operations.refus import (
    ActionImpossible,
    ComplementClos,
    DossierIntrouvable,
    ReponseIncomplete,
    ReponsesPerimees,
)
from demandes.operations.repondre_au_complement import repondre_au_complement
from demandes.operations.reverifier_ephoto import reverifier_ephoto
from demandes.operations.transmettre_complement import transmettre_complement
from demandes.requetes import fichiers_en_vigueur
from referentiels.models import Ephoto
from tests import dossiers_d_essai as essai
from tests.integration.examen.espace.conftest import DOMICILE, EPHOTO, joindre


def transmettre(complement: Complement, *, compte_id: int | None = None, marque: str | None = None):
    demande = Demande.objects.get(pk=complement.demande_id)
    return transmettre_complement(
        demande_id=demande.pk,
        compte_id=compte_id or demande.compte_id,
        marque=marque_de_la_reponse(lignes_de_reponse(complement)) if marque is None else marque,
        maintenant=timezone.now(),
    )


def repondre(complement: Complement, code: str, choix: str, **valeurs):
    return repondre_au_complement(
        demande_id=complement.demande_id,
        compte_id=complement.demande.compte_id,
        code=code,
        choix=choix,
        **valeurs,
    )


def manques(complement: Complement) -> dict[str, str]:
    with pytest.raises(ReponseIncomplete) as refus:
        transmettre(complement)
    complement.refresh_from_db()
    assert complement.etat == Complement.Etat.OUVERT
    assert Demande.objects.get().etat == Etat.COMPLEMENT_DEMANDE
    return refus.value.manques


# --- what it does -----------------------------------------------------------------------------------------


def test_the_examination_resumes_with_the_same_agent(demande, complement, agent):
    joindre(complement)

    transmettre(complement)

    demande.refresh_from_db()
    complement.refresh_from_db()
    assert (demande.etat, demande.agent) == (Etat.EN_INSTRUCTION, agent)
    assert complement.etat == Complement.Etat.TRANSMIS
    assert complement.clos_le is not None


def test_the_old_version_is_kept_and_the_new_one_counts(demande, complement):
    piece = Piece.objects.get(demande=demande, code=DOMICILE)
    (ancien,) = fichiers_en_vigueur(piece)
    nouveaux = [joindre(complement), joindre(complement)]
    assert fichiers_en_vigueur(piece) == [ancien]

    transmettre(complement)

    ancien.refresh_from_db()
    assert ancien.remplace_le is not None
    assert fichiers_en_vigueur(piece) == nouveaux


def test_the_agent_examines_a_replaced_piece_again_and_it_alone(demande, demander):
    Piece.objects.filter(demande=demande).update(
        avis="refusee", avis_motif="perime", avis_phrase="Trop ancien.", avis_le=timezone.now()
    )
    complement = demander(demande, DOMICILE, "decision_protection")
    joindre(complement)
    repondre(complement, "decision_protection", "garder")

    transmettre(complement)

    avis = dict(Piece.objects.filter(demande=demande).values_list("code", "avis"))
    assert avis[DOMICILE] == ""
    assert avis["decision_protection"] == "refusee"
    assert Piece.objects.get(demande=demande, code=DOMICILE).avis_phrase == ""


def test_the_journal_says_who_and_what_and_the_version_grows(demande, demander):
    complement = demander(demande, DOMICILE, "decision_protection")
    version = demande.version
    joindre(complement)
    repondre(complement, "decision_protection", "garder")

    transmettre(complement)

    evenement = Evenement.objects.get(type="transmettre_complement")
    assert evenement.acteur == demande.compte
    assert (evenement.de, evenement.vers) == ("complement_demande", "en_instruction")
    assert evenement.valeurs == {
        "complement": complement.pk, "remplacees": [DOMICILE], "gardees": ["decision_protection"],
    }  # fmt: skip
    demande.refresh_from_db()
    assert demande.version == version + 1


def test_the_person_gets_a_dated_acknowledgement(demande, complement):
    joindre(complement)

    transmettre(complement)

    courriel = Courriel.objects.get(type="complement_transmis")
    assert courriel.valeurs["le"] == timezone.localdate().isoformat()
    assert Notification.objects.get(type="complement_transmis").compte == demande.compte


def test_all_kept_is_an_answer(complement):
    repondre(complement, DOMICILE, "garder", explication="C’est le bon document.")

    assert transmettre(complement).etat == Complement.Etat.TRANSMIS
    assert not Fichier.objects.exclude(remplace_le=None).exists()


def test_files_sent_before_deciding_to_keep_the_old_one_are_dropped(demande, complement):
    brouillon = joindre(complement)
    repondre(complement, DOMICILE, "garder")

    transmettre(complement)

    assert not Fichier.objects.filter(pk=brouillon.pk).exists()
    assert len(fichiers_en_vigueur(Piece.objects.get(demande=demande, code=DOMICILE))) == 1


def test_a_piece_that_the_deposit_did_not_ask_for_is_sent_as_well(demande, demander):
    complement = demander(demande, "acte_naissance")
    joindre(complement, "acte_naissance")

    transmettre(complement)

    assert len(fichiers_en_vigueur(Piece.objects.get(demande=demande, code="acte_naissance"))) == 1


def test_after_the_last_day_the_answer_is_still_taken(complement):
    complement.echeance = timezone.localdate() - timedelta(days=5)
    complement.save()
    joindre(complement)

    assert transmettre(complement).etat == Complement.Etat.TRANSMIS


def test_a_second_complement_replaces_what_the_first_one_brought(demande, demander):
    premier = demander(demande, DOMICILE)
    joindre(premier)
    transmettre(premier)
    demande.refresh_from_db()
    second = demander(demande, DOMICILE)
    dernier = joindre(second)

    transmettre(second)

    assert fichiers_en_vigueur(Piece.objects.get(demande=demande, code=DOMICILE)) == [dernier]
    assert Fichier.objects.filter(piece__demande=demande, piece__code=DOMICILE).count() == 3


# --- what keeps it from leaving ---------------------------------------------------------------------------


def test_nothing_chosen_is_refused_for_each_piece(demande, demander):
    complement = demander(demande, DOMICILE, EPHOTO)

    assert manques(complement) == {DOMICILE: "a_choisir", EPHOTO: "a_choisir"}
    assert not Courriel.objects.filter(type="complement_transmis").exists()


def test_a_replacement_without_a_file_is_refused(complement):
    repondre(complement, DOMICILE, "remplacer")

    assert manques(complement) == {DOMICILE: "sans_fichier"}


@pytest.mark.parametrize(("etat", "manque"), [("a_traiter", "en_verification"), ("refuse", "fichier_refuse")])
def test_a_file_that_is_not_ready_holds_the_answer_back(complement, etat, manque):
    joindre(complement)
    joindre(complement, etat=etat)

    assert manques(complement) == {DOMICILE: manque}


def test_a_document_that_one_does_not_have_asks_for_an_explanation(demande, demander):
    complement = demander(demande, "passeport")
    repondre(complement, "passeport", "garder")
    assert manques(complement) == {"passeport": "explication"}

    repondre(complement, "passeport", "garder", explication="Je n’ai jamais eu de passeport.")

    assert transmettre(complement).etat == Complement.Etat.TRANSMIS


def test_an_answer_changed_since_it_was_shown_is_not_sent(complement):
    joindre(complement)
    vue = marque_de_la_reponse(lignes_de_reponse(complement))
    joindre(complement)

    with pytest.raises(ReponsesPerimees):
        transmettre(complement, marque=vue)
    assert Demande.objects.get().etat == Etat.COMPLEMENT_DEMANDE


# --- too late ---------------------------------------------------------------------------------------------


def test_the_second_of_a_double_click_changes_nothing(complement):
    joindre(complement)
    vue = marque_de_la_reponse(lignes_de_reponse(complement))
    transmettre(complement, marque=vue)

    with pytest.raises(ComplementClos) as refus:
        transmettre(complement, marque=vue)

    assert refus.value.etat == Complement.Etat.TRANSMIS
    assert Evenement.objects.filter(type="transmettre_complement").count() == 1


def test_an_agent_who_gave_up_meanwhile_awaits_nothing(demande, complement, agent):
    brouillon = joindre(complement)
    renoncer_au_complement(
        demande_id=demande.pk,
        agent_id=agent.pk,
        version=None,
        motif="Reçu par courrier.",
        maintenant=timezone.now(),
    )

    with pytest.raises(ComplementClos) as refus:
        transmettre(complement)

    assert refus.value.etat == Complement.Etat.ABANDONNE
    assert not Fichier.objects.filter(pk=brouillon.pk).exists()
    assert len(fichiers_en_vigueur(Piece.objects.get(demande=demande, code=DOMICILE))) == 1


def test_a_closed_dossier_takes_no_answer(demande, complement, agent):
    joindre(complement)
    classer_sans_suite(
        demande_id=demande.pk, agent_id=agent.pk, version=None, motif="complement_non_recu",
        explication="Rien reçu.", maintenant=timezone.now(),
    )  # fmt: skip

    with pytest.raises(ComplementClos):
        transmettre(complement)
    demande.refresh_from_db()
    assert demande.etat == Etat.CLASSEE_SANS_SUITE


def test_a_file_that_was_still_being_checked_when_the_agent_gave_up_never_counts(demande, complement):
    joindre(complement)
    Complement.objects.update(etat=Complement.Etat.ABANDONNE)

    assert len(fichiers_en_vigueur(Piece.objects.get(demande=demande, code=DOMICILE))) == 1


# --- who --------------------------------------------------------------------------------------------------


def test_somebody_else_s_complement_does_not_exist(complement, agent):
    joindre(complement)

    for intrus in (essai.refugie().compte, agent):
        with pytest.raises(DossierIntrouvable):
            transmettre(complement, compte_id=intrus.pk)
        with pytest.raises(DossierIntrouvable):
            repondre_au_complement(
                demande_id=complement.demande_id, compte_id=intrus.pk, code=DOMICILE, choix="garder"
            )


def test_a_child_with_an_account_may_answer(deposer_pour, demander):
    demande = deposer_pour(essai.enfant_mineur(le=timezone.now()))
    enfant = essai.compte(numero_etranger=demande.beneficiaire)
    complement = demander(demande)
    joindre(complement)

    transmettre(complement, compte_id=enfant.pk)

    assert Evenement.objects.get(type="transmettre_complement").acteur == enfant


def test_at_18_the_parent_answers_no_more(deposer_pour, demander):
    demande = deposer_pour(essai.enfant_mineur(le=timezone.now()))
    complement = demander(demande)
    joindre(complement)
    Demande.objects.update(majorite_le=timezone.localdate())

    with pytest.raises(DossierIntrouvable):
        transmettre(complement)


def test_a_piece_that_is_not_asked_for_takes_no_answer(complement):
    with pytest.raises(ActionImpossible) as refus:
        repondre(complement, "passeport", "garder")
    assert refus.value.code == "piece_inconnue"


# --- e-photo ----------------------------------------------------------------------------------------------


@pytest.fixture
def complement_ephoto(demande, demander) -> Complement:
    return demander(demande, EPHOTO)


def donner(complement: Complement, code: str) -> str:
    repondre(complement, EPHOTO, "remplacer", ephoto_code=code)
    return code


def test_a_valid_new_code_is_taken_and_the_former_one_stays_used(demande, complement_ephoto):
    ancien = demande.ephoto_code
    nouveau = donner(complement_ephoto, essai.ephoto(le=timezone.now()))

    transmettre(complement_ephoto)

    demande.refresh_from_db()
    assert demande.ephoto_code == nouveau
    assert Ephoto.objects.get(code=nouveau).reference == demande.numero
    assert Ephoto.objects.get(code=ancien).utilise_le is not None


@pytest.mark.parametrize("signalement", ["EPHOTO_REFUSEE", "EPHOTO_INTROUVABLE", "EPHOTO_EN_ATTENTE"])
def test_a_valid_new_code_settles_what_was_wrong_with_the_old_one(demande, complement_ephoto, signalement):
    Demande.objects.update(signalements=["HORS_DELAI_LEGAL", signalement])
    donner(complement_ephoto, essai.ephoto(le=timezone.now()))

    transmettre(complement_ephoto)

    demande.refresh_from_db()
    assert demande.signalements == ["HORS_DELAI_LEGAL"]


@pytest.mark.parametrize("etat", ["inconnu", "pas_encore_active"])
def test_a_code_not_active_yet_goes_through_and_is_checked_again(demande, complement_ephoto, etat):
    donner(complement_ephoto, essai.ephoto(etat=etat, le=timezone.now()))

    transmettre(complement_ephoto)

    demande.refresh_from_db()
    assert "EPHOTO_EN_ATTENTE" in demande.signalements


def test_the_72_hours_of_a_new_code_start_with_the_answer(demande, complement_ephoto):
    Demande.objects.update(deposee_le=timezone.now() - timedelta(days=20))
    donner(complement_ephoto, essai.ephoto(etat="inconnu"))
    transmettre(complement_ephoto)

    reverifier_ephoto(demande_id=demande.pk, maintenant=timezone.now() + timedelta(hours=71))
    demande.refresh_from_db()
    assert "EPHOTO_EN_ATTENTE" in demande.signalements

    reverifier_ephoto(demande_id=demande.pk, maintenant=timezone.now() + timedelta(hours=73))
    demande.refresh_from_db()
    assert "EPHOTO_INTROUVABLE" in demande.signalements


@pytest.mark.parametrize(("etat", "manque"), [("expire", "ephoto_expiree"), ("utilise", "ephoto_utilisee")])
def test_a_code_that_cannot_serve_is_refused_and_nothing_is_sent(demande, complement_ephoto, etat, manque):
    ancien = demande.ephoto_code
    donner(complement_ephoto, essai.ephoto(etat=etat, le=timezone.now()))

    assert manques(complement_ephoto) == {EPHOTO: manque}
    demande.refresh_from_db()
    assert demande.ephoto_code == ancien


def test_the_same_code_again_is_no_new_code(demande, complement_ephoto):
    donner(complement_ephoto, demande.ephoto_code)

    assert manques(complement_ephoto) == {EPHOTO: "ephoto_identique"}


def test_no_code_typed_is_refused(complement_ephoto):
    repondre(complement_ephoto, EPHOTO, "remplacer")

    assert manques(complement_ephoto) == {EPHOTO: "ephoto_absente"}


def test_a_waiting_code_that_another_dossier_gave_first_is_refused(demande, complement_ephoto, deposer_pour):
    autre = deposer_pour(essai.refugie(le=timezone.now(), etat_ephoto="inconnu"))
    donner(complement_ephoto, autre.ephoto_code)

    with pytest.raises(ReponseIncomplete) as refus:
        transmettre(complement_ephoto)

    assert refus.value.manques == {EPHOTO: "ephoto_utilisee"}
    demande.refresh_from_db()
    assert demande.etat == Etat.COMPLEMENT_DEMANDE


def test_keeping_the_code_leaves_it_as_it_was(demande, complement_ephoto):
    ancien = demande.ephoto_code
    repondre(complement_ephoto, EPHOTO, "garder")

    transmettre(complement_ephoto)

    demande.refresh_from_db()
    assert demande.ephoto_code == ancien
