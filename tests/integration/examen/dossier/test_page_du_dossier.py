"""The dossier's page: whose it is, what presses, what happened, in words (R-INSTR-3, R-INSTR-6)."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone

from comptes.models import Courriel
from demandes.etats import Etat
from demandes.models import Convocation, Demande, Evenement, Fichier, Rectification
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.convoquer import convoquer
from demandes.operations.corriger import corriger
from demandes.operations.demander_complement import (
    PieceACompleter,
    demander_complement,
    renoncer_au_complement,
)
from demandes.operations.prendre_en_charge import affecter
from demandes.operations.refuser import confirmer_refus, renvoyer_refus
from demandes.operations.transferer import transferer
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen

PERSONNE = "HAÏDARI-FICTIF Ûmid Farhâd"


@pytest.fixture
def lire(navigateur, adresse):
    """The text of the page as a person reads it."""

    def texte(demande: Demande) -> str:
        reponse = navigateur.get(adresse(demande))
        assert reponse.status_code == 200
        return html.unescape(reponse.content.decode())

    return texte


def test_the_top_says_whose_dossier_it_is_and_where_it_stands(lire, demande, agent):
    page = lire(demande)

    for mots in (f"Dossier n° {demande.numero}", PERSONNE, "carte de résident, valable 10 ans", "Première demande",
                 "Déposée", "personne", "Préfecture du Jura"):  # fmt: skip
        assert mots in page
    examen.amener(demande, Etat.EN_INSTRUCTION, agent)
    assert str(agent) in lire(demande)


@pytest.mark.parametrize(("restent", "badge", "phrase"), [
    (-3, "Droits perdus", "depuis 3 jours"), (0, "Urgent", "ce soir"), (1, "Urgent", "dans 1 jour."),
    (7, "Urgent", "dans 7 jours"), (8, "Bientôt", "dans 8 jours"), (30, "Bientôt", "dans 30 jours"),
    (31, "Droits en cours", "dans 31 jours"),
])  # fmt: skip
def test_the_day_rights_are_lost_is_said_in_words(lire, demande, restent, badge, phrase):
    Demande.objects.filter(pk=demande.pk).update(
        droits_jusqu_au=timezone.localdate() + timedelta(days=restent)
    )

    page = lire(demande)

    assert f">{badge}</span>" in page
    assert phrase in page


def test_what_waits_for_a_human_is_said_first(lire, agent):
    demande = examen.amener(examen.depose(essai.inconnu_du_registre()), Etat.EN_INSTRUCTION, agent)

    page = lire(demande)

    assert "Le registre ne connaît pas le statut déclaré" in page
    for obstacle in ("L’OFPRA n’a pas encore rendu l’état civil", "Le statut déclaré n’est pas vérifié",
                     "Une pièce obligatoire n’est pas acceptée"):  # fmt: skip
        assert obstacle in page
    assert page.index("Avant une décision favorable") < page.index('id="pieces"')


def test_a_flag_without_words_is_still_shown(lire, demande):
    Demande.objects.filter(pk=demande.pk).update(signalements=["D_UN_AUTRE_TEMPS"])

    assert "D_UN_AUTRE_TEMPS" in lire(demande)


def test_a_correction_is_seen_where_the_fact_is_and_in_the_journal(lire, demande, agent):
    examen.faire(corriger, demande, agent, champ="nationalite", valeur="IR", motif="Passeport iranien vu.")

    page = lire(demande)

    assert "Iran" in page
    assert ">Corrigé</span>" in page
    assert "a corrigé « Nationalité » : « Afghanistan » devient « Iran »." in page
    assert "Passeport iranien vu." in page
    # What the person answered is still there.
    assert "Réponses telles qu’elles ont été déposées" in page


def test_the_journal_speaks_in_sentences_with_who_and_why(lire, en_instruction, agent):
    collegue, chef = examen.instructeur(), examen.responsable()
    examen.faire(affecter, en_instruction, agent, a_id=collegue.pk)
    examen.refus_propose(en_instruction, agent)
    examen.faire(renvoyer_refus, en_instruction, chef, retour="Demandez d’abord l’acte original.")
    examen.faire(demander_complement, en_instruction, agent, pieces=[examen.UNE_PIECE])
    examen.faire(
        classer_sans_suite, en_instruction, agent, motif="desistement", explication="Vous l’avez écrit le 3."
    )

    page = lire(en_instruction)

    for phrase in (
        "La personne a déposé la demande.",
        f"{agent} a commencé l’examen.",
        f"{agent} a confié le dossier à {collegue}.",
        f"{agent} a proposé un refus.",
        f"{chef} a renvoyé la proposition de refus. <q>Demandez d’abord l’acte original.</q>",
        f"{agent} a demandé un complément : Justificatif de domicile de moins de 6 mois.",
        "<q>La personne ne veut plus de ce titre. Vous l’avez écrit le 3.</q>",
    ):
        assert phrase in page
    for code in ("renvoyer_refus", "en_instruction →", "desistement"):
        assert code not in page


def test_a_move_names_the_two_prefectures(connecter, adresse, demande, agent):
    examen.faire(transferer, demande, agent, departement="75", motif="Elle a déménagé.")

    page = connecter(examen.instructeur("75")).get(adresse(demande)).content.decode()

    assert "a transféré le dossier : Préfecture du Jura, puis Préfecture de police" in html.unescape(page)


def test_an_event_of_another_time_does_not_keep_the_page_from_opening(lire, demande):
    for type_, valeurs in (
        ("d_un_autre_temps", {}),
        ("corriger", {}),
        ("examiner_piece", {"piece": "inconnue"}),
        ("accepter_les_pieces", {"pieces": ["inconnue"]}),
        ("transferer", {"de": "1", "vers": "2"}),
    ):
        Evenement.objects.create(demande=demande, type=type_, valeurs=valeurs)

    assert "événement « d_un_autre_temps »" in lire(demande)


def test_look_ups_are_counted_apart_and_the_last_ones_named(lire, navigateur, demande, agent):
    lire(demande)
    page = lire(demande)

    assert "2 consultations" in page
    assert f"{agent} a ouvert le dossier." in page
    assert page.count("a ouvert le dossier") == 2


def test_many_look_ups_do_not_make_the_page_longer(lire, demande, agent):
    Evenement.objects.bulk_create(
        Evenement(demande=demande, type="consultation", acteur=agent, valeurs={"objet": "dossier"})
        for _rang in range(100)
    )

    page = lire(demande)

    assert "101 consultations" in page
    assert page.count("a ouvert le dossier") == 30


def test_the_exchange_with_the_person_is_one_thread(lire, en_instruction, agent):
    examen.faire(
        demander_complement, en_instruction, agent, message="Merci de répondre vite.",
        pieces=[PieceACompleter("justificatif_domicile", "perime", "Il date de 2019.")],
    )  # fmt: skip
    complement = en_instruction.complements.get()
    complement.pieces.update(choix="remplacer")
    complement.etat, complement.clos_le = "transmis", timezone.now()
    complement.save()
    Rectification.objects.create(
        demande=en_instruction, champ="telephone", valeur="0601020304", explication="Le numéro a changé."
    )

    page = lire(en_instruction)

    for mots in ("Il date de 2019.", "Merci de répondre vite.", "Réponse attendue le 23 décembre 2026",
                 "Complément transmis", "Remplacée", "Erreur signalée : Autre information", "0601020304",
                 "Le numéro a changé."):  # fmt: skip
        assert mots in page


def test_an_appointment_and_the_wish_of_the_person_are_shown_with_what_to_do(lire, en_instruction, agent):
    le = timezone.now() + timedelta(days=5)
    examen.faire(convoquer, en_instruction, agent, objet="empreintes", le=le, lieu="Guichet 3")
    Convocation.objects.update(etat="a_reporter", souhait="Je travaille le matin.")

    page = lire(en_instruction)

    assert page.count("Je travaille le matin.") == 2
    assert "La personne demande une autre date" in page
    for code in ("honorer_convocation", "annuler_convocation"):
        assert f"/actions/{code}/?convocation={Convocation.objects.get().pk}" in page


def test_a_confirmed_refusal_shows_what_the_person_reads(lire, en_instruction, agent):
    examen.refus_propose(en_instruction, agent)
    page = lire(en_instruction)
    assert "Refus proposé" in page
    assert "Le lien de famille n’est pas établi" in page

    examen.faire(confirmer_refus, en_instruction, examen.responsable())

    page = lire(en_instruction)
    assert "Refus du titre" in page
    assert "L’acte ne montre pas le lien." in page
    assert "Dossier clos le" in page
    assert "révoquée le" in page


def test_messages_are_those_that_the_person_reads_with_the_fate_of_the_mail(lire, en_instruction):
    Courriel.objects.filter(type="examen_commence").update(etat="echec")

    page = lire(en_instruction)

    assert "2 messages envoyés par le portail" in page
    assert "Échec définitif" in page
    assert "La préfecture a commencé l’examen" in page


def test_an_earlier_version_of_a_file_stays_within_reach(lire, demande):
    ancien = Fichier.objects.filter(piece__demande=demande, piece__code="justificatif_domicile").get()
    Fichier.objects.filter(pk=ancien.pk).update(remplace_le=timezone.now())
    nouveau = essai.fichier_pret(ancien.piece, nom="nouvelle.jpg")

    page = lire(demande)

    assert "1 version précédente" in page
    for fichier in (ancien, nouveau):
        assert f"?fichier={fichier.pk}" in page


def test_the_page_asks_the_same_of_the_database_whatever_the_length_of_the_story(
    navigateur, adresse, en_instruction, agent, django_assert_max_num_queries
):
    def raconter():
        examen.faire(demander_complement, en_instruction, agent, pieces=[examen.UNE_PIECE])
        examen.faire(renoncer_au_complement, en_instruction, agent, motif="Reçu au guichet.")
        Rectification.objects.create(demande=en_instruction, champ="nom", explication="Erreur.")

    raconter()
    navigateur.get(adresse(en_instruction))
    with django_assert_max_num_queries(40) as courte:
        navigateur.get(adresse(en_instruction))
    for _fois in range(3):
        raconter()
    with django_assert_max_num_queries(len(courte)):
        navigateur.get(adresse(en_instruction))
