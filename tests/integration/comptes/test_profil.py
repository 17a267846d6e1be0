"""My account: telephone, e-mail confirmed on both addresses, notifications (R-COMPTE-2, R-ESPACE-1)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from comptes.models import ChangementAdresse, Compte, Courriel, Notification
from comptes.operations.avertir import avertir
from comptes.tasks import balayer_courriels
from tests.integration.comptes.reperes import MOT_DE_PASSE, lien_de

EMAIL = "/compte/profil/adresse-electronique/"


@pytest.fixture
def liens(connecte) -> dict[str, str]:
    """Ask for a new address; give the link that each address got."""
    reponse = connecte.post(EMAIL, {"email": "neuve@exemple.fr", "mot_de_passe_actuel": MOT_DE_PASSE})
    assert reponse.url == "/compte/profil/"
    balayer_courriels()
    return {m.to[0]: lien_de(m) for m in mail.outbox}


@pytest.mark.parametrize(
    "ordre", [("karim@exemple.fr", "neuve@exemple.fr"), ("neuve@exemple.fr", "karim@exemple.fr")]
)
def test_the_address_changes_once_both_have_confirmed_in_any_order(liens, compte, ordre):
    premiere, seconde = ordre
    # Opening changes nothing: mail scanners do it.
    for lien in liens.values():
        assert Client().get(lien).status_code == 200
    assert "Une adresse est confirmée" in Client().post(liens[premiere]).content.decode()
    compte.refresh_from_db()
    assert compte.email == "karim@exemple.fr"
    assert "est changée" in Client().post(liens[seconde]).content.decode()
    compte.refresh_from_db()
    assert compte.email == "neuve@exemple.fr"
    mail.outbox.clear()
    balayer_courriels()
    assert {m.to[0] for m in mail.outbox} == {"karim@exemple.fr", "neuve@exemple.fr"}
    assert Client().post(liens[seconde]).status_code == 410


def test_the_link_of_one_side_does_not_confirm_the_other(liens, compte):
    ancienne = liens["karim@exemple.fr"]
    assert Client().post(ancienne.replace("/ancienne/", "/nouvelle/")).status_code == 410
    assert Client().post(ancienne.replace("/ancienne/", "/autre/")).status_code == 410
    assert ChangementAdresse.objects.get().nouvelle_confirmee_le is None


def test_a_new_request_ends_the_links_of_the_old_one(connecte, liens):
    connecte.post(EMAIL, {"email": "autre@exemple.fr", "mot_de_passe_actuel": MOT_DE_PASSE})
    assert Client().post(liens["neuve@exemple.fr"]).status_code == 410


def test_links_end_after_a_day(liens):
    ChangementAdresse.objects.update(cree_le=timezone.now() - timedelta(hours=25))
    assert Client().post(liens["neuve@exemple.fr"]).status_code == 410


@pytest.mark.parametrize(
    ("email", "mot_de_passe", "phrase"),
    [
        ("karim@exemple.fr", MOT_DE_PASSE, "C’est déjà votre adresse."),
        ("neuve", MOT_DE_PASSE, "n’a pas la bonne forme"),
        ("neuve@exemple.fr", "faux", "Ce n’est pas votre mot de passe actuel."),
        ("neuve@exemple.fr\r\nBcc: x@exemple.fr", MOT_DE_PASSE, "n’a pas la bonne forme"),
    ],
)
def test_a_bad_request_for_a_new_address_gets_a_sentence(connecte, email, mot_de_passe, phrase):
    reponse = connecte.post(EMAIL, {"email": email, "mot_de_passe_actuel": mot_de_passe})
    assert phrase in reponse.content.decode()
    assert not ChangementAdresse.objects.exists()


@pytest.mark.parametrize(
    ("saisi", "enregistre"),
    [("06 39 98 01 02", "+33639980102"), ("+262 692 12 34 56", "+262692123456"), ("", "")],
)
def test_the_telephone_changes_at_once(connecte, compte, saisi, enregistre):
    assert connecte.post("/compte/profil/telephone/", {"telephone": saisi}).url == "/compte/profil/"
    compte.refresh_from_db()
    assert compte.telephone == enregistre


@pytest.mark.parametrize("saisi", ["12", "abc", "0" * 100, "06\x0039980102"])
def test_a_number_that_is_none_gets_a_sentence(connecte, saisi):
    reponse = connecte.post("/compte/profil/telephone/", {"telephone": saisi})
    assert reponse.status_code == 200
    assert "fr-error-text" in reponse.content.decode()


def test_the_profile_shows_what_the_account_holds_and_what_waits(connecte, liens):
    page = connecte.get("/compte/profil/").content.decode()
    for texte in (
        "INVENTE",
        "Karim",
        "9903000002",
        "karim@exemple.fr",
        "neuve@exemple.fr",
        "Ouvrez le lien reçu",
    ):
        assert texte in page


def test_a_dead_address_is_told_in_the_account(connecte, compte):
    avertir(compte=compte, type="bienvenue", valeurs={}, cle="bienvenue:1")
    Courriel.objects.update(etat="echec", erreur="adresse_refusee")
    for page in ("/compte/profil/", "/compte/notifications/"):
        assert "n’arrivent pas à votre adresse" in connecte.get(page).content.decode()
    Compte.objects.update(email="neuve@exemple.fr")
    assert "n’arrivent pas à votre adresse" not in connecte.get("/compte/profil/").content.decode()


TYPES = [
    "bienvenue", "mot_de_passe_oublie", "mot_de_passe_change", "adresse_ancienne", "adresse_changee", "depot_apd",
    "depot_confirmation", "ephoto_a_refaire", "ephoto_introuvable",
]  # fmt: skip


def test_every_type_of_notification_is_worded_and_marked_unread(connecte, compte):
    for type_ in TYPES:
        Notification.objects.create(
            compte=compte, type=type_, cle=type_, valeurs={"numero": "7501202611231200001"}
        )
    page = connecte.get("/compte/notifications/").content.decode()
    assert page.count("Non lu<") == len(TYPES)
    assert "7501202611231200001" in page
    assert f"{len(TYPES)} messages non lus." in page


def test_notifications_are_read_one_by_one_or_all_and_only_mine(connecte, compte):
    autre = Compte.objects.create_user("9903000088", None, numero_etranger="9903000088")
    miennes = [Notification.objects.create(compte=compte, type="bienvenue", cle=str(n)) for n in range(3)]
    sienne = Notification.objects.create(compte=autre, type="bienvenue", cle="sienne")
    assert connecte.get(f"/compte/notifications/{miennes[0].pk}/lue/").status_code == 405
    connecte.post(f"/compte/notifications/{miennes[0].pk}/lue/")
    connecte.post(f"/compte/notifications/{sienne.pk}/lue/")
    assert Notification.objects.filter(compte=compte, lue_le__isnull=False).count() == 1
    connecte.post("/compte/notifications/lues/")
    assert not Notification.objects.filter(compte=compte, lue_le__isnull=True).exists()
    sienne.refresh_from_db()
    assert sienne.lue_le is None


def test_many_notifications_come_twenty_a_page_with_a_steady_query_count(
    connecte, compte, django_assert_max_num_queries
):
    for n in range(45):
        Notification.objects.create(compte=compte, type="bienvenue", cle=str(n))
    with django_assert_max_num_queries(10):
        page = connecte.get("/compte/notifications/?page=2").content.decode()
    assert page.count("<article") == 20
    assert connecte.get("/compte/notifications/?page=zz").status_code == 404


def test_a_message_is_ordered_only_inside_a_transaction(compte):
    assert transaction.get_connection().in_atomic_block
    avertir(compte=compte, type="bienvenue", valeurs={}, cle="k")
    avertir(compte=compte, type="bienvenue", valeurs={}, cle="k")
    assert (Notification.objects.count(), Courriel.objects.count()) == (1, 1)


@pytest.mark.parametrize("adresse", ["/compte/profil/", "/compte/notifications/", EMAIL, "/compte/"])
def test_anonymous_visitors_meet_the_login_page(client, adresse):
    assert client.get(adresse).url == f"/compte/connexion/?next={adresse}"
