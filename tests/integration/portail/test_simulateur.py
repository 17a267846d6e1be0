"""The simulator: a few questions, then exactly what the rules answer (R-PORTAIL-1, R-REGLES-1, R-REGLES-4)."""

import html
import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demandes.regles.codes import CodeMotif
from demandes.simulateur.questionnaire import Questionnaire
from demandes.simulateur.questions import ETAPES
from referentiels.models import Prefecture

AU = date(2026, 11, 23)
ADULTE = {"date_naissance": "1990-01-01", "numero": "etranger"}
REFUGIE = {"statut": "refugie", **ADULTE, "recepisse": "aucun"}
SUBSIDIAIRE = REFUGIE | {"statut": "protection_subsidiaire"}
FAMILLE = {"statut": "membre_famille", "lien": "conjoint", "statut_du_protege": "refugie", **ADULTE}
TITRE = {"nature": "renouvellement", "titre_type": "carte_resident", "titre_debut": "2016-12-10"}


def texte(reponse) -> str:
    """The page with plain spaces for no-break ones."""
    return html.unescape(reponse.content.decode()).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("reponses", "titre", "attestation"),
    [
        (REFUGIE | {"nature": "premiere"}, "CR10", "APD"),
        (SUBSIDIAIRE | {"nature": "premiere"}, "CSP4_BPS", "APD"),
        (
            SUBSIDIAIRE | TITRE | {"titre_type": "csp_bps", "titre_fin": "2028-12-09",
                                   "residence_reguliere_depuis": "2022-01-01"},
            "CR10", "APD",
        ),
        (FAMILLE | {"nature": "premiere"}, "CR10", "CONFIRMATION_DEPOT"),
        (FAMILLE | {"statut_du_protege": "protection_subsidiaire", "nature": "premiere"}, "CSP4_FAMILLE_BPS",
         "CONFIRMATION_DEPOT"),
        (SUBSIDIAIRE | {"date_naissance": "2010-01-01", "souhaite_travailler": "true", "nature": "premiere"}, "CST1",
         "APD"),
    ],
)  # fmt: skip
def test_a_link_leads_straight_to_the_answer_of_the_rules(reponses, titre, attestation):
    orientation = Questionnaire(reponses, AU).orientation
    assert orientation.titre.code == titre
    assert orientation.attestation.type == attestation


@pytest.mark.parametrize(
    ("reponses", "motif"),
    [
        ({"statut": "apatride"}, CodeMotif.APATRIDE),
        (FAMILLE | {"statut_du_protege": "apatride"}, CodeMotif.APATRIDE),
        ({"statut": "autre"}, CodeMotif.STATUT_HORS_CHAMP),
        (REFUGIE | {"numero": "aucun"}, CodeMotif.SANS_NUMERO),
        (REFUGIE | {"recepisse": "reconnu_refugie"}, CodeMotif.RECEPISSE_EN_COURS),
        (REFUGIE | {"date_naissance": "2012-01-01"}, CodeMotif.MINEUR_MOINS_DE_16_ANS),
        (
            REFUGIE | {"date_naissance": "2010-01-01", "souhaite_travailler": "false"},
            CodeMotif.MINEUR_SANS_ACTIVITE,
        ),
        (REFUGIE | {"nature": "renouvellement", "titre_type": "aucun"}, CodeMotif.RENOUVELLEMENT_SANS_TITRE),
        (REFUGIE | TITRE | {"titre_fin": "2027-12-09"}, CodeMotif.RENOUVELLEMENT_TROP_TOT),
        (REFUGIE | TITRE | {"titre_fin": "2025-12-09"}, CodeMotif.RENOUVELLEMENT_TROP_TARD),
        (REFUGIE | {"nature": "premiere", "demande_en_cours": "true"}, CodeMotif.DEMANDE_EN_COURS),
    ],
)
def test_each_dead_end_says_what_to_do_and_whom_to_call(client, reponses, motif):
    with time_machine.travel(AU, tick=False):
        assert motif in Questionnaire(reponses, AU).orientation.motifs
        page = texte(client.get("/simulateur/", reponses))
    assert "Que faire ?" in page
    assert "0 806 001 620" in page
    assert "Source :" in page
    assert "Préparer et commencer ma demande" not in page


def test_questions_stop_as_soon_as_an_answer_closes_the_way():
    questionnaire = Questionnaire({"statut": "apatride", "valider": "statut"}, AU)
    assert questionnaire.redirection == "statut=apatride"


def test_every_reason_of_a_link_is_told():
    reponses = {"statut": "apatride", "date_naissance": "2014-01-01", "numero": "aucun"}
    assert set(Questionnaire(reponses, AU).orientation.motifs) == {
        CodeMotif.APATRIDE, CodeMotif.MINEUR_MOINS_DE_16_ANS, CodeMotif.SANS_NUMERO,
    }  # fmt: skip


