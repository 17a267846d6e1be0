"""The card, corrections, reported errors and appointments through their pages (R-INSTR-5, R-ESPACE-2, spec part 13)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from demandes.etats import Etat
from demandes.models import Convocation, Evenement, Rectification, Remise
from demandes.textes import ACTIONS_IMPOSSIBLES
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.integration.examen.dossier.lecture_de_page import ACTION, texte

# --- the card ------------------------------------------------------------------------------------------------


def test_the_amount_is_shown_line_by_line_with_what_is_to_be_confirmed(navigateur, agent, adresse):
    demande = examen.amener(examen.depose(essai.refugie_renouvellement()), Etat.DECISION_FAVORABLE, agent)

    page = texte(navigateur.get(adresse(demande, "annoncer_titre")))

    for mots in ("Taxe de renouvellement", "L.436-2", "200 €", "Droit de timbre", "50 €", "250 €", "À confirmer",
                 "Avec la majoration pour retard : 430 €."):  # fmt: skip
        assert mots in page


def test_the_dates_proposed_follow_the_old_permit_and_the_duration(navigateur, agir, agent, adresse, fait):
    fin = timezone.localdate() + timedelta(days=60)
    demande = examen.amener(
        examen.depose(essai.refugie_renouvellement(fin=fin)), Etat.DECISION_FAVORABLE, agent
    )

    fait(agir(demande, "annoncer_titre", {"titre_numero": "fic 123456"}), demande)

    remise = Remise.objects.get()
    assert remise.titre_debut == fin + timedelta(days=1)
    assert remise.titre_fin == remise.titre_debut.replace(year=remise.titre_debut.year + 10) - timedelta(
        days=1
    )
    assert (remise.titre_numero, remise.euros) == ("FIC123456", 250)


@pytest.mark.parametrize(("saisie", "phrase"), [
    ({"titre_numero": ""}, "Répondez à la question : Numéro du titre"),
    ({"titre_numero": "??"}, "Écrivez le numéro du titre"),
    ({"titre_fin_annee": "2099"}, "Vérifiez les dates du titre"),
    ({"titre_debut_mois": "13"}, "Cette date n’existe pas"),
    ({"majoration": "on"}, "Écrivez pourquoi la majoration pour retard s’applique."),
    ({"majoration_motif": "En retard."}, "cochez aussi la case"),
])  # fmt: skip
def test_a_card_that_cannot_be_is_not_announced(agir, agent, saisie, phrase):
    demande = examen.amener(examen.depose(essai.refugie_renouvellement()), Etat.DECISION_FAVORABLE, agent)

    reponse = agir(demande, "annoncer_titre", {"titre_numero": "FIC123456", **saisie})

    assert phrase in texte(reponse)
    assert not Remise.objects.exists()


def test_the_surcharge_is_added_with_its_reason(agir, agent, fait):
    demande = examen.amener(examen.depose(essai.refugie_renouvellement()), Etat.DECISION_FAVORABLE, agent)

    saisie = {"titre_numero": "FIC123456", "majoration": "on", "majoration_motif": "Demande tardive."}
    fait(agir(demande, "annoncer_titre", saisie), demande)

    assert Remise.objects.get().euros == 430
    assert Evenement.objects.get(type="annoncer_titre").valeurs["majoration"] == "Demande tardive."


def test_a_first_application_has_no_surcharge_to_add(navigateur, demande, agent, adresse):
    examen.amener(demande, Etat.DECISION_FAVORABLE, agent)

    page = texte(navigateur.get(adresse(demande, "annoncer_titre")))

    assert "50 €" in page
    assert "majoration" not in page


def test_the_card_is_handed_over_against_its_stamp(navigateur, agir, agent, adresse, fait):
    demande = examen.amener(examen.depose(essai.refugie_renouvellement()), Etat.TITRE_DISPONIBLE, agent)
    numero = examen.timbre(250)
    page = texte(navigateur.get(adresse(demande, "remettre_titre")))
    assert "250 €" in page
    assert "Ancien titre à reprendre" in page

    fait(
        agir(demande, "remettre_titre", {"timbre": "1234 5678 9012 3456", "ancien_titre_rendu": "oui"}),
        demande,
    )
    assert demande.etat == Etat.TITRE_REMIS
    assert demande.remise.timbre == numero


@pytest.mark.parametrize(("saisie", "code"), [
    ({"timbre": "123456789012345", "ancien_titre_rendu": "oui"}, "timbre_format"),
    ({"timbre": "9999999999999999", "ancien_titre_rendu": "oui"}, "timbre_inconnu"),
    ({"timbre": "1111111111111111", "ancien_titre_rendu": "oui"}, "timbre_montant"),
    ({"timbre": "2222222222222222", "ancien_titre_rendu": "oui"}, "timbre_utilise"),
    ({"timbre": "1234567890123456", "ancien_titre_rendu": "non"}, "ancien_titre"),
])  # fmt: skip
def test_a_stamp_or_an_old_permit_that_is_not_in_order_keeps_the_card(agir, agent, saisie, code):
    demande = examen.amener(examen.depose(essai.refugie_renouvellement()), Etat.TITRE_DISPONIBLE, agent)
    examen.timbre(250)
    examen.timbre(50, "1111111111111111")
    examen.timbre(250, "2222222222222222", utilise_le=timezone.now(), reference="AILLEURS")

    reponse = agir(demande, "remettre_titre", saisie)

    assert str(ACTIONS_IMPOSSIBLES[code]) in texte(reponse)
    assert saisie["timbre"] in texte(reponse)
    demande.refresh_from_db()
    assert demande.etat == Etat.TITRE_DISPONIBLE


# --- corrections, reports, appointments ------------------------------------------------------------------------


def test_the_list_of_fields_shows_their_present_value(navigateur, demande, adresse):
    page = texte(navigateur.get(adresse(demande, "corriger")))

    for mots in (
        "HAÏDARI-FICTIF",
        "Ûmid Farhâd",
        "Homme",
        "14/03/1990",
        "Afghanistan",
        "39000 Lons-le-Saunier",
    ):
        assert mots in page
    assert "?champ=commune" in page


@pytest.mark.parametrize(("champ", "saisie", "attendu"), [
    ("nom", {"valeur": "AUTRE-FICTIF"}, ("civil", "nom", "AUTRE-FICTIF")),
    ("date_naissance", {"valeur_jour": "", "valeur_mois": ""}, ("civil", "date_naissance", "1990-00-00")),
    ("sexe", {"valeur": "F"}, ("civil", "sexe", "F")),
    ("nationalite", {"valeur": "XB"}, ("civil", "nationalite", "XB")),
    ("commune", {"valeur": "39100 Dole"}, ("adresse", "commune", "Dole")),
    ("complement", {"valeur": ""}, ("adresse", "complement", "")),
])  # fmt: skip
def test_a_field_is_corrected_from_its_present_value(agir, demande, fait, champ, saisie, attendu):
    fait(agir(demande, "corriger", {**saisie, "motif": "Passeport vu."}, f"champ={champ}"), demande)

    partie, nom, valeur = attendu
    assert demande.donnees[partie][nom] == valeur


@pytest.mark.parametrize(("champ", "saisie", "phrase"), [
    ("nom", {"valeur": ""}, "Répondez à la question : Nouvelle valeur"),
    ("nom", {}, "La valeur est déjà celle du dossier."),
    ("commune", {"valeur": "39000 Paris"}, "Cette valeur n’est pas possible pour ce champ."),
    ("date_naissance", {"valeur_annee": "2999"}, "Cette valeur n’est pas possible pour ce champ."),
])  # fmt: skip
def test_a_value_that_the_field_cannot_have_is_told_beside_it(agir, demande, champ, saisie, phrase):
    reponse = agir(demande, "corriger", {**saisie, "motif": "Passeport vu."}, f"champ={champ}")

    assert phrase in texte(reponse)
    assert "Passeport vu." in texte(reponse)
    assert not Evenement.objects.filter(type="corriger").exists()


@pytest.mark.parametrize("parametres", ["champ=numero", "champ=../etat", "champ=%00"])
def test_a_field_that_is_not_corrected_here_does_not_exist(navigateur, demande, adresse, parametres):
    assert navigateur.get(adresse(demande, "corriger", parametres)).status_code == 404


def test_a_reported_error_is_corrected_with_what_the_person_proposes(
    navigateur, agir, demande, adresse, fait
):
    signalee = Rectification.objects.create(
        demande=demande, champ="nom", valeur="AUTRE-FICTIF", explication="Mon nom est mal écrit."
    )
    lien = f"champ=nom&rectification={signalee.pk}"
    assert lien.replace("&", "&amp;") in navigateur.get(adresse(demande)).content.decode()

    fait(agir(demande, "corriger", parametres=lien), demande)

    signalee.refresh_from_db()
    assert (demande.donnees["civil"]["nom"], signalee.etat) == ("AUTRE-FICTIF", "corrigee")


def test_a_reported_error_is_refused_with_an_answer(agir, demande, fait):
    signalee = Rectification.objects.create(
        demande=demande, champ="autre", explication="J’ai changé de numéro."
    )
    lien = f"rectification={signalee.pk}"

    assert "Répondez à la question" in texte(
        agir(demande, "traiter_rectification", {"etat": "refusee"}, lien)
    )
    fait(agir(demande, "traiter_rectification", {"etat": "refusee", "reponse": "Faites-le dans votre compte."}, lien),
         demande)  # fmt: skip
    signalee.refresh_from_db()
    assert (signalee.etat, signalee.reponse) == ("refusee", "Faites-le dans votre compte.")


def test_a_report_of_another_dossier_is_not_reached_through_this_one(navigateur, demande, adresse):
    ailleurs = Rectification.objects.create(demande=examen.depose(), champ="nom", explication="Erreur.")

    for code in ("traiter_rectification", "corriger"):
        page = navigateur.get(adresse(demande, code, f"champ=nom&rectification={ailleurs.pk}"))
        assert page.status_code == 404 or "Erreur." not in texte(page)


def test_the_dossier_moves_and_the_agent_comes_back_to_the_queue(agir, demande, adresse):
    reponse = agir(demande, "transferer", {"departement": "75", "motif": "Déménagement."})

    assert reponse.status_code == 302
    assert reponse.url == "/gestion/demandes/demande/"
    demande.refresh_from_db()
    assert demande.prefecture_id == "75"


def test_an_appointment_is_given_moved_and_cancelled(navigateur, agir, en_instruction, adresse, fait):
    le = timezone.localdate() + timedelta(days=10)
    jour = {"date_jour": le.day, "date_mois": le.month, "date_annee": le.year}
    assert "Préfecture du Jura" in texte(navigateur.get(adresse(en_instruction, "convoquer")))
    fait(agir(en_instruction, "convoquer", {**jour, "heure": "09:30"}), en_instruction)
    premiere = Convocation.objects.get()
    assert timezone.localtime(premiere.le).strftime("%Y-%m-%d %H:%M") == f"{le:%Y-%m-%d} 09:30"

    fait(agir(en_instruction, "convoquer", {**jour, "heure": "14h15", "lieu": "Guichet 4"}), en_instruction)
    premiere.refresh_from_db()
    seconde = Convocation.objects.get(etat="prevue")
    assert (premiere.etat, seconde.lieu) == ("remplacee", "Guichet 4")

    lien = f"convocation={seconde.pk}"
    fait(agir(en_instruction, "annuler_convocation", {"motif": "Guichet fermé."}, lien), en_instruction)
    seconde.refresh_from_db()
    assert seconde.etat == "annulee"


def test_that_the_person_came_is_noted_in_one_click(navigateur, agir, en_instruction, adresse, agent, fait):
    convocation = Convocation.objects.create(
        demande=en_instruction, objet="empreintes", le=timezone.now(), lieu="Guichet 3", cree_par=agent
    )

    fait(
        navigateur.soumettre(adresse(en_instruction), formulaire=ACTION.format("honorer_convocation")),
        en_instruction,
    )
    convocation.refresh_from_db()
    assert convocation.etat == "honoree"


@pytest.mark.parametrize(("saisie", "phrase"), [
    ({"heure": "midi"}, "Écrivez l’heure avec deux nombres"),
    ({"date_annee": "2020"}, "Cette date est passée."),
    ({"lieu": ""}, "Répondez à la question : Lieu"),
    ({"date_jour": "32"}, "Cette date n’existe pas"),
])  # fmt: skip
def test_an_appointment_that_cannot_be_kept_is_not_given(agir, en_instruction, saisie, phrase):
    jour = {"date_jour": "3", "date_mois": "6", "date_annee": "2040", "heure": "09:30"}

    reponse = agir(en_instruction, "convoquer", {**jour, **saisie})

    assert phrase in texte(reponse)
    assert not Convocation.objects.exists()
