"""Sign-up in three steps (R-COMPTE-0, R-COMPTE-1)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comptes.models import Compte, Courriel, Inscription
from referentiels import agdref
from tests.integration.comptes.reperes import MOT_DE_PASSE, NUMERO, code_de, lien_de

DOCUMENT, ADRESSE, CODE = "/compte/inscription/", "/compte/inscription/adresse/", "/compte/inscription/code/"
MDP = "/compte/inscription/mot-de-passe/"
CHOIX = {"mot_de_passe": MOT_DE_PASSE, "mot_de_passe_confirmation": MOT_DE_PASSE}


@pytest.fixture
def au_code(client, personne, etape_1, relever):
    """A browser that waits for its code, and the mail that brings it."""
    assert client.post(DOCUMENT, etape_1()).url == ADRESSE
    assert client.post(ADRESSE, {"email": "amina@exemple.fr"}).url == CODE
    return client, relever()


def test_a_newly_protected_person_signs_up_from_an_atda_alone(au_code, settings):
    client, message = au_code
    avant = client.cookies["sessionid"].value
    assert client.post(CODE, {"code": code_de(message)}).url == MDP
    reponse = client.post(MDP, CHOIX)
    assert (reponse.status_code, reponse.url) == (302, "/espace/")
    compte = Compte.objects.get(numero_etranger=NUMERO)
    assert (compte.identifiant, compte.nom, compte.prenoms) == (NUMERO, "FICTIF", "Amina Sara")
    assert compte.email == "amina@exemple.fr"
    assert compte.email_verifie_le is not None
    assert compte.password.startswith("argon2") or settings.PASSWORD_HASHERS[0].endswith("MD5PasswordHasher")
    assert client.session["_auth_user_id"] == str(compte.pk)
    assert client.cookies["sessionid"].value != avant
    assert not Inscription.objects.exists()
    assert Courriel.objects.filter(compte=compte, type="bienvenue").count() == 1


@pytest.mark.parametrize("numero", ["99 03 00 00 01", "99.03.00.00.01", "٩٩٠٣٠٠٠٠٠١", " 9903-000001 "])
def test_a_number_is_read_as_people_type_it(client, personne, etape_1, numero):
    assert client.post(DOCUMENT, etape_1(numero=numero)).url == ADRESSE


def test_the_number_of_the_document_does_as_well_as_the_numero_etranger(client, personne, etape_1):
    saisie = etape_1(document="recepisse", numero="rec 1234567", fin_jour="1")
    assert client.post(DOCUMENT, saisie).url == ADRESSE


MAUVAIS = {"numero": "9903999999", "debut_jour": "2", "fin_annee": "2027"}


def test_every_mismatch_gets_one_same_answer(client, personne, compte, etape_1):
    pages = []
    for champ, valeur in MAUVAIS.items():
        reponse = client.post(DOCUMENT, etape_1(**{champ: valeur}))
        assert reponse.status_code == 200
        page = reponse.content.decode()
        # What was typed is shown again; nothing else may differ.
        for saisi in (*etape_1().values(), *MAUVAIS.values()):
            page = page.replace(f'value="{saisi}"', "")
        pages.append(page.split("csrfmiddlewaretoken")[0])
    assert len(set(pages)) == 1
    assert "Nous n’avons pas trouvé ce document" in pages[0]
    assert "0 806 001 620" in pages[0]
    assert "/compte/inscription/prefecture/" in pages[0]


def test_an_existing_account_with_wrong_dates_looks_like_an_unknown_number(client, personne, etape_1):
    Compte.objects.create_user(NUMERO, None, numero_etranger=NUMERO, email="amina@exemple.fr")
    connu = client.post(DOCUMENT, etape_1(debut_jour="2")).content.decode()
    assert "déjà un compte avec" not in connu
    assert "Nous n’avons pas trouvé ce document" in connu


def test_an_existing_account_is_told_after_the_right_number_and_dates_without_its_address(
    client, personne, etape_1
):
    Compte.objects.create_user(NUMERO, None, numero_etranger=NUMERO, email="amina@exemple.fr")
    page = client.post(DOCUMENT, etape_1()).content.decode()
    assert "<h1>Vous avez déjà un compte</h1>" in page
    assert "exemple.fr" not in page
    assert not Inscription.objects.exists()


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"document": ""}, "Choisissez le document que vous avez."),
        ({"document": "passeport"}, "Choisissez un document de la liste."),
        ({"numero": ""}, "Écrivez le numéro."),
        ({"numero": "---"}, "Écrivez le numéro avec des chiffres ou des lettres."),
        ({"numero": "990300000"}, "Vous en avez écrit 9."),
        ({"numero": "AB03000001"}, "aucune lettre"),
        ({"document": "visa", "numero": "12"}, "de 6 à 20"),
        ({"document": "titre", "numero": "é" * 10}, "sans accent"),
        ({"numero": "9" * 400}, "trop long"),
        ({"numero": "99030\x0000001"}, "caractère nul"),
        ({"debut_jour": "31", "debut_mois": "2"}, "Cette date n’existe pas"),
        ({"debut_annee": ""}, "La date n’est pas complète"),
        ({"debut_annee": "9" * 400}, "quatre chiffres"),
        ({"fin_annee": "2025"}, "Le dernier jour est avant le premier jour."),
    ],
)
def test_a_malformed_answer_gets_a_sentence_and_keeps_the_rest(client, personne, etape_1, champs, phrase):
    reponse = client.post(DOCUMENT, etape_1(**champs))
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert phrase in page.lower() or phrase in page
    assert 'value="2026"' in page
    assert not Inscription.objects.exists()


def test_a_register_that_does_not_answer_is_said_and_nothing_typed_is_lost(client, etape_1, monkeypatch):
    def muet(self, **_):
        raise agdref.AgdrefIndisponible

    monkeypatch.setattr(agdref.AgdrefLocal, "document", muet)
    reponse = client.post(DOCUMENT, etape_1())
    assert reponse.status_code == 503
    assert "Le registre ne répond pas" in reponse.content.decode()
    assert f'value="{NUMERO}"' in reponse.content.decode()


def test_too_many_tries_for_one_number_are_answered_429_with_a_sentence(client, personne, etape_1):
    for _ in range(10):
        assert client.post(DOCUMENT, etape_1(debut_jour="2")).status_code == 200
    reponse = client.post(DOCUMENT, etape_1(), REMOTE_ADDR="10.1.2.3")
    assert reponse.status_code == 429
    assert "Vous pourrez essayer à nouveau dans" in reponse.content.decode()
    assert 0 < int(reponse["Retry-After"]) <= 3600


def test_too_many_tries_from_one_address_are_answered_429(client, etape_1):
    codes = [client.post(DOCUMENT, etape_1(numero=f"99030000{n:02}")).status_code for n in range(21)]
    assert codes == [200] * 20 + [429]


def test_the_link_verifies_only_when_its_button_is_pressed(au_code):
    client, message = au_code
    assert client.get(lien_de(message)).status_code == 200
    assert Inscription.objects.get().email_verifie_le is None
    assert client.post(lien_de(message)).url == MDP
    assert Inscription.objects.get().email_verifie_le is not None


def test_the_link_opened_on_another_device_lets_go_on_on_either(au_code):
    client, message = au_code
    autre = Client()
    page = autre.post(lien_de(message)).content.decode()
    assert "Votre adresse est vérifiée" in page
    # A stranger at a mistyped address has the link, not the number.
    assert autre.get(MDP).url == DOCUMENT
    assert autre.post(lien_de(message) + "ici/", {"numero": "9903999999"}).status_code == 200
    assert autre.get(MDP).url == DOCUMENT
    assert autre.post(lien_de(message) + "ici/", {"numero": "99 03 00 00 01"}).url == MDP
    assert autre.get(MDP).status_code == 200
    assert client.get(CODE).url == MDP
    assert client.post(MDP, CHOIX).url == "/espace/"


def test_a_link_of_another_sign_up_or_a_forged_one_verifies_nothing(au_code):
    client, message = au_code
    lien = lien_de(message)
    for faux in (
        lien[:-5] + "0000/",
        lien.replace(
            str(Inscription.objects.get().pk), NUMERO.rjust(8, "0") + "-0000-4000-8000-000000000000"
        ),
    ):
        reponse = client.post(faux)
        assert reponse.status_code in (404, 410)
    assert Inscription.objects.get().email_verifie_le is None


def test_five_wrong_codes_end_the_code_and_a_new_one_works(au_code, relever):
    client, message = au_code
    juste = code_de(message)
    faux = f"{(int(juste) + 1) % 1_000_000:06d}"
    pages = [client.post(CODE, {"code": faux}).content.decode() for _ in range(5)]
    assert "n’est pas le bon" in pages[3]
    assert "ne peut plus servir" in pages[4]
    assert "ne peut plus servir" in client.post(CODE, {"code": juste}).content.decode()
    assert client.post(CODE, {"renvoyer": "1"}).url == CODE
    nouveau = code_de(relever())
    assert client.post(CODE, {"code": nouveau}).url == MDP


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1" * 300, "12\x003456"])
def test_a_malformed_code_is_no_try(au_code, code):
    client, _ = au_code
    assert client.post(CODE, {"code": code}).status_code == 200
    assert Inscription.objects.get().essais == 0


def test_a_new_code_ends_the_old_one_and_its_link(au_code, relever):
    client, ancien = au_code
    client.post(CODE, {"renvoyer": "1"})
    nouveau = relever()
    if code_de(ancien) != code_de(nouveau):
        assert "n’est pas le bon" in client.post(CODE, {"code": code_de(ancien)}).content.decode()
    assert client.post(lien_de(ancien)).status_code == 410
    assert client.post(lien_de(nouveau)).url == MDP


def test_code_and_link_end_after_thirty_minutes(au_code):
    client, message = au_code
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert "ne peut plus servir" in client.post(CODE, {"code": code_de(message)}).content.decode()
        assert client.post(lien_de(message)).status_code == 410


def test_a_mailbox_cannot_be_flooded(client, personne, etape_1):
    client.post(DOCUMENT, etape_1())
    codes = [client.post(ADRESSE, {"email": "Victime@exemple.fr"}).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


@pytest.mark.parametrize(
    "email", ["", "amina", "amina@", "a@b.fr\nBcc: c@d.fr", "a@" + "x" * 300 + ".fr", "a\x00@b.fr"]
)
def test_an_address_that_is_none_gets_a_sentence_and_no_mail(client, personne, etape_1, email):
    client.post(DOCUMENT, etape_1())
    reponse = client.post(ADRESSE, {"email": email})
    assert reponse.status_code == 200
    assert "fr-error-text" in reponse.content.decode()
    assert not Courriel.objects.exists()


@pytest.mark.parametrize(
    ("mot_de_passe", "confirmation", "phrase"),
    [
        ("", "", "Écrivez le mot de passe."),
        ("court", "court", "au minimum 12 caractères"),
        ("motdepasse123", "motdepasse124", "ne sont pas pareils"),
        ("password1234", "password1234", "trop courant"),
        ("820394857102", "820394857102", "entièrement numérique"),
        ("amina@exemple.fr", "amina@exemple.fr", "trop semblable"),
        ("x" * 300, "x" * 300, "trop long"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(au_code, mot_de_passe, confirmation, phrase):
    client, message = au_code
    client.post(CODE, {"code": code_de(message)})
    reponse = client.post(MDP, {"mot_de_passe": mot_de_passe, "mot_de_passe_confirmation": confirmation})
    assert reponse.status_code == 200
    assert phrase in reponse.content.decode()
    assert not Compte.objects.exists()


def test_no_step_is_reached_by_typing_its_address(client, personne, etape_1):
    for adresse in (ADRESSE, CODE, MDP):
        assert client.get(adresse).url == DOCUMENT
        assert client.post(adresse, {"email": "a@exemple.fr", "code": "000000", **CHOIX}).url == DOCUMENT
    client.post(DOCUMENT, etape_1())
    assert client.get(CODE).url == ADRESSE
    client.post(ADRESSE, {"email": "amina@exemple.fr"})
    assert client.get(MDP).url == CODE
    assert client.post(MDP, CHOIX).url == CODE
    assert not Compte.objects.exists()


def test_going_back_shows_what_was_typed_and_keeps_the_verified_address(au_code, etape_1):
    client, message = au_code
    client.post(CODE, {"code": code_de(message)})
    page = client.get(DOCUMENT).content.decode()
    assert f'value="{NUMERO}"' in page
    assert 'value="2026"' in page
    assert client.post(DOCUMENT, etape_1()).url == ADRESSE
    assert 'value="amina@exemple.fr"' in client.get(ADRESSE).content.decode()
    assert client.post(ADRESSE, {"email": "amina@exemple.fr"}).url == CODE
    assert client.get(CODE).url == MDP
    assert Courriel.objects.filter(type="verification").count() == 1


def test_another_address_has_to_be_verified_anew(au_code):
    client, message = au_code
    client.post(CODE, {"code": code_de(message)})
    client.post(ADRESSE, {"email": "autre@exemple.fr"})
    assert client.get(MDP).url == CODE


def test_an_expired_sign_up_says_so_and_starts_again(au_code):
    client, _ = au_code
    Inscription.objects.update(cree_le=timezone.now() - timedelta(hours=25))
    reponse = client.get(CODE, follow=True)
    assert reponse.redirect_chain[-1][0] == DOCUMENT
    assert "a pris fin ou a expiré" in reponse.content.decode()


def test_two_sign_ups_for_one_number_give_one_account(au_code, personne, etape_1, relever):
    premier, message = au_code
    second = Client()
    second.post(DOCUMENT, etape_1())
    second.post(ADRESSE, {"email": "amina.autre@exemple.fr"})
    second.post(CODE, {"code": code_de(relever())})
    premier.post(CODE, {"code": code_de(message)})
    assert premier.post(MDP, CHOIX).url == "/espace/"
    assert "Vous avez déjà un compte" in second.post(MDP, CHOIX).content.decode()
    assert Compte.objects.count() == 1


def test_an_open_session_has_no_use_for_the_sign_up(connecte):
    assert connecte.get(DOCUMENT).url == "/espace/"


def test_neither_code_nor_token_is_stored(au_code):
    _, message = au_code
    lignes = str(list(Courriel.objects.values())) + str(list(Inscription.objects.values()))
    assert code_de(message) not in lignes
    assert lien_de(message).split("/")[-2] not in lignes


def test_the_prefecture_of_a_departement_is_shown_without_account(client):
    page = client.get("/compte/inscription/prefecture/", {"departement": "75"}).content.decode()
    assert "réfecture" in page
    for inconnu in ("zz\x00", "99", "7" * 500):
        reponse = client.get("/compte/inscription/prefecture/", {"departement": inconnu})
        assert "Ce département n’est pas connu" in reponse.content.decode()
