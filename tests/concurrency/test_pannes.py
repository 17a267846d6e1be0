"""Whatever dies, the deposit stands, the PDF comes once, the mail at least once and recognisable (R-DEPOT-2)."""

import socket
import threading
import time
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from anef.celery import app
from attestations import rendu
from attestations.models import Attestation
from attestations.tasks import balayer_attestations
from comptes.models import Courriel, Notification
from comptes.operations.envoyer_courriel import envoyer
from comptes.tasks import balayer_courriels
from demandes.etats import Etat
from demandes.models import Demande, EchecDepot, Evenement
from demandes.operations import deposer as module_depot
from demandes.operations.deposer import deposer
from tests import dossiers_d_essai as essai
from tests.concurrency.attente import arret_avant, attendre


@pytest.fixture
def pret():
    return essai.refugie(le=timezone.now()).remplir(au=timezone.localdate())


@pytest.fixture
def deposer_par_la_page(pret):
    """Press « Déposer » as the person does; gives the answer."""

    def presser(client: Client | None = None):
        client = client or Client(raise_request_exception=False)
        client.force_login(pret.compte, backend="comptes.authentification.IdentifiantBackend")
        # Sent from the page of the last step: a stale mark with the same answers is no conflict.
        return client.post(
            f"/demarches/{pret.demande.pk}/recapitulatif/", {"recapitulatif-declaration": "on", "marque": ""}
        )

    return presser


def echeance() -> None:
    """Make every next try due, as if the wait were over."""
    Attestation.objects.update(prochain_essai_le=timezone.now())
    Courriel.objects.update(prochain_essai_le=timezone.now())


def pdf_joint(message) -> bytes:
    (piece,) = list(message.iter_attachments())
    assert piece.get_content_type() == "application/pdf"
    return piece.get_content()


def fichiers_d_attestation() -> list[str]:
    dossier = default_storage.path("attestations")
    try:
        sous_dossiers, _ = default_storage.listdir(dossier)
    except FileNotFoundError:
        return []
    return [
        f"{sous}/{nom}" for sous in sous_dossiers for nom in default_storage.listdir(f"{dossier}/{sous}")[1]
    ]


@pytest.fixture(autouse=True)
def _aucun_fichier_avant():
    """What an earlier test stored is not counted here."""
    for nom in fichiers_d_attestation():
        default_storage.delete(f"attestations/{nom}")


# --- everything is well -----------------------------------------------------------------------------------


def test_with_a_worker_the_pdf_and_the_mail_follow_by_themselves(
    boite_aux_lettres, celery_worker_process, deposer_par_la_page, pret
):
    celery_worker_process("--pool", "solo")

    assert deposer_par_la_page().status_code == 302

    (message,) = boite_aux_lettres.attendre()
    attestation = Attestation.objects.get()
    assert message["To"] == pret.compte.email
    assert pdf_joint(message) == attestation.contenu_pdf()
    attendre(lambda: Courriel.objects.get().etat == "envoye")
    assert len(fichiers_d_attestation()) == 1


# --- the broker -------------------------------------------------------------------------------------------


@pytest.fixture
def courtier_mort(settings):
    """Redis is gone: a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port = prise.getsockname()[1]
    adresse = f"redis://127.0.0.1:{port}/0"
    settings.CELERY_BROKER_URL = adresse
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": adresse}}


@pytest.fixture
def courtier_muet(settings):
    """Redis accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as prise:
        adresse = f"redis://127.0.0.1:{prise.getsockname()[1]}/0"
        settings.CELERY_BROKER_URL = adresse
        yield


@pytest.mark.parametrize("etat_du_courtier", ["courtier_mort", "courtier_muet"])
def test_without_a_broker_the_deposit_stands_and_the_sweeps_do_the_work(
    request, boite_aux_lettres, deposer_par_la_page, pret, etat_du_courtier
):
    client = Client()
    request.getfixturevalue(etat_du_courtier)

    debut = time.monotonic()
    reponse = deposer_par_la_page(client)
    duree = time.monotonic() - debut

    assert reponse.status_code == 302
    assert reponse.url.endswith("/depose/")
    assert duree < 3
    assert Demande.objects.get().etat == Etat.DEPOSEE
    # Nobody was told: the rows are all there is.
    assert boite_aux_lettres.messages == []
    balayer_attestations()
    assert Attestation.objects.get().etat == "produite"
    balayer_courriels()
    (message,) = boite_aux_lettres.messages
    assert pdf_joint(message) == Attestation.objects.get().contenu_pdf()