def test_a_person_answers_page_after_page_without_script(client):
    pages, reponse = [], client.get("/simulateur/")
    saisies = {
        "statut": {"statut": "protection_subsidiaire"},
        "personne": {"date_naissance_annee": "1990", "numero": "visa"},
        "recepisse": {"recepisse": "aucun"},
        "nature": {"nature": "renouvellement"},
        "titre": {
            "titre_type": "csp_bps",
            "titre_debut_jour": "1",
            "titre_debut_mois": "12",
            "titre_debut_annee": "2022",
            "titre_fin_jour": "30",
            "titre_fin_mois": "11",
            "titre_fin_annee": "2026",
        },
        "residence": {},
    }
    with time_machine.travel(AU, tick=False):
        while "Continuer" in (page := texte(reponse)):
            (etape,) = re.findall(r'name="valider" value="(\w+)"', page)
            pages.append(etape)
            caches = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
            reponse = client.get("/simulateur/", {**caches, **saisies[etape], "valider": etape}, follow=True)
    assert pages == list(saisies)
    assert "Vous pouvez faire votre demande en ligne" in page
    assert "Carte de séjour pluriannuelle de 4 ans" in page


def test_a_changed_answer_keeps_the_others(client):
    reponses = REFUGIE | {"nature": "premiere"}
    page = texte(client.get("/simulateur/", reponses))
    (lien,) = re.findall(r'href="\?([^"]*etape=personne)"', page)[:1]
    page = texte(client.get(f"/simulateur/?{lien}"))
    assert 'name="nature" value="premiere"' in page
    assert 'value="1990"' in page
    suite = client.get("/simulateur/", reponses | {"date_naissance": "1991-05-04", "valider": "personne"})
    attendues = reponses | {"date_naissance": "1991-05-04"}
    assert dict(parse_qsl(urlsplit(suite.url).query)) == attendues


def test_an_unanswered_question_is_an_error_that_names_it(client):
    page = texte(client.get("/simulateur/?valider=statut"))
    assert "Une réponse est à corriger" in page
    assert 'href="#id_statut_0"' in page
    assert "<title>Erreur" in page


@pytest.mark.parametrize(
    ("champ", "valeur", "etape"),
    [("statut", "roi", "statut"), ("date_naissance", "2031-01-01", "personne"), ("date_naissance", "hier", "personne"),
     ("titre_fin", "2001-01-01", "titre"), ("titre_type", "carte_bleue", "titre")],
)  # fmt: skip
def test_a_wrong_answer_in_a_link_is_asked_again_with_a_sentence(champ, valeur, etape):
    questionnaire = Questionnaire(REFUGIE | TITRE | {"titre_fin": "2026-12-09"} | {champ: valeur}, AU)
    assert questionnaire.etape.nom == etape
    assert champ in questionnaire.formulaire.errors


def test_a_number_in_a_link_is_understood_and_does_not_travel_further(client):
    page = texte(
        client.get(
            "/simulateur/", {"statut": "refugie", "numero_etranger": "9901234567", "etape": "personne"}
        )
    )
    assert "9901234567" not in page
    assert (
        "9901234567"
        not in Questionnaire({"statut": "refugie", "numero_etranger": "9901234567"}, AU).adresse()
    )


def test_a_dead_end_in_a_prefecture_asks_the_departement_and_shows_its_address(client):
    faits = {
        "nom": "Préfecture du Rhône", "departement": "Rhône", "site": "6901", "adresse": "1 rue fictive",
        "code_postal": "69003", "commune": "Lyon", "horaires": "Lundi à vendredi, 9 h à 12 h",
    }  # fmt: skip
    Prefecture.objects.update_or_create(code_departement="69", defaults=faits)
    page = texte(client.get("/simulateur/?statut=apatride"))
    assert "69 – Rhône" in page
    assert "1 rue fictive" not in page
    page = texte(client.get("/simulateur/?statut=apatride&departement=69"))
    assert "1 rue fictive, 69003 Lyon" in page
    assert "9 h à 12 h" in page
    assert "n’est pas connu" in texte(client.get("/simulateur/?statut=apatride&departement=00"))


def test_the_answer_shows_the_documents_and_why(client):
    page = texte(client.get("/simulateur/", REFUGIE | {"nature": "premiere"}))
    assert "Décision qui accorde la protection" in page
    assert "Pourquoi cette réponse ?" in page
    assert "L.424-1" in page


CHAMPS = sorted(
    {champ for etape in ETAPES for champ in etape.champs} | {"valider", "etape", "numero_etranger"}
)
CONNUES = [
    "refugie", "protection_subsidiaire", "membre_famille", "conjoint", "aucun", "true", "false", "renouvellement",
    "premiere", "csp_bps", "1990-01-01", "2010-00-00", "2026-12-01", "0001-01-01", "9999-12-31", "titre", "personne",
]  # fmt: skip
VALEURS = st.sampled_from(["", *CONNUES]) | st.text(max_size=12)


@given(donnees=st.dictionaries(st.sampled_from(CHAMPS), VALEURS, max_size=10))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_link_breaks_the_simulator(donnees):
    questionnaire = Questionnaire(donnees, timezone.localdate())
    suites = (questionnaire.redirection is not None, questionnaire.formulaire is not None,
              questionnaire.orientation is not None)  # fmt: skip
    assert any(suites)
