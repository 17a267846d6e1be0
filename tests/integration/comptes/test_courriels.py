"""The mail queue against a real SMTP server: sent, refused, slow, cut off, twice (R-DEPOT-2, R-ATT-5)."""

import email
import email.policy
import logging
import socket
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comptes.models import ChangementAdresse, Compte, Courriel, Inscription, Notification
from comptes.operations import envoyer_courriel as envoi
from comptes.operations.avertir import avertir, envoyer_seul
from comptes.operations.envoyer_courriel import DELAIS, Issue, envoyer
from comptes.requetes import adresse_en_echec
from comptes.tasks import balayer_courriels


class Serveur:
    """What a mail server does with what it gets; each test sets the answers."""

    def __init__(self):
        self.recus = []
        self.reponse_rcpt = "250 OK"
        self.reponse_data = "250 OK"
        self.couper_apres_data = False

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.reponse_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.reponse_rcpt

    async def handle_DATA(self, server, session, envelope):
        self.recus.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if self.couper_apres_data:
            server.transport.abort()
        return self.reponse_data


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


@pytest.fixture
def serveur(settings):
    """A mail server on a free port of this machine, used by the portal."""
    boite = Serveur()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port_libre(), 2
    controleur = Controller(boite, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controleur.start()
    yield boite
    controleur.stop()


@pytest.fixture
def courriel(compte) -> Courriel:
    """A welcome mail that waits."""
    avertir(compte=compte, type="bienvenue", valeurs={}, cle="bienvenue:essai")
    return Courriel.objects.get()


def relire(courriel: Courriel) -> Courriel:
    return Courriel.objects.get(pk=courriel.pk)


def plus_tard(delai: timedelta):
    return time_machine.travel(timezone.now() + delai + timedelta(seconds=1), tick=True)


def test_a_mail_is_sent_once_with_text_html_and_what_says_that_it_is_automatic(serveur, courriel):
    assert envoyer(courriel.pk) is Issue.ENVOYE
    assert envoyer(courriel.pk) is Issue.RIEN_A_FAIRE
    (recu,) = serveur.recus
    assert recu["To"] == "karim@exemple.fr"
    assert recu["Subject"] == "Votre compte est créé"
    assert recu["Auto-Submitted"] == "auto-generated"
    texte = recu.get_body(("plain",)).get_content()
    html = recu.get_body(("html",)).get_content()
    for partie in (texte, html):
        assert "ne répondez pas" in partie
        assert "Démonstration, non officiel" in partie
        assert "http://127.0.0.1:8000/espace/" in partie
    assert relire(courriel).etat == Courriel.Etat.ENVOYE
    assert relire(courriel).envoye_le is not None


def test_a_server_that_hangs_up_after_the_data_makes_the_same_mail_go_twice(serveur, courriel):
    serveur.couper_apres_data = True
    assert envoyer(courriel.pk) is Issue.SERVEUR_MUET
    assert relire(courriel).etat == Courriel.Etat.A_ENVOYER
    serveur.couper_apres_data = False
    with plus_tard(DELAIS[0]):
        assert envoyer(courriel.pk) is Issue.ENVOYE
    premier, second = serveur.recus
    assert premier["Message-ID"] == second["Message-ID"]
    assert "karim" not in premier["Message-ID"]


def test_an_address_refused_for_good_ends_in_a_failure_that_the_person_sees(serveur, courriel, compte):
    serveur.reponse_rcpt = "550 5.1.1 no such user"
    assert envoyer(courriel.pk) is Issue.REFUSE
    assert (relire(courriel).etat, relire(courriel).erreur) == ("echec", "adresse_refusee")
    assert adresse_en_echec(compte)
    assert Notification.objects.filter(compte=compte).exists()


@pytest.mark.parametrize(
    "panne", [{"reponse_rcpt": "450 busy"}, {"reponse_data": "451 later"}, {"reponse_data": "554 no"}]
)
def test_a_passing_refusal_is_tried_again_later_and_later_then_given_up(serveur, courriel, panne):
    for champ, valeur in panne.items():
        setattr(serveur, champ, valeur)
    with time_machine.travel(timezone.now(), tick=True) as horloge:
        for n, delai in enumerate(DELAIS, start=1):
            assert envoyer(courriel.pk) is Issue.REPORTE
            assert relire(courriel).essais == n
            attente = relire(courriel).prochain_essai_le - timezone.now()
            assert delai - timedelta(seconds=5) < attente <= delai
            assert envoyer(courriel.pk) is Issue.RIEN_A_FAIRE
            horloge.shift(delai + timedelta(seconds=1))
        envoyer(courriel.pk)
    assert relire(courriel).etat == Courriel.Etat.ECHEC


def test_a_dead_server_is_left_alone_after_three_mails(settings, compte):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port_libre()
    for n in range(6):
        avertir(compte=compte, type="bienvenue", valeurs={}, cle=str(n))
    balayer_courriels()
    assert sorted(Courriel.objects.values_list("essais", flat=True)) == [0, 0, 0, 1, 1, 1]


def test_a_server_that_never_answers_does_not_hold_the_worker(settings, courriel):
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = prise.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        assert envoyer(courriel.pk) is Issue.SERVEUR_MUET
    assert relire(courriel).etat == Courriel.Etat.A_ENVOYER


def test_a_worker_killed_while_sending_leaves_a_mail_that_comes_up_again(serveur, courriel, monkeypatch):
    def tue(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as m:
        m.setattr(envoi, "rediger", tue)
        with pytest.raises(KeyboardInterrupt):
            envoyer(courriel.pk)
    # Leased: nobody else takes it while a worker may still be at it.
    assert envoyer(courriel.pk) is Issue.RIEN_A_FAIRE
    with plus_tard(envoi.BAIL):
        assert envoyer(courriel.pk) is Issue.ENVOYE


def test_the_sweep_sends_what_waits_over_one_connection(serveur, compte):
    for n in range(5):
        avertir(compte=compte, type="bienvenue", valeurs={}, cle=str(n))
    balayer_courriels()
    assert len(serveur.recus) == 5
    assert len({m["Message-ID"] for m in serveur.recus}) == 5


@pytest.mark.parametrize(
    "adresse", ["a@exemple.fr\nBcc: b@exemple.fr", "a@exemple.fr\r", "", "a", "a@b, c@d.fr"]
)
def test_an_address_with_a_line_break_or_none_is_refused_when_ordered(adresse):
    with pytest.raises(ValidationError):
        envoyer_seul(destinataire=adresse, type="bienvenue", valeurs={}, cle="k")
    assert not Courriel.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_outside_a_transaction_is_refused(compte):
    with pytest.raises(transaction.TransactionManagementError):
        avertir(compte=compte, type="bienvenue", valeurs={}, cle="k")
    assert not Notification.objects.exists()


def test_an_account_without_address_gets_the_notification_alone():
    sans = Compte.objects.create_user("9903000044", None, numero_etranger="9903000044")
    avertir(compte=sans, type="bienvenue", valeurs={}, cle="k")
    assert (Notification.objects.count(), Courriel.objects.count()) == (1, 0)


class Attestation:
    """Stands for an attestation whose PDF is made elsewhere."""

    type = "CONFIRMATION_DEPOT"

    def __init__(self, *contenus):
        self.contenus = list(contenus)

    def contenu_pdf(self):
        contenu = self.contenus.pop(0)
        if isinstance(contenu, Exception):
            raise contenu
        return contenu


def avec_attestation(courriel: Courriel, monkeypatch, attestation: Attestation) -> None:
    Courriel.objects.filter(pk=courriel.pk).update(
        type="depot_confirmation", valeurs={"numero": "7501202611231200001"}
    )
    monkeypatch.setattr(Courriel, "attestation", attestation)


def test_the_pdf_is_attached_under_a_name_without_personal_data(serveur, courriel, monkeypatch):
    avec_attestation(courriel, monkeypatch, Attestation(b"%PDF-1.7 essai"))
    envoyer(courriel.pk)
    (piece,) = serveur.recus[0].iter_attachments()
    assert (piece.get_filename(), piece.get_content_type()) == ("confirmation-depot.pdf", "application/pdf")
    assert piece.get_content() == b"%PDF-1.7 essai"
    assert "est jointe à ce message" in serveur.recus[0].get_body(("plain",)).get_content()
    assert "7501202611231200001" not in serveur.recus[0]["Subject"]


def test_a_pdf_that_cannot_be_made_delays_the_mail_then_it_leaves_with_the_link(
    serveur, courriel, monkeypatch
):
    avec_attestation(courriel, monkeypatch, Attestation(*[OSError("disque plein")] * 3))
    with time_machine.travel(timezone.now(), tick=True) as horloge:
        for delai in DELAIS[:2]:
            assert envoyer(courriel.pk) is Issue.REPORTE
            horloge.shift(delai + timedelta(seconds=1))
        assert envoyer(courriel.pk) is Issue.ENVOYE
    (recu,) = serveur.recus
    assert not list(recu.iter_attachments())
    assert "est dans votre compte" in recu.get_body(("plain",)).get_content()


def test_a_code_that_has_expired_is_not_sent(compte):
    inscription = Inscription.objects.create(email="a@exemple.fr", envois=1, code_expire_le=timezone.now())
    envoyer_seul(destinataire="a@exemple.fr", type="verification",
                 valeurs={"inscription": str(inscription.pk), "envoi": 1}, cle="v")  # fmt: skip
    assert envoyer(Courriel.objects.get().pk) is Issue.RIEN_A_FAIRE
    assert Courriel.objects.get().etat == Courriel.Etat.SANS_OBJET
    assert not mail.outbox


DEPOT = {"numero": "7501202611231200001", "nature": "premiere", "enfant": ""}
VALEURS = {
    **dict.fromkeys(("depot_apd", "depot_confirmation", "ephoto_a_refaire", "ephoto_introuvable"), DEPOT),
    "mot_de_passe_oublie": {"rang": 0},
}


@pytest.mark.parametrize("type_", [
    "bienvenue", "mot_de_passe_oublie", "mot_de_passe_change", "adresse_ancienne", "adresse_nouvelle",
    "adresse_changee", "depot_apd", "depot_confirmation", "ephoto_a_refaire", "ephoto_introuvable",
])  # fmt: skip
def test_every_type_of_mail_is_worded_without_personal_data_in_its_subject(compte, type_):
    changement = ChangementAdresse.objects.create(compte=compte, nouvelle="neuve@exemple.fr")
    valeurs = VALEURS.get(type_, {"changement": str(changement.pk)})
    envoyer_seul(destinataire=compte.email, type=type_, valeurs=valeurs, cle="k", compte=compte)
    assert envoyer(Courriel.objects.get().pk) is Issue.ENVOYE
    message = mail.outbox[-1]
    for donnee in ("INVENTE", "Karim", "karim", "9903000002", "7501202611231200001"):
        assert donnee not in message.subject
    assert "http://127.0.0.1:8000/" in message.body
    assert "&" not in message.body


@pytest.mark.parametrize(
    ("valeurs", "phrase"),
    [
        ({"nature": "renouvellement"}, "valable seulement avec le titre de séjour précédent"),
        ({"nature": "premiere"}, "prouve que le séjour en France est régulier"),
        ({"enfant": "Ruta"}, "La demande de titre de séjour pour Ruta est déposée"),
    ],
)
def test_the_mail_of_the_deposit_speaks_of_this_demande(compte, valeurs, phrase):
    envoyer_seul(destinataire=compte.email, type="depot_apd", valeurs=DEPOT | valeurs, cle="k", compte=compte)
    assert envoyer(Courriel.objects.get().pk) is Issue.ENVOYE
    assert phrase in " ".join(mail.outbox[-1].body.split())


def test_neither_address_nor_name_reaches_the_log(serveur, courriel, caplog):
    caplog.set_level(logging.DEBUG)
    serveur.reponse_rcpt = "550 karim@exemple.fr is unknown here"
    envoyer(courriel.pk)
    portail = [r for r in caplog.records if r.name.startswith(("comptes", "django"))]
    assert portail
    assert all("karim" not in str(vars(r)) for r in portail if r.name != "django.db.backends")