def test_without_a_worker_the_person_has_the_pdf_at_once(courtier_mort, deposer_par_la_page, pret):
    client = Client()
    deposer_par_la_page(client)
    attestation = Attestation.objects.get()
    assert attestation.etat == "a_produire"

    page = client.get(f"/demarches/{pret.demande.pk}/depose/")
    lien = f"/espace/attestations/{attestation.pk}/"
    assert lien in page.content.decode()
    pdf = client.get(lien)

    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    # The worker that comes later makes no second document.
    echeance()
    balayer_attestations()
    assert client.get(lien).content == pdf.content
    assert len(fichiers_d_attestation()) == 1


# --- a worker killed --------------------------------------------------------------------------------------


def test_a_worker_killed_between_the_pdf_and_its_row_leaves_one_pdf_and_one_mail(
    boite_aux_lettres, celery_worker_process, deposer_par_la_page, pret
):
    premier = celery_worker_process("--pool", "solo")
    with arret_avant("attestations_attestation", "produite") as atteint:
        assert deposer_par_la_page().status_code == 302
        attendre(atteint, quoi="le worker tient l’attestation")
        premier.tuer()

    attestation = Attestation.objects.get()
    assert attestation.etat == "a_produire"
    assert attestation.essais >= 1
    assert Demande.objects.get().etat == Etat.DEPOSEE
    echeance()

    celery_worker_process("--pool", "solo")
    app.send_task("attestations.tasks.balayer_attestations")
    app.send_task("comptes.tasks.balayer_courriels")

    (message,) = boite_aux_lettres.attendre()
    attendre(lambda: Attestation.objects.get().etat == "produite")
    assert pdf_joint(message) == Attestation.objects.get().contenu_pdf()
    assert len(fichiers_d_attestation()) == 1
    attendre(lambda: Courriel.objects.get().etat == "envoye")
    assert len(boite_aux_lettres.messages) == 1


def test_a_worker_killed_between_the_mail_and_its_row_sends_it_again_as_the_same(
    boite_aux_lettres, celery_worker_process, deposer_par_la_page, pret
):
    premier = celery_worker_process("--pool", "solo")
    with arret_avant("comptes_courriel", "envoye") as atteint:
        deposer_par_la_page()
        boite_aux_lettres.attendre()
        attendre(atteint, quoi="le worker a remis le courriel et va l’écrire")
        premier.tuer()

    assert Courriel.objects.get().etat == "a_envoyer"
    echeance()
    celery_worker_process("--pool", "solo")
    app.send_task("comptes.tasks.balayer_courriels")

    un, deux = boite_aux_lettres.attendre(lambda messages: len(messages) == 2)
    assert un["Message-ID"] == deux["Message-ID"]
    assert pdf_joint(un) == pdf_joint(deux)
    attendre(lambda: Courriel.objects.get().etat == "envoye")
    assert Notification.objects.count() == 1


# --- the mail server --------------------------------------------------------------------------------------


@pytest.fixture
def courriel(pret) -> int:
    """The order of the mail of a deposit, due now."""
    deposer(demande_id=pret.demande.pk, compte_id=pret.compte.pk, maintenant=timezone.now())
    return Courriel.objects.get().pk


def test_a_server_that_refuses_and_then_accepts_gets_the_mail_once(boite_aux_lettres, courriel):
    boite_aux_lettres.reponse = "451 4.3.0 occupé"
    for essais in (1, 2, 3):
        echeance()
        balayer_courriels()
        ligne = Courriel.objects.get()
        assert (ligne.etat, ligne.essais) == ("a_envoyer", essais)
        # Not at once again: the next try waits longer each time.
        assert ligne.prochain_essai_le > timezone.now()
        balayer_courriels()
        assert Courriel.objects.get().essais == essais

    boite_aux_lettres.accepter()
    echeance()
    balayer_courriels()

    assert Courriel.objects.get().etat == "envoye"
    (message,) = boite_aux_lettres.messages
    assert pdf_joint(message)[:5] == b"%PDF-"
    assert Demande.objects.get().etat == Etat.DEPOSEE


