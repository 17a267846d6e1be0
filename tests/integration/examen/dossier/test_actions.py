"""Each action through its page: done, refused with a sentence, told when somebody else wrote (R-INSTR-3, 4, 5)."""

import time
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from attestations.models import Attestation
from comptes import reprise
from demandes.etats import Etat
from demandes.models import Complement, Demande, Evenement, Piece, Refus
from demandes.operations.examiner_piece import accepter_les_pieces, examiner_piece
from demandes.operations.prendre_en_charge import affecter
from demandes.operations.refuser import proposer_refus
from demandes.textes import ACTIONS_IMPOSSIBLES
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.integration.examen.dossier.lecture_de_page import ACTION, texte

ENREGISTRE = "Rien n’a été enregistré"


def acceptee(demande: Demande, agent) -> Demande:
    examen.faire(accepter_les_pieces, demande, agent, vus=examen.fichiers_de(demande))
    return demande


# --- one click -----------------------------------------------------------------------------------------------


def test_a_dossier_is_taken_in_one_click_from_its_page(navigateur, demande, adresse, fait, agent):
    reponse = navigateur.soumettre(adresse(demande), formulaire=ACTION.format("prendre_en_charge"))

    fait(reponse, demande)
    assert (demande.etat, demande.agent) == (Etat.EN_INSTRUCTION, agent)
    assert "L’examen commence : vous êtes chargé du dossier." in texte(navigateur.get(reponse.url))


def test_a_second_click_on_an_old_page_is_told_who_was_quicker(navigateur, connecter, demande, adresse):
    collegue = examen.instructeur()
    page = navigateur.get(adresse(demande))
    connecter(collegue).soumettre(adresse(demande), formulaire=ACTION.format("prendre_en_charge"))

    reponse = navigateur.soumettre(page, formulaire=ACTION.format("prendre_en_charge"))

    assert reponse.status_code == 200
    assert "Le dossier a changé" in texte(reponse)
    assert f"{collegue} a commencé l’examen." in texte(reponse)
    assert "n’est plus offerte" in texte(reponse)
    demande.refresh_from_db()
    assert demande.agent == collegue


# --- a page older than the dossier ---------------------------------------------------------------------------


def test_what_was_typed_is_kept_and_what_changed_is_shown(
    navigateur, en_instruction, adresse, agir, fait, agent
):
    page = navigateur.get(adresse(en_instruction, "classer_sans_suite"))
    collegue = examen.instructeur()
    examen.faire(affecter, en_instruction, collegue, a_id=collegue.pk)
    saisie = {"motif": "sans_objet", "explication": "Vous avez déjà ce titre."}

    reponse = navigateur.soumettre(page, saisie)

    assert reponse.status_code == 200
    assert "Le dossier a changé depuis l’ouverture de cette page. Rien n’a été enregistré." in texte(reponse)
    assert f"{collegue} a confié le dossier à {collegue}." in texte(reponse)
    assert "Vous avez déjà ce titre." in texte(reponse)
    en_instruction.refresh_from_db()
    assert en_instruction.etat == Etat.EN_INSTRUCTION

    # Having read what changed, the agent may send the same form again.
    fait(navigateur.soumettre(reponse), en_instruction)
    assert en_instruction.etat == Etat.CLASSEE_SANS_SUITE


@pytest.mark.parametrize("version", ["", "abc", "-1", "1e9", "9" * 400, "999999999", "0", "٣"])
def test_a_forged_version_is_a_page_that_is_too_old(navigateur, en_instruction, adresse, version):
    page = navigateur.get(adresse(en_instruction, "classer_sans_suite"))

    reponse = navigateur.soumettre(
        page, {"version": version, "motif": "sans_objet", "explication": "Vous avez déjà ce titre."}
    )

    assert "Le dossier a changé" in texte(reponse)
    en_instruction.refresh_from_db()
    assert en_instruction.etat == Etat.EN_INSTRUCTION


