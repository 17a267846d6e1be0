"""The page of a dossier: what happened, who acts, until when, the answer, the card, who looked (R-ESPACE-1)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Compte
from demandes.chronologie import INTERNES, PHRASES, chronologie, consultations, delai_legal, prochaine_action
from demandes.etats import Etat
from demandes.models import Demande, Evenement, Piece, Refus, Remise
from demandes.operations.annoncer_titre import annoncer_titre
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.corriger import corriger
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.journaliser_consultation import journaliser_consultation
from demandes.operations.prendre_en_charge import prendre_en_charge
from demandes.operations.refuser import confirmer_refus, proposer_refus
from demandes.operations.transferer import transferer
from tests import dossiers_d_essai as essai
from tests.integration.examen.espace.conftest import DOMICILE, joindre


@pytest.fixture
def cles(demande, agent) -> dict:
    """What every operation of the agent takes."""
    return {"demande_id": demande.pk, "agent_id": agent.pk, "version": None}


@pytest.fixture
def en_instruction(cles) -> Demande:
    return prendre_en_charge(**cles, maintenant=timezone.now())


@pytest.fixture
def lire(connecter):
    """The page of a dossier as its owner sees it, as text."""

    def _lire(demande: Demande, compte: Compte | None = None) -> str:
        navigateur = connecter(compte or demande.compte)
        return navigateur.get(f"/espace/demandes/{demande.pk}/").content.decode()

    return _lire


# --- timeline and who acts --------------------------------------------------------------------------------


def test_the_timeline_tells_the_examination_in_order(demande, demander):
    demander(demande, DOMICILE, "ephoto")

    phrases = [moment.phrase for moment in chronologie(demande)]

    assert phrases == [
        "La demande est déposée.",
        "La préfecture a commencé l’examen.",
        "La préfecture a demandé un complément : Justificatif de domicile de moins de 6 mois, Code e-photo.",
    ]


def test_a_correction_and_a_move_are_named(cles, demande):
    maintenant = timezone.now()
    corriger(**cles, champ="nom", valeur="KARIMI-FICTIF", motif="Acte", maintenant=maintenant)
    transferer(**cles, departement="92", motif="Elle a déménagé.", maintenant=maintenant)

    phrases = [moment.phrase for moment in chronologie(demande)]

    assert "La préfecture a corrigé une information : Nom de famille." in phrases
    assert "Le dossier est passé à une autre préfecture : Préfecture des Hauts-de-Seine." in phrases


def test_the_agents_own_work_is_not_told_before_its_result(cles, en_instruction, lire, demande):
    proposer_refus(**cles, motif="fraude", explication="Pièce douteuse.", maintenant=timezone.now())

    page = lire(demande)

    assert "refus" not in page.split("<main")[1].split("</main>")[0].lower()
    assert {"proposer_refus", "examiner_piece"} <= INTERNES


def test_nobody_s_name_of_the_prefecture_is_shown(demande, agent, cles, en_instruction, lire):
    agent.nom, agent.prenoms = "AGENT-SECRET-FICTIF", "Zoé"
    agent.save()
    journaliser_consultation(demande_id=demande.pk, agent_id=agent.pk, objet="dossier")

    page = lire(demande)

    assert "AGENT-SECRET-FICTIF" not in page
    assert agent.identifiant not in page


@pytest.mark.parametrize("etat", sorted(set(Etat) - {Etat.BROUILLON}))
def test_every_state_says_who_acts_and_whether_it_is_the_person(demande, etat):
    essai.amener(demande, etat)

    action = prochaine_action(demande)

    assert action.phrase
    assert action.a_vous == (etat in (Etat.COMPLEMENT_DEMANDE, Etat.TITRE_DISPONIBLE))


def test_a_complement_says_its_last_day(demande, complement, lire):
    page = lire(demande)

    assert f"répondez à la préfecture au plus tard le {complement.echeance.day}" in page


def test_the_wait_for_ofpra_is_explained(deposer_pour, lire):
    demande = deposer_pour(essai.refugie(le=timezone.now(), registre={"etat_civil_ofpra": False}))
    assert demande.ofpra_en_attente

    page = lire(demande)

    for mots in (
        "L’OFPRA prépare l’état civil",
        "La préfecture ne peut pas décider avant",
        "couvre cette attente",
    ):
        assert mots in page


def test_a_declared_status_says_that_an_agent_checks_it(demande):
    demande.controle = Demande.Controle.A_VERIFIER

    assert "sous deux jours ouvrés" in prochaine_action(demande).phrase


# --- legal delay ------------------------------------------------------------------------------------------


def test_a_protected_person_is_told_three_months_and_then_that_they_have_passed(demande, lire):
    depot = timezone.localtime(demande.deposee_le).date()

    delai = delai_legal(demande)

    assert (delai.jour - depot).days in range(89, 93)
    assert "cette date est passée" not in delai.phrase(delai.jour - timedelta(days=1))
    assert "cette date est passée" in delai.phrase(delai.jour)
    with time_machine.travel(timezone.now() + timedelta(days=100), tick=False):
        assert "cette date est passée" in lire(demande)


def test_the_family_is_told_what_four_months_of_silence_mean_and_how_to_contest(deposer_pour, lire):
    demande = deposer_pour(essai.conjoint(le=timezone.now()))
    depot = timezone.localtime(demande.deposee_le).date()

    delai = delai_legal(demande)

    assert (delai.jour - depot).days in range(119, 124)
    avant = lire(demande)
    assert "la loi dit que la demande est refusée" in avant
    assert "Faire un recours" not in avant
    with time_machine.travel(timezone.now() + timedelta(days=130), tick=False):
        assert "Faire un recours" in lire(demande)


def test_the_family_s_delay_stops_while_a_complement_is_awaited(deposer_pour, demander):
    demande = deposer_pour(essai.conjoint(le=timezone.now()))
    jour = delai_legal(demande).jour

    complement = demander(demande)
    assert delai_legal(demande).jour == jour + timedelta(days=30)

    complement.etat, complement.clos_le = "transmis", timezone.now() + timedelta(days=4)
    complement.save()
    assert delai_legal(demande).jour == jour + timedelta(days=4)


@pytest.mark.parametrize(
    "etat", ["decision_favorable", "decision_defavorable", "classee_sans_suite", "retiree"]
)
def test_once_decided_no_delay_is_told(demande, lire, etat):
    essai.amener(demande, etat)

    assert "Délai légal" not in lire(demande)


# --- the answer -------------------------------------------------------------------------------------------


def test_a_refusal_gives_its_reasons_and_the_remedies(cles, en_instruction, demande, lire):
    proposer_refus(
        **cles, motif="fraude", explication="L’acte est faux.\nVoir article 3.", maintenant=timezone.now()
    )
    responsable = essai.agent(essai.prefecture("39"), role="responsable")
    confirmer_refus(**{**cles, "agent_id": responsable.pk}, maintenant=timezone.now())

    page = lire(demande)

    for mots in ("faux document ou une fausse déclaration", "L’acte est faux.", "recours contentieux".capitalize(),
                 "deux mois", "aide juridictionnelle", "Annulée le"):  # fmt: skip
        assert mots in page


def test_a_refusal_sent_back_is_nobody_s_business(demande, agent, lire):
    essai.amener(demande, Etat.DECISION_DEFAVORABLE)
    Refus.objects.create(
        demande=demande, motif="fraude", explication="Brouillon secret.", propose_par=agent, propose_le=timezone.now(),
        etat="renvoye", conclu_par=essai.agent(), conclu_le=timezone.now(),
    )  # fmt: skip

    assert "Brouillon secret." not in lire(demande)


def test_a_closing_gives_its_reason_and_the_way_to_apply_again(cles, en_instruction, demande, lire):
    classer_sans_suite(
        **cles,
        motif="complement_non_recu",
        explication="<b>Rien</b> reçu depuis mars.",
        maintenant=timezone.now(),
    )

    page = lire(demande)

    assert "Le complément demandé n’a pas été envoyé." in page
    assert "&lt;b&gt;Rien&lt;/b&gt; reçu depuis mars." in page
    assert "Faire une nouvelle demande" in page
    assert "gracieux" in page


# --- the card ---------------------------------------------------------------------------------------------


@pytest.fixture
def annoncee(cles, en_instruction, demande) -> Remise:
    Piece.objects.filter(demande=demande).update(avis="acceptee")
    decider_favorable(**cles, maintenant=timezone.now())
    jour = timezone.localdate()
    return annoncer_titre(
        **cles, titre_numero="FIC1234567", titre_debut=jour, titre_fin=jour + timedelta(days=3000),
        maintenant=timezone.now(),
    )  # fmt: skip


def test_the_card_that_is_ready_shows_what_is_due_line_by_line(annoncee, demande, lire):
    page = lire(demande)

    for ligne in annoncee.lignes:
        assert ligne["libelle"] in page
        assert f"{ligne['euros']} €" in page
        assert ligne["article"] in page
    for mots in (
        f"<strong>{annoncee.euros} €</strong>",
        "bureau de tabac",
        "timbres.impots.gouv.fr",
        "À vous d’agir",
    ):
        assert mots in page
    assert "L’ancien titre de séjour" not in page


def test_a_card_that_was_handed_over_asks_for_nothing(annoncee, demande, agent, lire):
    Remise.objects.update(remise_le=timezone.now(), remise_par=agent, timbre="1" * 16)

    page = lire(demande)

    assert "Elle a été remise le" in page
    assert "Montant à payer" not in page


# --- documents --------------------------------------------------------------------------------------------


def test_each_attestation_says_whether_it_still_counts(demande, lire):
    apd = Attestation.objects.get()
    assert "En vigueur" in lire(demande)

    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        assert "Finie" in lire(demande)
    Attestation.objects.update(debut=timezone.localdate() + timedelta(days=3))
    assert "Pas encore en vigueur" in lire(demande)
    Attestation.objects.update(debut=apd.debut, remplacee_le=timezone.now())
    assert "Remplacée le" in lire(demande)
    Attestation.objects.update(revoquee_le=timezone.now())
    assert "Annulée le" in lire(demande)


def test_what_was_sent_is_listed_with_its_older_versions_but_not_the_answer_under_way(
    demande, complement, lire
):
    joindre(complement, nom="pas-encore-envoye.jpg")
    ancien = Piece.objects.get(demande=demande, code="decision_protection").fichiers.get()
    ancien.nom, ancien.remplace_le = "premiere-version.jpg", timezone.now()
    ancien.save()

    page = lire(demande)

    assert "premiere-version.jpg" in page
    assert "Versions précédentes" in page
    assert "pas-encore-envoye.jpg" not in page


# --- who looked -------------------------------------------------------------------------------------------


def test_look_ups_are_grouped_by_day_and_service_with_the_number_of_documents(demande, agent):
    for objet in ("dossier", "f1", "f2", "f2"):
        journaliser_consultation(demande_id=demande.pk, agent_id=agent.pk, objet=objet)

    (ligne,) = consultations(demande)

    assert (ligne.service, ligne.documents) == ("Préfecture du Jura", 2)
    assert ligne.jour == timezone.localdate()


def test_each_look_up_names_the_prefecture_of_its_time(demande, agent, cles):
    journaliser_consultation(demande_id=demande.pk, agent_id=agent.pk, objet="dossier")
    transferer(**cles, departement="92", motif="Elle a déménagé.", maintenant=timezone.now())
    ailleurs = essai.agent(essai.prefecture("92"))
    journaliser_consultation(demande_id=demande.pk, agent_id=ailleurs.pk, objet="dossier")
    demande.refresh_from_db()

    assert {c.service for c in consultations(demande)} == {
        "Préfecture du Jura",
        "Préfecture des Hauts-de-Seine",
    }


def test_the_support_desk_is_named_as_such(demande):
    soutien = essai.compte(identifiant="ccc-fictif", role="ccc")
    journaliser_consultation(demande_id=demande.pk, agent_id=soutien.pk, objet="dossier")

    assert [c.service for c in consultations(demande)] == ["Centre de contact citoyens"]


def test_the_page_asks_no_more_of_the_database_for_a_long_history(
    demande, agent, connecter, django_assert_max_num_queries
):
    navigateur = connecter(demande.compte)
    for rang in range(60):
        journaliser_consultation(demande_id=demande.pk, agent_id=agent.pk, objet=f"f{rang}")
        Evenement.objects.create(demande=demande, type="corriger", valeurs={"champ": "nom"})

    with django_assert_max_num_queries(20):
        assert navigateur.get(f"/espace/demandes/{demande.pk}/").status_code == 200


# --- several people ---------------------------------------------------------------------------------------


def test_each_child_is_named_and_has_a_page(deposer_pour, connecter):
    parent = essai.compte_de(essai.personne(nom="MÈRE-FICTIVE", sexe="F"))
    enfants = [
        deposer_pour(essai.enfant_mineur(parent=parent, le=timezone.now(), prenoms=[prenom]))
        for prenom in ("Nour", "Idris")
    ]

    page = connecter(parent).get("/espace/").content.decode()

    for enfant, prenom in zip(enfants, ("Nour", "Idris"), strict=True):
        assert f"Pour {prenom}" in page
        assert f"/espace/demandes/{enfant.pk}/" in page


def test_the_account_page_says_who_must_act_and_until_when(demande, complement, connecter):
    page = connecter(demande.compte).get("/espace/").content.decode()

    assert "À vous d’agir" in page
    assert "répondez à la préfecture au plus tard" in page


def test_a_closed_dossier_stays_readable(demande, connecter):
    essai.amener(demande, Etat.TITRE_REMIS)

    page = connecter(demande.compte).get("/espace/").content.decode()

    assert "Demandes terminées" in page
    assert f"/espace/demandes/{demande.pk}/" in page


def test_the_child_s_own_account_sees_the_dossier_and_its_documents(deposer_pour, connecter, lire):
    demande = deposer_pour(essai.enfant_mineur(le=timezone.now()))
    enfant = essai.compte(numero_etranger=demande.beneficiaire)
    Demande.objects.update(majorite_le=timezone.localdate())

    assert demande.numero in lire(demande, enfant)
    attestation = demande.attestations.get()
    reponse = connecter(enfant).get(f"/espace/attestations/{attestation.pk}/")
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == "application/pdf"


def test_the_sentences_name_every_value_they_use():
    assert all(
        str(phrase) % {"pieces": "", "champ": "", "prefecture": "", "objet": ""}
        for phrase in PHRASES.values()
    )
