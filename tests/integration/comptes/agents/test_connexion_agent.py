"""The staff's login page, their sessions, and the two parts of the portal (R-COMPTE-5)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from comptes.models import Agent, Compte, EvenementAgent
from comptes.operations.agents.activer_agent import desactiver_agent, reactiver_agent
from comptes.operations.agents.modifier_agent import marque, modifier_agent
from comptes.operations.agents.reinitialiser_second_facteur import reinitialiser_second_facteur
from comptes.operations.changer_mot_de_passe import changer_mot_de_passe
from tests import dossiers_d_essai as essai
from tests.integration.comptes.reperes import MOT_DE_PASSE
from tests.rigueur.navigateur import Navigateur
from tests.seconds_facteurs import code_de

CONNEXION, CODE, ACCUEIL = "/gestion/login/", "/gestion/second-facteur/", "/gestion/"


def sans_variable(page: str, *saisies: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    for saisie in saisies:
        page = page.replace(saisie, "")
    return page


# --- the door ----------------------------------------------------------------------------------------------


def test_after_the_password_comes_the_second_factor_and_then_the_admin(enrole, entrer):
    navigateur = entrer(enrole)
    assert navigateur.get(ACCUEIL).url == CODE

    reponse = navigateur.soumettre(CODE, {"code_unique": code_de(enrole)})

    assert reponse.url == ACCUEIL
    assert navigateur.get(ACCUEIL).status_code == 200


def test_whoever_logs_in_at_the_usagers_door_meets_the_second_factor_all_the_same(enrole, navigateur):
    reponse = navigateur.soumettre(
        "/compte/connexion/", {"username": enrole.identifiant, "password": MOT_DE_PASSE}, follow=True
    )

    assert reponse.redirect_chain[-1][0] == CODE


def test_unknown_login_wrong_password_usager_and_closed_account_get_one_answer(agent, compte):
    Compte.objects.create_user("parti.essai", MOT_DE_PASSE, role="ccc", is_active=False)
    essais = [
        ("inconnu.essai", MOT_DE_PASSE), (agent.identifiant, "un mauvais mot de passe"),
        (compte.identifiant, MOT_DE_PASSE), ("parti.essai", MOT_DE_PASSE),
    ]  # fmt: skip

    reponses = [Client().post(CONNEXION, {"username": qui, "password": mdp}) for qui, mdp in essais]

    assert {reponse.status_code for reponse in reponses} == {200}
    pages = {sans_variable(reponse.content.decode(), *(qui for qui, _ in essais)) for reponse in reponses}
    assert len(pages) == 1
    assert "L’identifiant ou le mot de passe n’est pas le bon." in pages.pop()


def test_the_right_password_of_an_usager_locks_here_as_a_wrong_one_does(compte):
    envoi = {"username": compte.identifiant, "password": MOT_DE_PASSE}

    assert [Client().post(CONNEXION, envoi).status_code for _fois in range(5)] == [200] * 4 + [429]


def test_five_failures_lock_the_login_with_a_sentence_in_the_staffs_own_page(agent):
    envoi = {"username": agent.identifiant, "password": "faux"}
    codes = [Client().post(CONNEXION, envoi).status_code for _fois in range(5)]
    bloque = Client().post(CONNEXION, {**envoi, "password": MOT_DE_PASSE})

    assert codes == [200] * 4 + [429]
    assert bloque.status_code == 429
    assert "Vous pourrez essayer à nouveau dans 10 minutes" in bloque.content.decode()
    assert "Centre de contact" not in bloque.content.decode()


@pytest.mark.parametrize("suite", ["https://mechant.example/", "//mechant.example/", "/\\mechant.example"])
def test_a_forged_way_on_leads_to_the_first_page(enrole, entrer, suite):
    navigateur = entrer(enrole)

    reponse = navigateur.post(
        f"{CODE}?next={suite}",
        {
            "code_unique": code_de(enrole),
            "csrfmiddlewaretoken": navigateur.get(CODE).context["csrf_token"],
        },
    )

    assert reponse.url == ACCUEIL


def test_the_page_asked_for_comes_after_the_second_factor(enrole, navigateur):
    voulue = "/gestion/demandes/demande/?etat=deposee"
    page = navigateur.get(voulue, follow=True)
    page = navigateur.soumettre(page, {"username": enrole.identifiant, "password": MOT_DE_PASSE}, follow=True)
    # Sent to the page's own address, as a browser sends a form without `action`.
    reponse = navigateur.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"],
        {"code_unique": code_de(enrole), "csrfmiddlewaretoken": page.context["csrf_token"]},
    )

    assert reponse.url == voulue


def test_the_session_is_renewed_when_the_second_factor_is_checked(enrole, entrer):
    navigateur = entrer(enrole)
    ancienne = navigateur.session.session_key
    jeton = navigateur.cookies["csrftoken"].value

    navigateur.soumettre(CODE, {"code_unique": code_de(enrole)})

    assert navigateur.session.session_key != ancienne
    assert navigateur.cookies["csrftoken"].value != jeton
    voleur = Client()
    voleur.cookies["sessionid"] = ancienne
    assert voleur.get(ACCUEIL).url.startswith(CONNEXION)


def test_logging_out_is_possible_before_and_after_the_second_factor_and_twice(enrole, entrer, connecter):
    for navigateur in (entrer(enrole), connecter(enrole)):
        page = navigateur.get(ACCUEIL, follow=True)
        sortie = navigateur.soumettre(page, formulaire="//form[@id='logout-form']")
        assert sortie.url == CONNEXION
        assert navigateur.get(ACCUEIL).url.startswith(CONNEXION)
    assert Client().post("/gestion/logout/").url == CONNEXION


def test_a_lost_password_gets_the_same_answer_for_every_login(agent, relever):
    pages = [
        Navigateur().soumettre("/gestion/mot-de-passe-oublie/", {"username": qui}, follow=True)
        for qui in (agent.identifiant, "inconnu.essai")
    ]

    assert {page.redirect_chain[-1] for page in pages} == {(CONNEXION, 302)}
    assert all("un lien vient de partir à son adresse" in page.content.decode() for page in pages)


# --- the two parts of the portal -------------------------------------------------------------------------------


def test_my_espace_leads_staff_to_the_admin_and_the_rest_of_the_usagers_part_does_not_exist(connecter, agent):
    navigateur = connecter(agent)
    navigateur.handler.enforce_csrf_checks = False

    assert navigateur.get("/espace/").url == ACCUEIL
    for adresse in ("/compte/profil/", "/compte/notifications/", "/espace/rappel/", "/demarches/nouvelle/"):
        for methode in ("get", "post", "put", "delete"):
            assert getattr(navigateur, methode)(adresse).status_code == 404, (methode, adresse)
    assert navigateur.post("/espace/").status_code == 404
    assert navigateur.get("/aide/").status_code == 200


def test_an_usager_finds_nothing_below_gestion_not_even_the_login_page(connecter):
    navigateur = connecter(essai.compte_de(essai.personne()))
    navigateur.handler.enforce_csrf_checks = False

    for adresse in (CONNEXION, ACCUEIL, CODE, "/gestion/logout/", "/gestion/nulle-part/"):
        for methode in ("get", "post"):
            assert getattr(navigateur, methode)(adresse).status_code == 404, (methode, adresse)


# --- sessions ----------------------------------------------------------------------------------------------------


def test_a_session_of_staff_ends_after_half_an_hour_without_a_page(connecter, agent):
    navigateur = connecter(agent)
    debut = timezone.now()
    navigateur.get(ACCUEIL)

    with time_machine.travel(debut + timedelta(minutes=29), tick=False):
        assert navigateur.get(ACCUEIL).status_code == 200
    # Seen at the 29th minute: half an hour more from there.
    with time_machine.travel(debut + timedelta(minutes=58), tick=False):
        assert navigateur.get(ACCUEIL).status_code == 200
    with time_machine.travel(debut + timedelta(minutes=89), tick=False):
        assert navigateur.get(ACCUEIL).url.startswith(CONNEXION)


def test_a_session_before_the_second_factor_is_as_short(enrole, entrer):
    assert entrer(enrole).session.get_expiry_age() <= 30 * 60


def test_an_usagers_session_is_as_long_as_before(connecte):
    assert connecte.session.get_expiry_age() > 30 * 60


def test_the_page_warns_before_the_end_and_the_button_keeps_the_session(connecter, agent):
    navigateur = connecter(agent)
    assert 'data-duree="1500"' in navigateur.get(ACCUEIL).content.decode()

    navigateur.handler.enforce_csrf_checks = False
    assert navigateur.post("/compte/session/", headers={"accept": "application/json"}).json() == {
        "duree": 1500
    }


def test_the_second_factor_is_asked_again_after_twelve_hours_of_work(connecter, agent):
    navigateur = connecter(agent)
    debut = timezone.now()

    for minutes in range(0, 12 * 60, 20):
        with time_machine.travel(debut + timedelta(minutes=minutes), tick=False):
            assert navigateur.get(ACCUEIL).status_code == 200, minutes
    with time_machine.travel(debut + timedelta(hours=12, seconds=1), tick=False):
        assert navigateur.get(ACCUEIL).url == CODE


def test_what_was_typed_when_the_session_ended_comes_back_after_both_factors(administrateur, entrer):
    administrateur.set_password(MOT_DE_PASSE)
    administrateur.save()
    navigateur = entrer(administrateur)
    code_de(administrateur)
    navigateur.soumettre(CODE, {"code_unique": code_de(administrateur)})
    page = navigateur.get("/gestion/comptes/agent/add/")
    Session.objects.all().delete()

    perdue = navigateur.soumettre(page, {"nom": "LONGUEMENT-ÉCRIT", "prefectures": ["39", "75"]}, follow=True)
    assert "Ce que vous avez écrit est gardé 30 minutes" in perdue.content.decode()
    navigateur.post(
        perdue.request["PATH_INFO"] + "?" + perdue.request["QUERY_STRING"],
        {
            "username": administrateur.identifiant, "password": MOT_DE_PASSE,
            "next": "/gestion/comptes/agent/add/", "csrfmiddlewaretoken": perdue.context["csrf_token"],
        },
    )  # fmt: skip
    # The code of before has served: the telephone shows the next one.
    navigateur.soumettre(CODE, {"code_unique": code_de(administrateur, decalage=1)})
    rendue = navigateur.get("/gestion/comptes/agent/add/").content.decode()

    assert 'value="LONGUEMENT-ÉCRIT"' in rendue
    assert rendue.count(" checked") == 2


def desactiver(agent: Compte) -> None:
    desactiver_agent(agent_id=agent.pk, acteur_id=None)


def desactiver_puis_reactiver(agent: Compte) -> None:
    desactiver(agent)
    reactiver_agent(agent_id=agent.pk, acteur_id=None)


def changer_de_role(agent: Compte) -> None:
    membre = Agent.objects.get(pk=agent.pk)
    modifier_agent(
        agent_id=agent.pk, acteur_id=None, vu=marque(membre), nom=membre.nom, prenoms=membre.prenoms,
        email=membre.email, role="responsable", prefectures=["39"],
    )  # fmt: skip


def changer_de_mot_de_passe(agent: Compte) -> None:
    changer_mot_de_passe(compte_id=agent.pk, mot_de_passe="agrafe-pile-cheval-bleu")


def perdre_son_telephone(agent: Compte) -> None:
    reinitialiser_second_facteur(agent_id=agent.pk, acteur_id=None)


@pytest.mark.parametrize("avec_second_facteur", [True, False])
@pytest.mark.parametrize(
    "geste",
    [desactiver, desactiver_puis_reactiver, changer_de_role, changer_de_mot_de_passe, perdre_son_telephone],
)
def test_a_session_ends_in_the_middle_when(agent, geste, avec_second_facteur):
    navigateur = Navigateur()
    navigateur.force_login(agent, second_facteur=avec_second_facteur)
    assert navigateur.get(ACCUEIL).status_code == (200 if avec_second_facteur else 302)

    geste(agent)

    assert navigateur.get(ACCUEIL).url.startswith(CONNEXION)
    assert navigateur.get(CODE).url.startswith(CONNEXION)


def test_a_change_of_prefectures_counts_at_the_next_page_without_a_new_login(connecter, agent):
    navigateur = connecter(agent)
    membre = Agent.objects.get(pk=agent.pk)

    modifier_agent(
        agent_id=agent.pk, acteur_id=None, vu=marque(membre), nom=membre.nom, prenoms=membre.prenoms,
        email=membre.email, role="instructeur", prefectures=["75"],
    )  # fmt: skip

    assert navigateur.get(ACCUEIL).status_code == 200
    assert navigateur.get(ACCUEIL).wsgi_request.user.prefectures.get().pk == "75"


# --- the password ---------------------------------------------------------------------------------------------


def test_changing_ones_password_keeps_this_session_and_its_second_factor(agent, connecter):
    navigateur, autre = connecter(agent), connecter(agent)
    choix = "agrafe-pile-cheval-bleu"

    reponse = navigateur.soumettre(
        "/gestion/mot-de-passe/",
        {"mot_de_passe_actuel": MOT_DE_PASSE, "mot_de_passe": choix, "mot_de_passe_confirmation": choix},
    )

    assert reponse.url == ACCUEIL
    assert navigateur.get(ACCUEIL).status_code == 200
    assert autre.get(ACCUEIL).url.startswith(CONNEXION)
    assert EvenementAgent.objects.get().type == "mot_de_passe_change"


def test_the_present_password_is_asked_ten_times_and_then_no_more(agent, connecter):
    navigateur = connecter(agent)
    navigateur.handler.enforce_csrf_checks = False
    envoi = {"mot_de_passe_actuel": "faux", "mot_de_passe": "x", "mot_de_passe_confirmation": "x"}

    reponses = [navigateur.post("/gestion/mot-de-passe/", envoi) for _fois in range(11)]

    assert [reponse.status_code for reponse in reponses] == [200] * 10 + [429]
    assert "Il y a eu trop d’essais" in reponses[-1].content.decode()
