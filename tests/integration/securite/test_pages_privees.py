"""What a page leaves behind it: caches of a shared computer, redirects to another site."""

import pytest
from django.test import Client
from django.utils import timezone

from demandes.operations.deposer import deposer
from demandes.parcours import ETAPES
from tests import dossiers_d_essai as essai


def test_no_page_of_a_person_stays_in_a_cache(connecter):
    jour = timezone.localdate()
    brouillon = essai.refugie(le=timezone.now()).remplir(au=jour)
    depose = essai.refugie(le=timezone.now()).remplir(au=jour)
    deposer(demande_id=depose.demande.pk, compte_id=depose.compte.pk, maintenant=timezone.now())
    etapes = [f"/demarches/{brouillon.demande.pk}/{fin}/" for fin in (*ETAPES, "orientation", "abandonner")]
    suites = [f"/demarches/{depose.demande.pk}/depose/", f"/espace/demandes/{depose.demande.pk}/"]
    pages = [
        (brouillon.compte, ["/", "/espace/", "/compte/profil/", "/compte/notifications/", *etapes]),
        (depose.compte, suites),
    ]

    for compte, adresses in pages:
        navigateur = connecter(compte)
        for adresse in adresses:
            reponse = navigateur.get(adresse)
            assert reponse.status_code == 200, adresse
            assert {"private", "no-store"} <= set(reponse["Cache-Control"].split(", ")), adresse


def test_the_answer_to_logging_out_stays_in_no_cache(connecter):
    navigateur = connecter(essai.compte_de(essai.personne()))

    reponse = navigateur.soumettre("/", formulaire="//form[contains(@action, 'deconnexion')]")

    assert "no-store" in reponse["Cache-Control"]


def test_a_public_page_is_left_to_caches():
    """The counterpart: the header says who is logged in."""
    assert "Cache-Control" not in Client().get("/aide/")


@pytest.mark.parametrize("chemin", ["//exemple.org/x", "///exemple.org/x", "/\\exemple.org/x"])
def test_a_page_whose_address_looks_like_another_site_is_not_where_a_form_leads_back(connecter, chemin):
    navigateur = connecter(essai.compte_de(essai.personne()))
    navigateur.handler.enforce_csrf_checks = False

    reponse = navigateur.post("/compte/session/", headers={"referer": f"http://testserver{chemin}"})

    assert reponse.status_code == 302
    assert reponse.url == "/espace/"


@pytest.mark.parametrize("chemin", ["//exemple.org/x", "///exemple.org/x"])
def test_a_form_sent_after_the_session_ended_leads_to_a_page_of_ours(chemin):
    reponse = Client().post("/demarches/nouvelle/", headers={"referer": f"http://testserver{chemin}"})

    assert reponse.status_code == 302
    assert reponse.url == "/compte/connexion/?next=/demarches/nouvelle/"
