"""Lost and changed passwords (R-COMPTE-2, R-COMPTE-3)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptes.models import ChangementAdresse, Courriel, DemandeReinitialisation, Notification
from comptes.tasks import balayer_courriels
from tests.integration.comptes.reperes import MOT_DE_PASSE, lien_de

OUBLI = "/compte/mot-de-passe-oublie/"
NOUVEAU = "girafe-tournevis-ocean"
CHOIX = {"mot_de_passe": NOUVEAU, "mot_de_passe_confirmation": NOUVEAU}


def lien_pour(numero: str) -> str:
    """Ask for a link as a person, let the worker answer, give the link."""
    assert Client().post(OUBLI, {"username": numero}).status_code == 302
    balayer_courriels()
    return lien_de(mail.outbox[-1])


def ouvrir(lien: str) -> tuple[Client, str]:
    """Open a link on a new device; give the browser and the page it lands on."""
    navigateur = Client()
    reponse = navigateur.get(lien)
    return navigateur, reponse.url if reponse.status_code == 302 else lien


def se_connecter(numero: str, mot_de_passe: str) -> int:
    return Client().post("/compte/connexion/", {"username": numero, "password": mot_de_passe}).status_code


def test_the_link_changes_the_password_once(compte):
    lien = lien_pour("99 03 00 00 02")
    navigateur, page = ouvrir(lien)
    assert navigateur.post(page, CHOIX).status_code == 302
    assert se_connecter(compte.identifiant, NOUVEAU) == 302
    assert se_connecter(compte.identifiant, MOT_DE_PASSE) == 200
    _, page = ouvrir(lien)
    assert page == lien
    assert "Ce lien ne sert plus" in Client().get(lien).content.decode()
    assert (
        "Ce lien ne sert plus"
        in navigateur.post(lien.rsplit("/", 2)[0] + "/set-password/", CHOIX).content.decode()
    )
    assert Notification.objects.filter(compte=compte, type="mot_de_passe_change").count() == 1


def test_a_known_and_an_unknown_number_get_the_same_answer_from_the_same_queries(compte):
    reponses, requetes = [], []
    for numero in (compte.identifiant, "9903000099"):
        with CaptureQueriesContext(connection) as captees:
            reponses.append(Client().post(OUBLI, {"username": numero}, follow=True))
        # What is written, without the values and the names of savepoints.
        requetes.append([re.sub(r"'[^']*'|_x\d+", "", r["sql"]) for r in captees.captured_queries])
    assert [r.status_code for r in reponses] == [200, 200]
    assert reponses[0].content == reponses[1].content
    assert requetes[0] == requetes[1]
    assert not Courriel.objects.exists()
    assert DemandeReinitialisation.objects.count() == 2
    balayer_courriels()
    assert [m.to for m in mail.outbox] == [["karim@exemple.fr"]]
    assert not DemandeReinitialisation.objects.exists()


def test_a_new_link_ends_the_old_one(compte):
    ancien, nouveau = lien_pour(compte.identifiant), lien_pour(compte.identifiant)
    assert "Ce lien ne sert plus" in Client().get(ancien).content.decode()
    navigateur, page = ouvrir(nouveau)
    assert navigateur.post(page, CHOIX).status_code == 302


def test_a_link_opened_before_a_new_one_is_asked_ends_too(compte):
    navigateur, page = ouvrir(lien_pour(compte.identifiant))
    lien_pour(compte.identifiant)
    assert "Ce lien ne sert plus" in navigateur.post(page, CHOIX).content.decode()
    assert se_connecter(compte.identifiant, MOT_DE_PASSE) == 302


def test_the_link_ends_after_one_hour(compte):
    lien = lien_pour(compte.identifiant)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert "Ce lien ne sert plus" in Client().get(lien).content.decode()


def test_a_forged_link_or_another_account_number_in_it_is_useless(compte):
    lien = lien_pour(compte.identifiant)
    racine = "/compte/nouveau-mot-de-passe/"
    for faux in (
        f"{racine}AAAA/{lien.split('/')[-2]}/",
        lien[:-4] + "zzz/",
        f"{racine}MQ/a-b/",
        f"{racine}____/x/",
    ):
        reponse = Client().get(faux)
        assert reponse.status_code == 200
        assert "Ce lien ne sert plus" in reponse.content.decode()


def test_a_weak_password_is_refused_and_the_link_still_works(compte):
    navigateur, page = ouvrir(lien_pour(compte.identifiant))
    assert (
        navigateur.post(page, {"mot_de_passe": "court", "mot_de_passe_confirmation": "court"}).status_code
        == 200
    )
    assert navigateur.post(page, CHOIX).status_code == 302


def test_a_reset_ends_every_session_and_a_change_of_address_under_way(connecte, compte):
    ChangementAdresse.objects.create(compte=compte, nouvelle="voleur@exemple.fr")
    navigateur, page = ouvrir(lien_pour(compte.identifiant))
    navigateur.post(page, CHOIX)
    assert connecte.get("/compte/profil/").status_code == 302
    assert not ChangementAdresse.objects.exists()


def test_a_reset_lifts_the_lock_of_failed_logins(compte):
    for _ in range(5):
        se_connecter(compte.identifiant, "faux")
    assert se_connecter(compte.identifiant, MOT_DE_PASSE) == 429
    navigateur, page = ouvrir(lien_pour(compte.identifiant))
    navigateur.post(page, CHOIX)
    assert se_connecter(compte.identifiant, NOUVEAU) == 302


def test_requests_are_limited_by_number_known_or_not(compte):
    for numero in (compte.identifiant, "9903000099"):
        codes = [
            Client(REMOTE_ADDR=f"10.0.0.{n}").post(OUBLI, {"username": numero}).status_code for n in range(6)
        ]
        assert codes == [302] * 5 + [429]


def test_requests_are_limited_by_address(client):
    codes = [client.post(OUBLI, {"username": f"99030000{n:02}"}).status_code for n in range(11)]
    assert codes == [302] * 10 + [429]


@pytest.mark.parametrize("numero", ["", "9" * 300, "99\x00"])
def test_a_malformed_number_gets_a_sentence(client, numero):
    reponse = client.post(OUBLI, {"username": numero})
    assert reponse.status_code == 200
    assert "fr-error-text" in reponse.content.decode()


def test_neither_link_nor_token_is_stored(compte):
    lien = lien_pour(compte.identifiant)
    assert lien.split("/")[-2] not in str(list(Courriel.objects.values())) + str(
        list(Notification.objects.values())
    )


def test_changing_the_password_keeps_this_session_and_ends_the_others(connecte, compte):
    autre = Client()
    autre.post("/compte/connexion/", {"username": compte.identifiant, "password": MOT_DE_PASSE})
    avant = connecte.session.session_key
    reponse = connecte.post("/compte/profil/mot-de-passe/", {"mot_de_passe_actuel": MOT_DE_PASSE, **CHOIX})
    assert reponse.url == "/compte/profil/"
    assert connecte.get("/compte/profil/").status_code == 200
    assert connecte.session.session_key != avant
    assert autre.get("/compte/profil/").status_code == 302
    balayer_courriels()
    assert mail.outbox[-1].subject == "Votre mot de passe a été changé"


def test_the_present_password_is_asked_a_limited_number_of_times(connecte):
    envoi = {"mot_de_passe_actuel": "faux", **CHOIX}
    reponses = [connecte.post("/compte/profil/mot-de-passe/", envoi) for _ in range(11)]
    assert "Ce n’est pas votre mot de passe actuel" in reponses[0].content.decode()
    assert [r.status_code for r in reponses] == [200] * 10 + [429]
