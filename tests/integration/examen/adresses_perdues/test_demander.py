"""« I have no access to this address any more »: the three public steps, alike for everybody (spec part 13)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comptes.models import Courriel
from demandes.models import RecuperationAdresse, Trace
from demandes.operations.adresse_perdue import rattacher as module
from demandes.operations.adresse_perdue.rattacher import rattacher_recuperation
from demandes.operations.deposer import deposer
from referentiels.agdref import AgdrefIndisponible, AgdrefLocal
from referentiels.models import PersonneAgdref
from tests import dossiers_d_essai as essai
from tests import fichiers_d_essai as fichiers
from tests.integration.examen.adresses_perdues.conftest import (
    NOUVELLE,
    aller_a_la_piece,
    champs,
    code_recu,
    demander,
    dernier,
    image,
)
from tests.rigueur.navigateur import Navigateur

OUVRIR, CODE, PIECE = "/adresse-perdue/", "/adresse-perdue/code/", "/adresse-perdue/piece-d-identite/"
INCONNU = "9911111111"


def test_the_whole_way_leads_to_a_request_for_the_agents_of_the_prefecture(compte, stockes):
    recuperation = demander(compte.identifiant, departement="75")
    assert (recuperation.etat, recuperation.compte, recuperation.nouvelle) == ("ouverte", compte, NOUVELLE)
    # The register's address wins over the département typed.
    assert recuperation.prefecture_id == "39"
    assert sorted(stockes()) == sorted([recuperation.contenu, recuperation.apercu])
    assert recuperation.contenu.startswith("identites/")
    assert "passeport" not in "".join(stockes())
    assert dernier(NOUVELLE).subject == "Votre demande de nouvelle adresse est arrivée"


def test_it_is_reached_from_the_lost_password_and_from_the_account(compte, connecter, client):
    assert OUVRIR in client.get("/compte/mot-de-passe-oublie/").content.decode()
    assert OUVRIR in client.get("/compte/mot-de-passe-oublie/demande/").content.decode()
    assert OUVRIR in connecter(compte).get("/compte/profil/adresse-electronique/").content.decode()


# --- alike, known or not ----------------------------------------------------------------------------------------


def parcours(numero: str) -> tuple[list[tuple[int, str]], list[list[str]]]:
    """Status and page of each step, and the statements that it ran."""
    pages, requetes = [], []
    navigateur = Client()

    def noter(adresse, donnees):
        with CaptureQueriesContext(connection) as captees:
            reponse = navigateur.post(adresse, donnees, follow=True)
        pages.append((reponse.status_code, re.sub(r'value="\w{64}"', "", reponse.content.decode())))
        requetes.append([re.sub(r"'[^']*'|_x\d+", "", r["sql"]) for r in captees.captured_queries])

    noter(OUVRIR, champs(numero))
    noter(CODE, {"code": code_recu()})
    noter(PIECE, {"piece": image()})
    return pages, requetes


def test_a_known_and_an_unknown_number_get_the_same_pages_from_the_same_statements(compte):
    assert parcours(compte.identifiant) == parcours(INCONNU)
    assert RecuperationAdresse.objects.filter(compte=None).count() == 2


def test_a_known_and_an_unknown_number_get_the_same_mails(compte):
    for numero in (compte.identifiant, INCONNU):
        demander(numero, email=f"{numero}@exemple.fr")
    courriels = [
        list(
            Courriel.objects.filter(destinataire=f"{numero}@exemple.fr")
            .order_by("pk")
            .values_list("type", flat=True)
        )
        for numero in (compte.identifiant, INCONNU)
    ]
    assert courriels[0] == courriels[1] == ["adresse_perdue_code", "adresse_perdue_recue"]
    # Nobody is told that somebody tries before an agent has looked.
    assert not Courriel.objects.filter(destinataire=compte.email).exists()


@pytest.mark.parametrize("qui", ["agent", "compte fermé"])
def test_the_account_of_staff_or_a_closed_one_is_nobody_s(compte, qui):
    if qui == "agent":
        numero = essai.agent(essai.prefecture("39")).identifiant
    else:
        numero = compte.identifiant
        compte.is_active = False
        compte.save()
    assert demander(numero).compte is None


# --- the code ---------------------------------------------------------------------------------------------------


@pytest.fixture
def au_code(compte) -> Navigateur:
    navigateur = Navigateur()
    navigateur.soumettre(OUVRIR, champs(compte.identifiant))
    return navigateur


def test_five_wrong_codes_end_it_and_a_new_one_works(au_code):
    juste = code_recu()
    faux = f"{(int(juste) + 1) % 1_000_000:06d}"
    for _fois in range(5):
        page = au_code.soumettre(CODE, {"code": faux})
        assert page.status_code == 200
    assert "ne peut plus servir" in page.content.decode()
    assert "ne peut plus servir" in au_code.soumettre(CODE, {"code": juste}).content.decode()
    au_code.soumettre(CODE, formulaire="//form[.//button[@name='renvoyer']]", bouton="renvoyer")
    assert code_recu() != juste
    assert au_code.soumettre(CODE, {"code": code_recu()}).url == PIECE


def test_a_code_ends_after_30_minutes(au_code):
    code = code_recu()
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert "ne peut plus servir" in au_code.soumettre(CODE, {"code": code}).content.decode()


def test_the_code_of_one_request_opens_no_other(au_code, compte):
    code_recu()
    autre = Navigateur()
    autre.soumettre(OUVRIR, champs(compte.identifiant, email="voleur@exemple.fr"))
    code = code_recu("voleur@exemple.fr")
    page = au_code.soumettre(CODE, {"code": code})
    assert page.status_code == 200


def test_without_the_code_no_document_is_taken(au_code, stockes):
    assert au_code.get(PIECE).url == CODE
    au_code.handler.enforce_csrf_checks = False
    assert au_code.post(PIECE, {"piece": image()}).url == OUVRIR
    assert stockes() == []


@pytest.mark.parametrize("adresse", [CODE, PIECE])
def test_a_step_without_a_request_leads_to_the_first(adresse, client):
    for methode in ("get", "post"):
        assert getattr(client, methode)(adresse).url == OUVRIR


def test_a_request_left_aside_for_a_day_is_over(au_code):
    code = code_recu()
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1), tick=False):
        assert au_code.get(CODE).url == OUVRIR
        au_code.handler.enforce_csrf_checks = False
        assert au_code.post(CODE, {"code": code}).url == OUVRIR


def test_neither_code_nor_token_is_stored(au_code):
    code = code_recu()
    for modele in (RecuperationAdresse, Courriel, Trace):
        assert code not in str(list(modele.objects.values()))


# --- the document -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "est vide"),
        (b"<html><script>alert(1)</script>", "Ce type de fichier"),
        (b"MZ" + b"\0" * 2000, "Ce type de fichier"),
        (b"\xff\xd8\xff" + b"\0" * 500, "abîmé"),
        (fichiers.png_bombe(), "trop de points"),
        (fichiers.pdf(avec=fichiers.script), "contient un programme"),
        (b"%PDF-1.7 " + b"0" * 500, "abîmé"),
    ],
    ids=["empty", "html", "exe", "broken", "bomb", "script", "broken pdf"],
)
def test_a_hostile_or_broken_file_gets_a_sentence_and_leaves_nothing(compte, stockes, octets, phrase):
    navigateur = aller_a_la_piece(compte.identifiant)
    page = navigateur.soumettre(PIECE, {"piece": SimpleUploadedFile("a.jpg", octets)})
    assert page.status_code == 200
    assert phrase in page.content.decode()
    assert stockes() == []
    assert RecuperationAdresse.objects.get().etat == "en_cours"
    assert navigateur.soumettre(PIECE, {"piece": image()}).status_code == 302


def test_a_photo_loses_where_it_was_taken(compte, stockage):
    exif = fichiers.photo(orientation=6)
    navigateur = aller_a_la_piece(compte.identifiant)
    navigateur.soumettre(PIECE, {"piece": SimpleUploadedFile("a.jpg", exif)})
    recuperation = RecuperationAdresse.objects.get()
    assert b"Exif" not in (stockage / recuperation.contenu).read_bytes()
    assert (stockage / recuperation.contenu).read_bytes() != exif


def test_no_file_gets_a_sentence(compte):
    page = aller_a_la_piece(compte.identifiant).soumettre(PIECE)
    assert "Choisissez d’abord un fichier" in page.content.decode()


def test_sending_twice_is_one_request(compte, stockes):
    navigateur = aller_a_la_piece(compte.identifiant)
    page = navigateur.get(PIECE)
    assert navigateur.soumettre(page, {"piece": image()}).url == "/adresse-perdue/envoyee/"
    assert navigateur.soumettre(page, {"piece": image()}).url == OUVRIR
    assert RecuperationAdresse.objects.count() == 1
    assert len(stockes()) == 2


# --- limits and bad input -----------------------------------------------------------------------------------------


def test_requests_are_limited_by_number_known_or_not(compte):
    for numero in (compte.identifiant, INCONNU):
        codes = [
            Client(REMOTE_ADDR=f"10.0.0.{n}")
            .post(OUVRIR, champs(numero, email=f"a{n}@exemple.fr"))
            .status_code
            for n in range(6)
        ]
        assert codes == [302] * 5 + [429]


def test_requests_are_limited_by_address(client):
    codes = [
        client.post(OUVRIR, champs(f"99111111{n:02}", email=f"a{n}@exemple.fr")).status_code
        for n in range(11)
    ]
    assert codes == [302] * 10 + [429]


def test_a_mailbox_is_not_flooded(client):
    codes = [
        Client(REMOTE_ADDR=f"10.0.0.{n}").post(OUVRIR, champs(f"99111111{n:02}")).status_code
        for n in range(6)
    ]
    assert codes == [302] * 5 + [429]
    # What was refused leaves no row behind.
    assert RecuperationAdresse.objects.count() == 5


@pytest.mark.parametrize(
    "faux",
    [{"username": ""}, {"username": "9" * 300}, {"email": "pas une adresse"}, {"email": "a@b.fr\r\nBcc: x@y.fr"},
     {"departement": "99"}, {"departement": ""}],
)  # fmt: skip
def test_what_is_wrong_gets_a_sentence_and_what_was_typed_stays(client, faux):
    page = client.post(OUVRIR, {**champs("9900000001"), **faux})
    assert page.status_code == 200
    assert "fr-error-text" in page.content.decode()
    assert not RecuperationAdresse.objects.exists()


# --- whose it is ------------------------------------------------------------------------------------------------


def test_the_prefecture_is_the_one_of_the_last_dossier_else_of_the_register_else_the_one_typed(compte):
    assert demander(compte.identifiant, departement="75").prefecture_id == "39"
    PersonneAgdref.objects.update(adresse=None)
    assert demander(compte.identifiant, departement="75").prefecture_id == "75"


def test_the_prefecture_of_the_last_dossier_comes_first():
    profil = essai.refugie(le=timezone.now()).remplir(au=timezone.localdate())
    demande = deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())
    demande.prefecture_id = "69"
    demande.save()
    assert demander(profil.compte.identifiant).prefecture_id == "69"


def test_a_register_that_does_not_answer_is_asked_again(compte, monkeypatch):
    class Muet(AgdrefLocal):
        def personne(self, identifiant):
            raise AgdrefIndisponible

    navigateur = aller_a_la_piece(compte.identifiant)
    navigateur.soumettre(PIECE, {"piece": image()})
    recuperation = RecuperationAdresse.objects.get()
    with monkeypatch.context() as panne:
        panne.setattr(module.agdref, "service", Muet)
        with pytest.raises(AgdrefIndisponible):
            rattacher_recuperation(recuperation.pk, maintenant=timezone.now())
    assert rattacher_recuperation(recuperation.pk, maintenant=timezone.now())
    assert not rattacher_recuperation(recuperation.pk, maintenant=timezone.now())


def test_a_trace_tells_each_step(ouverte):
    assert list(Trace.objects.order_by("pk").values_list("sujet", "quoi", "acteur")) == [
        (ouverte.pk, "ouvrir_recuperation", None), (ouverte.pk, "envoyer_recuperation", None),
    ]  # fmt: skip