def test_an_error_of_typing_does_not_refresh_an_old_page_in_silence(
    navigateur, en_instruction, adresse, agent
):
    page = navigateur.get(adresse(en_instruction, "classer_sans_suite"))
    examen.faire(affecter, en_instruction, agent, a_id=agent.pk)

    reponse = navigateur.soumettre(page, {"motif": "", "explication": "Vous avez déjà ce titre."})
    reponse = navigateur.soumettre(reponse, {"motif": "sans_objet"})

    assert "Le dossier a changé" in texte(reponse)


def test_two_opposite_decisions_the_second_agent_is_told(connecter, en_instruction, adresse, agent):
    acceptee(en_instruction, agent)
    premier, second = connecter(examen.instructeur()), connecter(examen.instructeur())
    accorder = premier.get(adresse(en_instruction, "decider_favorable"))
    classer = second.get(adresse(en_instruction, "classer_sans_suite"))

    premier.soumettre(accorder)
    reponse = second.soumettre(classer, {"motif": "doublon", "explication": "Autre demande."})

    assert "a pris une décision favorable." in texte(reponse)
    assert "Autre demande." in texte(reponse)
    assert "n’est plus offerte" in texte(reponse)
    en_instruction.refresh_from_db()
    assert en_instruction.etat == Etat.DECISION_FAVORABLE


@pytest.mark.parametrize("page", ["actions/classer_sans_suite/", "pieces/"])
def test_what_was_typed_when_the_session_ended_comes_back(navigateur, agent, en_instruction, page):
    chemin = f"/gestion/demandes/demande/{en_instruction.pk}/{page}"
    session = navigateur.session
    session[reprise.CLE] = {
        "compte": reprise._empreinte(agent), "chemin": chemin, "page": chemin, "expire": time.time() + 60,
        "champs": urlencode({"motif": "autre", "explication": "Un long texte.", "phrase": "Un long texte."}),
    }  # fmt: skip
    session.save()

    assert "Un long texte." in texte(navigateur.get(chemin))
    # Once, and nothing was done in the agent's name.
    assert "Un long texte." not in texte(navigateur.get(chemin))
    en_instruction.refresh_from_db()
    assert en_instruction.etat == Etat.EN_INSTRUCTION


# --- the examination -----------------------------------------------------------------------------------------


def test_a_dossier_is_handed_to_an_agent_of_the_list(agir, en_instruction, fait, agent):
    collegue = examen.responsable()
    ailleurs = examen.instructeur("75")

    assert f'value="{ailleurs.pk}"' not in texte(agir(en_instruction, "affecter"))
    reponse = agir(en_instruction, "affecter", {"a": str(ailleurs.pk)})
    assert reponse.status_code == 200
    fait(agir(en_instruction, "affecter", {"a": str(collegue.pk)}), en_instruction)
    assert en_instruction.agent == collegue


def test_all_that_remain_are_accepted_after_they_were_listed(agir, en_instruction, fait):
    fait(agir(en_instruction, "accepter_les_pieces"), en_instruction)

    assert set(en_instruction.pieces.values_list("avis", flat=True)) == {"acceptee"}


def test_a_file_replaced_since_the_list_was_shown_is_not_accepted(navigateur, en_instruction, adresse):
    page = navigateur.get(adresse(en_instruction, "accepter_les_pieces"))
    piece = en_instruction.pieces.get(code="justificatif_domicile")
    piece.fichiers.update(remplace_le=timezone.now())
    essai.fichier_pret(piece)

    reponse = navigateur.soumettre(page)

    assert str(ACTIONS_IMPOSSIBLES["piece_changee"]) in texte(reponse)
    assert not Piece.objects.exclude(avis="").exists()


@pytest.mark.parametrize("vus", [["x"], ["00000000-0000-0000-0000-000000000007"], []])
def test_forged_files_accept_nothing(navigateur, en_instruction, adresse, vus):
    navigateur.handler.enforce_csrf_checks = False
    reponse = navigateur.post(
        adresse(en_instruction, "accepter_les_pieces"), {"version": en_instruction.version, "vus": vus}
    )

    assert reponse.status_code == 200
    assert not Piece.objects.exclude(avis="").exists()


