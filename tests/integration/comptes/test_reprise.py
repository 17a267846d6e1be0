"""What was typed survives the end of a session, for its author alone (R-COMPTE-3)."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from comptes import reprise
from comptes.models import Compte
from tests.integration.comptes.reperes import MOT_DE_PASSE

PROFIL = "/compte/profil/telephone/"
CONNEXION = "/compte/connexion/"
SAISIE = {
    "observations": "longue phrase",
    "enfants": ["A", "B"],
    "mot_de_passe": "secret",
    "csrfmiddlewaretoken": "x",
}


def finir_la_session() -> None:
    Session.objects.all().delete()


def se_connecter(client: Client, numero: str, suite: str = PROFIL) -> HttpResponse:
    return client.post(CONNEXION, {"username": numero, "password": MOT_DE_PASSE, "next": suite})


def rendu(client: Client, rf, chemin: str = PROFIL):
    """What the view of `chemin` would get back."""
    requete = rf.get(chemin)
    requete.session = client.session
    requete.user = Compte.objects.filter(pk=client.session.get("_auth_user_id")).first()
    donne = reprise.reprendre(requete)
    requete.session.save()
    return donne


def test_a_form_sent_after_the_session_ended_comes_back_to_its_author_once(connecte, compte, rf):
    finir_la_session()
    reponse = connecte.post(PROFIL, SAISIE)
    assert reponse.url == f"{CONNEXION}?next={PROFIL}"
    page = connecte.get(reponse.url).content.decode()
    assert "Ce que vous avez écrit est gardé 30 minutes" in page
    assert se_connecter(connecte, compte.identifiant).url == PROFIL
    donne = rendu(connecte, rf)
    assert donne.dict() == {"observations": "longue phrase", "enfants": "B"}
    assert donne.getlist("enfants") == ["A", "B"]
    assert rendu(connecte, rf) is None


def test_another_account_on_the_same_browser_gets_nothing(connecte, rf):
    Compte.objects.create_user("9903000066", MOT_DE_PASSE, numero_etranger="9903000066")
    finir_la_session()
    connecte.post(PROFIL, SAISIE)
    se_connecter(connecte, "9903000066")
    assert "longue phrase" not in str(dict(connecte.session))
    assert rendu(connecte, rf) is None


def test_another_page_gets_nothing(connecte, compte, rf):
    finir_la_session()
    connecte.post(PROFIL, SAISIE)
    se_connecter(connecte, compte.identifiant)
    assert rendu(connecte, rf, "/compte/profil/") is None
    assert rendu(connecte, rf) is not None


def test_nothing_is_kept_after_half_an_hour(connecte, compte, rf):
    finir_la_session()
    connecte.post(PROFIL, SAISIE)
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=True):
        se_connecter(connecte, compte.identifiant)
        assert rendu(connecte, rf) is None


@pytest.mark.parametrize("temoin", [None, "faux", "faux:signature"])
def test_a_browser_on_which_nobody_was_logged_in_keeps_nothing(client, temoin):
    if temoin:
        client.cookies["compte_precedent"] = temoin
    assert client.post(PROFIL, SAISIE).url == f"{CONNEXION}?next={PROFIL}"
    assert "reprise" not in client.session


def test_a_huge_form_is_not_kept_but_the_way_back_is(connecte):
    finir_la_session()
    reponse = connecte.post(PROFIL, {"observations": "x" * 70_000})
    assert reponse.url == f"{CONNEXION}?next={PROFIL}"
    assert "reprise" not in connecte.session
    assert "Votre session a pris fin" in connecte.get(reponse.url).content.decode()


def test_a_forged_form_keeps_nothing(compte):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(compte)
    finir_la_session()
    assert strict.post(PROFIL, SAISIE).status_code == 403
    assert not Session.objects.exists()


def test_logging_out_leaves_no_trace_on_the_browser(connecte):
    assert connecte.cookies["compte_precedent"]["httponly"]
    connecte.post("/compte/deconnexion/")
    assert connecte.cookies["compte_precedent"].value == ""


def test_the_way_back_is_the_page_of_the_form_never_another_site(connecte):
    finir_la_session()
    lues = "/compte/notifications/lues/"
    assert connecte.post(lues, HTTP_REFERER="http://testserver/compte/notifications/?page=2").url == (
        f"{CONNEXION}?next=/compte/notifications/%3Fpage%3D2"
    )
    assert connecte.post(lues, HTTP_REFERER="https://mechant.example/x").url == f"{CONNEXION}?next={lues}"


def test_the_session_lasts_its_full_time_again_after_login(connecte, compte):
    finir_la_session()
    connecte.post(PROFIL, SAISIE)
    assert connecte.session.get_expiry_age() <= reprise.DUREE_S
    se_connecter(connecte, compte.identifiant)
    assert connecte.session.get_expiry_age() > reprise.DUREE_S
