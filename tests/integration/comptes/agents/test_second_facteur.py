"""The second factor: enrolment, codes, recovery codes, and what is tried against them (R-COMPTE-5)."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticToken

from comptes import acces, second_facteur
from comptes.models import Authentificateur, Compte, EvenementAgent
from comptes.operations.agents.renouveler_codes import remplacer_les_codes
from comptes.tasks import balayer_courriels
from tests import dossiers_d_essai as essai
from tests.rigueur.navigateur import Navigateur
from tests.seconds_facteurs import code, code_de, maintenant_pile, telephone_de

ACCUEIL = "/gestion/"
CODE, ACTIVER, SECOURS = (f"/gestion/second-facteur/{fin}" for fin in ("", "activer/", "secours/"))
CODES, RENOUVELER = "/gestion/codes-de-secours/", "/gestion/codes-de-secours/renouveler/"
GRAINE = "c3" * 20
REFUS = "Ce code n’est pas le bon, ou il a déjà servi."


@pytest.fixture
def a_l_heure():
    """The clock stands at the first second of a period of thirty: no test meets a change of code by chance."""
    with time_machine.travel(datetime.fromtimestamp(maintenant_pile(), UTC), tick=False) as horloge:
        yield horloge


@pytest.fixture
def secours(enrole: Compte) -> list[str]:
    """The recovery codes of the agent."""
    remplacer_les_codes(enrole.pk, GRAINE)
    return second_facteur.codes_de_secours(GRAINE)


def cle_affichee(page: str) -> bytes:
    """The secret that the page shows for typing."""
    return second_facteur.base64.b32decode(
        re.search(r'translate="no">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    )


def envoyer_le_code(navigateur: Navigateur, valeur: str):
    return navigateur.soumettre(CODE, {"code_unique": valeur})


# --- enrolment ---------------------------------------------------------------------------------------------


def test_the_first_login_enrols_a_telephone_shows_ten_codes_once_and_opens_the_admin(agent, entrer, relever):
    navigateur = entrer(agent)
    page = navigateur.get(ACCUEIL, follow=True)
    assert page.redirect_chain[-1][0] == ACTIVER

    reponse = navigateur.soumettre(page, {"code_unique": code(cle_affichee(page.content.decode()))})
    assert reponse.url == CODES
    page = navigateur.get(CODES)
    codes = re.findall(r'translate="no">(\w{5}-\w{5})<', page.content.decode())
    fichier = navigateur.get(f"{CODES}telecharger/")
    assert len(set(codes)) == 10
    assert all(code in fichier.content.decode() for code in codes)
    assert fichier["Content-Disposition"] == 'attachment; filename="codes-de-secours-portail-bpi.txt"'
    assert "no-store" in fichier["Cache-Control"]
    # A reload shows them again: a lost connection must not lose them.
    assert codes[0] in navigateur.get(CODES).content.decode()

    assert navigateur.soumettre(page).url == ACCUEIL
    assert navigateur.get(CODES).url == RENOUVELER
    assert navigateur.get(f"{CODES}telecharger/").status_code == 404
    assert navigateur.get(ACCUEIL).status_code == 200
    assert [e.type for e in EvenementAgent.objects.all()] == ["second_facteur_active"]
    assert relever().subject == "Un téléphone protège maintenant votre compte"


def test_the_secret_stays_the_same_at_each_reload_until_it_is_confirmed(agent, entrer):
    navigateur = entrer(agent)
    pages = {cle_affichee(navigateur.get(ACTIVER).content.decode()) for _fois in range(3)}

    assert len(pages) == 1
    assert cle_affichee(entrer(agent).get(ACTIVER).content.decode()) not in pages
    assert not Authentificateur.objects.exists()


def test_a_wrong_code_enrols_nothing_and_says_to_look_at_the_clock(agent, entrer):
    navigateur = entrer(agent)
    cle = cle_affichee(navigateur.get(ACTIVER).content.decode())

    page = navigateur.soumettre(ACTIVER, {"code_unique": code(cle, decalage=60)})

    assert page.status_code == 200
    assert "Vérifiez aussi l’heure de votre téléphone" in page.content.decode()
    assert not Authentificateur.objects.exists()
    assert not StaticToken.objects.exists()
    assert cle_affichee(page.content.decode()) == cle


@pytest.mark.parametrize("valeur", ["", "12345", "abcdef", "1234567", "9" * 500, "12\x003456", "𝟙𝟚𝟛"])
def test_a_malformed_code_gets_a_sentence(agent, entrer, valeur):
    page = entrer(agent).soumettre(ACTIVER, {"code_unique": valeur})

    assert page.status_code == 200
    assert "fr-error-text" in page.content.decode()


def test_spaces_and_digits_of_another_script_are_read(enrole, entrer, a_l_heure):
    juste = code_de(enrole)
    ecrit = juste[:3] + " " + "".join(chr(ord("٠") + int(chiffre)) for chiffre in juste[3:])

    assert envoyer_le_code(entrer(enrole), ecrit).url == ACCUEIL


def test_the_label_in_the_application_names_nobody(agent, entrer):
    page = entrer(agent).get(ACTIVER).content.decode()

    for mot in (agent.identifiant, agent.nom, agent.prenoms, agent.email):
        assert mot not in page
    assert f"Portail BPI – Instructeur {agent.pk}" in page


def test_whoever_has_a_telephone_is_shown_no_new_secret(enrole, entrer):
    navigateur = entrer(enrole)

    assert navigateur.get(ACTIVER).url == CODE
    navigateur.handler.enforce_csrf_checks = False
    assert navigateur.post(ACTIVER, {"code_unique": "123456"}).url == CODE
    assert Authentificateur.objects.count() == 1


def test_nothing_that_opens_the_account_lies_in_a_table(agent, entrer):
    navigateur = entrer(agent)
    page = navigateur.get(ACTIVER).content.decode()
    cle = cle_affichee(page)
    navigateur.soumettre(ACTIVER, {"code_unique": code(cle)})
    codes = re.findall(r'translate="no">(\w{5}-\w{5})<', navigateur.get(CODES).content.decode())

    with connection.cursor() as curseur:
        curseur.execute("SELECT * FROM otp_totp_totpdevice, otp_static_statictoken")
        tables = str(curseur.fetchall())
    tables += str([session.get_decoded() for session in Session.objects.all()])
    secret = second_facteur.base64.b32encode(cle).decode()
    assert len(codes) == 10
    for interdit in (cle.hex(), secret, secret.lower(), *codes, *(c.replace("-", "") for c in codes)):
        assert interdit not in tables


# --- the code of the telephone -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decalage", "accepte"), [(-3, False), (-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_telephone_may_be_half_a_minute_early_or_late(enrole, entrer, a_l_heure, decalage, accepte):
    reponse = envoyer_le_code(entrer(enrole), code_de(enrole, decalage=decalage))

    assert (reponse.status_code == 302) is accepte
    if not accepte:
        assert REFUS in reponse.content.decode()


@pytest.mark.parametrize("decalage", [0, -1])
def test_a_code_that_has_served_is_refused_and_so_is_an_older_one(enrole, entrer, a_l_heure, decalage):
    vus = [code_de(enrole), code_de(enrole, decalage=decalage)]
    assert envoyer_le_code(entrer(enrole), vus[0]).url == ACCUEIL

    rejeu = envoyer_le_code(entrer(enrole), vus[1])

    assert rejeu.status_code == 200
    assert REFUS in rejeu.content.decode()


def test_the_code_of_the_enrolment_does_not_log_in_a_second_time(agent, entrer, a_l_heure):
    navigateur = entrer(agent)
    vu = code(cle_affichee(navigateur.get(ACTIVER).content.decode()))
    navigateur.soumettre(ACTIVER, {"code_unique": vu})

    assert REFUS in envoyer_le_code(entrer(agent), vu).content.decode()


def test_another_agents_code_opens_nothing(enrole, entrer, a_l_heure):
    autre = essai.agent(essai.prefecture("39"))

    assert REFUS in envoyer_le_code(entrer(enrole), code_de(autre)).content.decode()


def test_each_wrong_code_doubles_the_wait_and_a_right_one_waits_as_long(enrole, entrer, a_l_heure):
    navigateur = entrer(enrole)
    assert envoyer_le_code(navigateur, "000000").status_code == 200

    pages = {}
    for attente in (1, 2, 4):
        pages[attente] = [envoyer_le_code(navigateur, valeur) for valeur in ("000000", code_de(enrole))]
        a_l_heure.shift(timedelta(seconds=attente))
        if attente < 4:
            assert envoyer_le_code(navigateur, "000000").status_code == 200

    for attente, (fausse, juste) in pages.items():
        assert fausse.status_code == juste.status_code == 429
        assert fausse["Retry-After"] == juste["Retry-After"] == str(attente)
        assert f"Réessayez dans {attente} seconde" in juste.content.decode()
    # Another session, another address: the wait is the account's.
    assert envoyer_le_code(entrer(enrole, REMOTE_ADDR="10.9.8.7"), code_de(enrole)).url == ACCUEIL


@pytest.mark.parametrize(
    ("fautes", "phrase"),
    [(1, "dans 1 seconde."), (7, "dans 64 secondes."), (8, "dans 3 minutes."), (14, "dans 3 heures."),
     (17, "dans 19 heures."), (18, "Demandez à un administrateur"), (5000, "Demandez à un administrateur")],
)  # fmt: skip
def test_the_wait_is_said_in_the_unit_that_people_use(enrole, entrer, a_l_heure, fautes, phrase):
    Authentificateur.objects.update(
        throttling_failure_count=fautes, throttling_failure_timestamp=datetime.now(UTC)
    )

    page = envoyer_le_code(entrer(enrole), code_de(enrole))

    assert page.status_code == 429
    assert phrase in page.content.decode()


def test_ten_tries_in_ten_minutes_whatever_the_page_are_all_there_is(enrole, secours, entrer, a_l_heure):
    navigateur = entrer(enrole)
    for _fois in range(5):
        envoyer_le_code(navigateur, "000000")
        navigateur.soumettre(SECOURS, {"code_de_secours": "0000000000"})

    for page, champ, valeur in (
        (CODE, "code_unique", code_de(enrole)), (SECOURS, "code_de_secours", secours[0]),
    ):  # fmt: skip
        reponse = navigateur.soumettre(page, {champ: valeur})
        assert reponse.status_code == 429
        assert re.search(r"Réessayez dans \d+ (minutes|secondes)", reponse.content.decode())
        assert navigateur.get(ACCUEIL).url == CODE
    a_l_heure.shift(timedelta(minutes=10))
    assert envoyer_le_code(navigateur, code_de(enrole)).url == ACCUEIL


def test_the_tries_of_one_agent_do_not_slow_another(enrole, entrer, a_l_heure):
    for _fois in range(11):
        envoyer_le_code(entrer(enrole), "000000")
    autre = essai.agent(essai.prefecture("39"))
    navigateur = Navigateur()
    navigateur.force_login(autre, second_facteur=False)
    telephone_de(autre)

    assert envoyer_le_code(navigateur, code_de(autre)).url == ACCUEIL


def test_without_redis_the_waits_in_the_database_still_hold(enrole, entrer, a_l_heure, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    navigateur = entrer(enrole)
    envoyer_le_code(navigateur, "000000")

    assert envoyer_le_code(navigateur, code_de(enrole)).status_code == 429


# --- recovery codes ------------------------------------------------------------------------------------------------


def test_a_recovery_code_opens_once_as_people_write_it_and_is_journaled(enrole, secours, entrer):
    ecrit = f" {secours[0][:5].lower()} {secours[0][5:].lower()}"
    assert entrer(enrole).soumettre(SECOURS, {"code_de_secours": ecrit}).url == ACCUEIL

    deuxieme = entrer(enrole).soumettre(SECOURS, {"code_de_secours": ecrit})

    assert deuxieme.status_code == 200
    assert REFUS in deuxieme.content.decode()
    evenement = EvenementAgent.objects.get()
    assert (evenement.type, evenement.valeurs) == ("code_de_secours_utilise", {"restants": 9})


def test_a_warning_comes_when_three_codes_are_left(enrole, secours, entrer):
    annonces = []
    for code_du_jour in secours:
        navigateur = entrer(enrole)
        navigateur.soumettre(SECOURS, {"code_de_secours": code_du_jour})
        annonces.append(navigateur.get(ACCUEIL).content.decode())

    averties = ["Faites-en de nouveaux" in page for page in annonces]
    assert averties == [False] * 6 + [True] * 4
    assert "Il vous reste 3 codes de secours" in annonces[6]
    assert "C’était votre dernier code de secours" in annonces[9]


def test_a_recovery_code_of_somebody_else_opens_nothing(enrole, secours, entrer):
    autre = essai.agent(essai.prefecture("39"))
    telephone_de(autre)
    remplacer_les_codes(autre.pk, "d4" * 20)
    navigateur = Navigateur()
    navigateur.force_login(autre, second_facteur=False)

    assert REFUS in navigateur.soumettre(SECOURS, {"code_de_secours": secours[0]}).content.decode()
    assert StaticToken.objects.count() == 20


def test_what_is_stored_of_a_code_is_no_code(enrole, secours, entrer):
    """Whoever reads the table cannot type what they read: it is too long, and hashed again."""
    lu = StaticToken.objects.order_by("pk").first().token

    for valeur in (lu, lu[:10]):
        page = entrer(enrole).soumettre(SECOURS, {"code_de_secours": valeur})
        assert page.status_code in (200, 429)


def test_an_agent_without_recovery_codes_gets_the_answer_of_a_wrong_one(enrole, entrer):
    page = entrer(enrole).soumettre(SECOURS, {"code_de_secours": "0123456789"})

    assert REFUS in page.content.decode()


def test_new_codes_ask_for_the_telephone_again_and_the_old_ones_stop(enrole, secours, connecter, entrer):
    navigateur = connecter(enrole)
    faux = navigateur.soumettre(RENOUVELER, {"code_unique": "000000"})
    assert REFUS in faux.content.decode()
    assert StaticToken.objects.count() == 10
    Authentificateur.objects.update(throttling_failure_count=0)

    assert navigateur.soumettre(RENOUVELER, {"code_unique": code_de(enrole)}).url == CODES
    nouveau = re.search(r'translate="no">(\w{5}-\w{5})<', navigateur.get(CODES).content.decode())[1]

    assert REFUS in entrer(enrole).soumettre(SECOURS, {"code_de_secours": secours[0]}).content.decode()
    Authentificateur.objects.update(throttling_failure_count=0)
    with connection.cursor() as curseur:
        curseur.execute("UPDATE otp_static_staticdevice SET throttling_failure_count = 0")
    assert entrer(enrole).soumettre(SECOURS, {"code_de_secours": nouveau}).url == ACCUEIL
    assert EvenementAgent.objects.filter(type="codes_renouveles").count() == 1


def test_the_codes_being_shown_are_seen_in_no_other_session(enrole, connecter):
    navigateur = connecter(enrole)
    navigateur.soumettre(RENOUVELER, {"code_unique": code_de(enrole)})

    assert navigateur.get(CODES).status_code == 200
    assert connecter(enrole).get(CODES).url == RENOUVELER


# --- tampering -------------------------------------------------------------------------------------------


def test_a_session_with_somebody_elses_telephone_or_none_is_not_verified(enrole):
    autre = telephone_de(essai.agent(essai.prefecture("39")))
    en_attente = Authentificateur.objects.create(user=enrole, name="x", confirmed=False)
    for marque in (
        autre.persistent_id, en_attente.persistent_id, "comptes.authentificateur/0", "x", "/",
        "otp_totp.totpdevice/abc", "a.b.c/1",
    ):  # fmt: skip
        navigateur = Client()
        navigateur.force_login(enrole, backend="comptes.authentification.IdentifiantBackend")
        session = navigateur.session
        session[DEVICE_ID_SESSION_KEY], session[acces.CLE] = marque, int(time.time())
        session.save()
        assert navigateur.get(ACCUEIL).url == CODE, marque


@pytest.mark.parametrize("quand", [None, 0, -100_000, 100_000])
def test_a_session_whose_check_has_no_credible_time_is_not_verified(connecter, enrole, quand):
    navigateur = connecter(enrole)
    session = navigateur.session
    if quand is None:
        del session[acces.CLE]
    else:
        session[acces.CLE] = int(time.time()) + quand if quand else 0
    session.save()

    assert navigateur.get(ACCUEIL).url == CODE


@pytest.mark.parametrize("cookie", ["", "x", "x" * 32, "../../etc/passwd", "\x00", "é" * 32])
def test_an_invented_session_is_nobodys(enrole, cookie):
    navigateur = Client()
    navigateur.cookies["sessionid"] = cookie

    assert navigateur.get(ACCUEIL).url.startswith("/gestion/login/")


def test_a_telephone_deleted_by_any_means_ends_the_access(connecter, enrole):
    navigateur = connecter(enrole)
    assert navigateur.get(ACCUEIL).status_code == 200

    Authentificateur.objects.all().delete()

    assert navigateur.get(ACCUEIL).url == CODE


def test_neither_code_nor_login_reaches_the_log(enrole, secours, entrer, caplog):
    navigateur = entrer(enrole)
    for page, champ, valeur in (
        (CODE, "code_unique", "135790"), (CODE, "code_unique", "135790"),
        (SECOURS, "code_de_secours", secours[0]),
    ):  # fmt: skip
        navigateur.soumettre(page, {champ: valeur})
        navigateur = entrer(enrole)

    assert caplog.records
    for interdit in ("135790", secours[0], enrole.identifiant, enrole.email):
        assert interdit not in caplog.text


def test_mails_to_staff_lead_to_their_own_page(agent, entrer):
    navigateur = entrer(agent)
    cle = cle_affichee(navigateur.get(ACTIVER).content.decode())
    navigateur.soumettre(ACTIVER, {"code_unique": code(cle)})
    balayer_courriels()

    assert "/gestion/login/" in mail.outbox[-1].body