def test_a_status_is_confirmed_with_its_reason(agir, agent, fait):
    demande = examen.depose(essai.inconnu_du_registre())

    assert "Répondez à la question : Pourquoi ?" in texte(agir(demande, "verifier_statut"))
    fait(agir(demande, "verifier_statut", {"motif": "Vu au fichier."}), demande)
    assert demande.controle == "confirme"
    fait(agir(demande, "constater_etat_civil", {"motif": "Vu au fichier."}), demande)
    assert not demande.ofpra_en_attente


def test_a_complement_starts_from_the_refused_pieces(navigateur, agir, en_instruction, adresse, agent, fait):
    examen.faire(
        examiner_piece, en_instruction, agent, code="contrat_engagement", avis="refusee", motif="illisible",
        phrase="La signature ne se lit pas.", vus=examen.fichiers_de(en_instruction, "contrat_engagement"),
    )  # fmt: skip
    page = navigateur.get(adresse(en_instruction, "demander_complement"))
    assert "La signature ne se lit pas." in texte(page)

    reponse = navigateur.soumettre(
        page,
        {"ephoto-demandee": "on", "ephoto-motif": "perime", "passeport-demandee": "on", "passeport-motif": "autre",
         "passeport-phrase": "Toutes les pages.", "message": "Merci."},
    )  # fmt: skip

    fait(reponse, en_instruction)
    assert {(p.code, p.motif, p.phrase) for p in Complement.objects.get().pieces.all()} == {
        ("contrat_engagement", "illisible", "La signature ne se lit pas."),
        ("passeport", "autre", "Toutes les pages."),
        # Left empty: the sentence of the reason.
        ("ephoto", "perime", "Ce document est trop ancien ou n’est plus valable. Envoyez un document plus récent."),
    }  # fmt: skip
    assert Complement.objects.get().message == "Merci."


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({}, "Choisissez au moins une pièce à compléter."),
        (
            {"passeport-demandee": "on"},
            "Passeport ou document équivalent : Choisissez un motif dans la liste.",
        ),
        (
            {"passeport-demandee": "on", "passeport-motif": "autre"},
            "Passeport ou document équivalent : Écrivez une phrase pour la personne",
        ),
        ({"passeport-demandee": "on", "passeport-motif": "absent", "passeport-phrase": "x" * 501}, "500"),
    ],
)
def test_a_complement_that_is_not_clear_says_what_is_missing(agir, en_instruction, saisie, phrase):
    reponse = agir(en_instruction, "demander_complement", {**saisie, "message": "À garder."})

    assert reponse.status_code == 200
    assert phrase in texte(reponse)
    assert "À garder." in texte(reponse)
    assert not Complement.objects.exists()


def test_the_prefecture_gives_up_a_complement(agir, demande, agent, fait):
    examen.amener(demande, Etat.COMPLEMENT_DEMANDE, agent)

    fait(agir(demande, "renoncer_au_complement", {"motif": "Reçu par courrier."}), demande)
    assert demande.etat == Etat.EN_INSTRUCTION


# --- decisions -----------------------------------------------------------------------------------------------


def test_what_will_be_issued_is_shown_before_it_is(navigateur, agir, en_instruction, adresse, agent, fait):
    acceptee(en_instruction, agent)

    page = texte(navigateur.get(adresse(en_instruction, "decider_favorable")))
    apd = Attestation.objects.get()
    for mots in ("carte de résident de 10 ans", "Attestation de décision favorable",
                 date_format(timezone.localdate(), "j F Y"), "de séjourner et de travailler",
                 f"du {apd.debut:%d/%m/%Y} au {apd.fin:%d/%m/%Y}"):  # fmt: skip
        assert mots in page
    assert "Schengen" not in page
    fait(agir(en_instruction, "decider_favorable"), en_instruction)
    assert en_instruction.etat == Etat.DECISION_FAVORABLE


