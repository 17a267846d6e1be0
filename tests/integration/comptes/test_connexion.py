"""Login, lock-out and logout (R-COMPTE-2, R-COMPTE-3)."""

import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from comptes.models import Compte
from referentiels.models import PersonneAgdref
from tests.integration.comptes.reperes import MOT_DE_PASSE

PAGE = "/compte/connexion/"


def essai(client, numero, mot_de_passe=MOT_DE_PASSE, **autres):
    return client.post(PAGE, {"username": numero, "password": mot_de_passe, **autres})


def sans_variable(page: str, *saisies: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    for saisie in saisies:
        page = page.replace(saisie, "")
    return page


@pytest.mark.parametrize("numero", ["9903000002", "99 03 00 00 02", " 99-03.000002", "٩٩٠٣٠٠٠٠٠٢"])
def test_spaces_and_marks_in_the_number_do_not_matter(client, compte, numero):
    assert essai(client, numero).url == "/espace/"


def test_a_visa_number_is_a_login_and_gains_the_numero_etranger_that_agdref_gives(client):
    visa = Compte.objects.create_user("FRA123456789", MOT_DE_PASSE, numero_visa="FRA123456789")
    assert essai(client, "fra 123 456 789").url == "/espace/"
    visa.refresh_from_db()
    assert visa.numero_etranger is None
    PersonneAgdref.objects.create(
        numero_visa="FRA123456789",
        numero_etranger="9903000077",
        nom="FICTIF",
        sexe="F",
        date_naissance="1990-01-01",
    )
    essai(Client(), "FRA123456789")
    assert essai(Client(), "9903000077").url == "/espace/"
    assert essai(Client(), "FRA123456789").url == "/espace/"


def test_staff_log_in_here_and_land_in_the_admin(client):
    Compte.objects.create_user("agent.75", MOT_DE_PASSE, role=Compte.Role.INSTRUCTEUR)
    assert essai(client, "Agent.75").url == "/gestion/"


def test_an_unknown_number_and_a_wrong_password_get_the_same_answer(client, compte):
    inconnu = essai(client, "9903000099", "un mauvais mot de passe")
    faux = essai(Client(), compte.identifiant, "un mauvais mot de passe")
    inactif = Compte.objects.create_user(
        "9903000055", MOT_DE_PASSE, numero_etranger="9903000055", is_active=False
    )
    ferme = essai(Client(), inactif.identifiant)
    pages = {
        sans_variable(r.content.decode(), "9903000099", compte.identifiant, inactif.identifiant)
        for r in (inconnu, faux, ferme)
    }
    assert len(pages) == 1
    assert {r.status_code for r in (inconnu, faux, ferme)} == {200}
    assert "Le numéro ou le mot de passe n’est pas le bon." in pages.pop()


def test_an_unknown_number_costs_one_hash_as_a_wrong_password_does(client, settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    Compte.objects.create_user("9903000002", MOT_DE_PASSE, numero_etranger="9903000002")
    Compte.objects.create_user("9903000003", None, numero_etranger="9903000003")
    appels = []
    for nom in ("encode", "verify"):
        original = getattr(Argon2PasswordHasher, nom)

        def compter(self, *args, original=original):
            appels.append(1)
            return original(self, *args)

        monkeypatch.setattr(Argon2PasswordHasher, nom, compter)
    couts = []
    for numero in ("9903000002", "9903000003", "9903000099"):
        appels.clear()
        essai(Client(), numero, "un mauvais mot de passe")
        couts.append(len(appels))
    assert couts == [1, 1, 1]


@pytest.mark.parametrize("numero", ["9903000002", "9903000099"])
def test_five_failures_lock_a_number_known_or_not_with_a_sentence(client, compte, numero):
    for _ in range(4):
        assert essai(client, numero, "faux").status_code == 200
    bloque = essai(client, numero, "faux")
    assert bloque.status_code == 429
    assert "Vous pourrez essayer à nouveau dans 10 minutes" in bloque.content.decode()
    assert bloque["Retry-After"] == "600"
    # Even the right password, and however the number is written.
    assert essai(client, f" {numero[:2]} {numero[2:]}").status_code == 429
    assert essai(client, numero, REMOTE_ADDR="10.9.8.7").status_code in (200, 302, 429)


def test_the_lock_of_one_address_does_not_shut_the_person_out_elsewhere(client, compte):
    for _ in range(5):
        essai(client, compte.identifiant, "faux")
    ailleurs = Client(REMOTE_ADDR="10.9.8.7")
    assert essai(ailleurs, compte.identifiant).url == "/espace/"


def test_one_password_tried_on_many_numbers_is_stopped(client):
    codes = [essai(client, f"99030001{n:02}", "").status_code for n in range(61)]
    assert codes == [200] * 60 + [429]


def test_no_login_or_address_reaches_the_log(client, compte, caplog):
    for _ in range(6):
        essai(client, compte.identifiant, "faux", REMOTE_ADDR="10.9.8.7")
    assert AccessAttempt.objects.exists()
    assert caplog.records
    assert compte.identifiant not in caplog.text
    assert "10.9.8.7" not in caplog.text


def test_the_session_is_rotated_at_login(client, compte):
    client.get(PAGE)
    session = client.session
    session["avant"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    essai(client, compte.identifiant)
    assert client.cookies["sessionid"].value != session.session_key


@pytest.mark.parametrize(
    "suite",
    [
        "https://mechant.example/",
        "//mechant.example/",
        "/\\mechant.example",
        "javascript:alert(1)",
        "http:///x",
    ],
)
def test_a_forged_next_leads_to_the_espace(client, compte, suite):
    assert essai(client, compte.identifiant, next=suite).url == "/espace/"
    assert 'name="next"' not in Client().get(PAGE, {"next": suite}).content.decode()


def test_a_next_of_ours_is_followed(client, compte):
    page = client.get(PAGE, {"next": "/compte/profil/"}).content.decode()
    assert '<input type="hidden" name="next" value="/compte/profil/">' in page
    assert essai(client, compte.identifiant, next="/compte/profil/").url == "/compte/profil/"


@pytest.mark.parametrize(
    ("numero", "mot_de_passe"), [("", ""), ("9" * 500, "x"), ("99\x0003", "x"), ("9903000002", "x" * 300)]
)
def test_a_malformed_login_gets_a_sentence(client, compte, numero, mot_de_passe):
    reponse = essai(client, numero, mot_de_passe)
    assert reponse.status_code == 200
    assert "fr-error-text" in reponse.content.decode()


def test_the_login_page_offers_to_sign_up_and_says_who_has_an_account(client):
    page = client.get(PAGE).content.decode()
    assert "Première visite ? Créer votre compte" in page
    assert "Vous avez déjà un compte si" in page


def test_logging_out_twice_is_harmless(connecte):
    assert connecte.post("/compte/deconnexion/").url == "/"
    assert connecte.post("/compte/deconnexion/").url == "/"
    assert connecte.get("/compte/profil/").url == "/compte/connexion/?next=/compte/profil/"


def test_the_session_is_kept_alive_for_scripts_and_without_them(connecte):
    reponse = connecte.post("/compte/session/", HTTP_ACCEPT="application/json")
    assert reponse.json()["duree"] > 3600
    sans_script = connecte.post("/compte/session/", HTTP_REFERER="http://testserver/compte/profil/")
    assert sans_script.url == "/compte/profil/"
    assert Client().post("/compte/session/", HTTP_ACCEPT="application/json").status_code == 401


def test_an_active_person_stays_connected_without_a_write_at_each_page(connecte, django_assert_num_queries):
    connecte.get("/compte/profil/")
    avec_ecriture = connecte.session["vue_le"]
    connecte.get("/compte/profil/")
    assert connecte.session["vue_le"] == avec_ecriture
    session = connecte.session
    session["vue_le"] = avec_ecriture - 301
    session.save()
    connecte.get("/compte/profil/")
    assert connecte.session["vue_le"] >= avec_ecriture


def test_a_page_needs_its_csrf_token(compte):
    strict = Client(enforce_csrf_checks=True)
    assert essai(strict, compte.identifiant).status_code == 403