def test_a_server_that_keeps_the_mail_and_says_no_gets_it_again_as_the_same(boite_aux_lettres, courriel):
    boite_aux_lettres.garder_puis("451 4.3.0 panne après réception")
    envoyer(courriel)
    boite_aux_lettres.accepter()
    echeance()
    envoyer(courriel)

    un, deux = boite_aux_lettres.messages
    assert un["Message-ID"] == deux["Message-ID"]
    assert Courriel.objects.get().etat == "envoye"


@contextmanager
def serveur_qui_raccroche():
    """A mail server that takes the whole message and hangs up without a word. Gives (port, messages)."""
    recus: list[bytes] = []

    def servir(prise: socket.socket) -> None:
        while True:
            try:
                lien, _adresse = prise.accept()
            except OSError:
                return
            with lien, lien.makefile("rwb") as flux:
                dire(flux, b"220 essai")
                for ligne in flux:
                    if ligne.upper().startswith(b"DATA"):
                        dire(flux, b"354 oui")
                        recus.append(b"".join(iter(flux.readline, b".\r\n")))
                        break
                    dire(flux, b"250 oui")
                lien.shutdown(socket.SHUT_RDWR)

    def dire(flux, reponse: bytes) -> None:
        flux.write(reponse + b"\r\n")
        flux.flush()

    with socket.create_server(("127.0.0.1", 0)) as prise:
        fil = threading.Thread(target=servir, args=(prise,), daemon=True)
        fil.start()
        try:
            yield prise.getsockname()[1], recus
        finally:
            prise.shutdown(socket.SHUT_RDWR)
            fil.join(10)


def test_a_server_that_hangs_up_after_the_message_gets_it_again_as_the_same(
    boite_aux_lettres, courriel, settings
):
    with serveur_qui_raccroche() as (port, recus):
        bon, settings.EMAIL_PORT = settings.EMAIL_PORT, port
        envoyer(courriel)
        settings.EMAIL_PORT = bon
    assert Courriel.objects.get().etat == "a_envoyer"
    assert len(recus) == 1

    echeance()
    envoyer(courriel)

    (message,) = boite_aux_lettres.messages
    assert message["Message-ID"].encode() in recus[0]
    assert Courriel.objects.get().etat == "envoye"


def test_a_pdf_that_cannot_be_made_holds_the_mail_twice_and_then_lets_it_go_with_a_link(
    boite_aux_lettres, courriel, monkeypatch, settings
):
    def refuser(modele, donnees):
        raise RuntimeError

    monkeypatch.setattr(rendu, "pdf", refuser)
    for _essai in (1, 2):
        echeance()
        envoyer(courriel)
        assert boite_aux_lettres.messages == []
    echeance()
    envoyer(courriel)

    (message,) = boite_aux_lettres.messages
    assert not list(message.iter_attachments())
    texte = message.get_body(("plain",)).get_content()
    assert f"{settings.BASE_URL}/espace/" in texte
    assert Courriel.objects.get().etat == "envoye"


# --- the database -----------------------------------------------------------------------------------------


def couper_la_base(*_arguments, **_valeurs):
    """End this connection as a restart of PostgreSQL would."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def test_a_database_that_goes_away_in_the_middle_leaves_the_draft_and_a_dated_proof(
    deposer_par_la_page, pret, monkeypatch
):
    client = Client()
    with monkeypatch.context() as panne:
        panne.setattr(module_depot, "prevenir", couper_la_base)
        reponse = deposer_par_la_page(client)

    assert reponse.status_code == 503
    pret.demande.refresh_from_db()
    assert pret.demande.etat == Etat.BROUILLON
    assert not Evenement.objects.exists()
    assert not Attestation.objects.exists()
    preuve = EchecDepot.objects.get()
    lien = f"/demarches/{pret.demande.pk}/echec/{preuve.reference}/"
    assert lien in reponse.content.decode()
    texte = PdfReader(BytesIO(client.get(lien).content)).pages[0].extract_text()
    assert preuve.reference in texte
    heure = timezone.localtime(preuve.le)
    assert f"{heure.hour} h {heure:%M}" in " ".join(texte.split())
    # The same button again, a minute later: the deposit goes through.
    assert deposer_par_la_page(client).url.endswith("/depose/")