def test_an_obstacle_takes_the_button_away_and_is_refused_when_forged(navigateur, en_instruction, adresse):
    page = navigateur.get(adresse(en_instruction, "decider_favorable"))
    assert str(ACTIONS_IMPOSSIBLES["pieces"]) in texte(page)
    assert "Accorder le titre" not in texte(page)
    navigateur.handler.enforce_csrf_checks = False

    reponse = navigateur.post(
        adresse(en_instruction, "decider_favorable"), {"version": en_instruction.version}
    )

    assert ENREGISTRE in texte(reponse)
    en_instruction.refresh_from_db()
    assert en_instruction.etat == Etat.EN_INSTRUCTION


def test_a_refusal_shows_the_remedies_to_both_agents(
    navigateur, connecter, agir, en_instruction, adresse, fait
):
    assert "tribunal administratif" in texte(navigateur.get(adresse(en_instruction, "proposer_refus")))
    fait(
        agir(en_instruction, "proposer_refus", {"motif": "fraude", "explication": "L’acte est faux."}),
        en_instruction,
    )
    assert "Le refus est proposé." in texte(navigateur.get(adresse(en_instruction)))

    chef = connecter(examen.responsable())
    page = texte(chef.get(adresse(en_instruction, "confirmer_refus")))
    for mots in ("faux document ou une fausse déclaration", "L’acte est faux.", "tribunal administratif"):
        assert mots in page
    fait(agir(en_instruction, "confirmer_refus", qui=chef), en_instruction)
    assert en_instruction.etat == Etat.DECISION_DEFAVORABLE


@pytest.mark.parametrize(("saisie", "phrase"), [
    ({"motif": "fraude"}, "Répondez à la question : Raisons de fait"),
    ({"explication": "L’acte est faux."}, "Choisissez une réponse à la question : Motif de droit"),
    ({"motif": "fraude", "explication": "x" * 2001}, "2000"),
])  # fmt: skip
def test_a_refusal_without_its_reasons_is_not_proposed(agir, en_instruction, saisie, phrase):
    reponse = agir(en_instruction, "proposer_refus", saisie)

    assert phrase in texte(reponse)
    assert not Refus.objects.exists()


def test_a_refusal_is_sent_back_with_its_reason(connecter, agir, en_instruction, agent, fait):
    examen.refus_propose(en_instruction, agent)
    chef = connecter(examen.responsable())

    fait(agir(en_instruction, "renvoyer_refus", {"retour": "Demandez l’original."}, qui=chef), en_instruction)
    assert Refus.objects.get().retour == "Demandez l’original."


def test_a_refusal_confirmed_meanwhile_is_told_to_who_would_send_it_back(
    connecter, en_instruction, adresse, agent
):
    examen.refus_propose(en_instruction, agent)
    un, deux = connecter(examen.responsable()), connecter(examen.responsable())
    renvoyer = deux.get(adresse(en_instruction, "renvoyer_refus"))
    un.soumettre(adresse(en_instruction, "confirmer_refus"))

    reponse = deux.soumettre(renvoyer, {"retour": "Demandez l’original."})

    assert "a confirmé le refus." in texte(reponse)
    assert "Demandez l’original." in texte(reponse)


def test_nothing_that_a_colleague_does_is_lost_when_two_propose_a_refusal(connecter, en_instruction, adresse):
    un, deux = connecter(examen.instructeur()), connecter(examen.instructeur())
    pages = [qui.get(adresse(en_instruction, "proposer_refus")) for qui in (un, deux)]

    un.soumettre(pages[0], {"motif": "fraude", "explication": "La première explication."})
    reponse = deux.soumettre(pages[1], {"motif": "autre", "explication": "La seconde explication."})

    assert "a proposé un refus." in texte(reponse)
    assert "La seconde explication." in texte(reponse)
    assert Refus.objects.get().explication == "La première explication."
    assert proposer_refus.__name__ == Evenement.objects.order_by("pk").last().type
