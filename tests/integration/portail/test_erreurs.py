"""Error pages: what to do next, a reference for support, and nothing that can fail again."""

import pytest
from django.test import Client, RequestFactory
from django.urls import path

from anef import erreurs
from anef.urls import urlpatterns as adresses


def casse(request):
    raise RuntimeError("panne inventée")


casse.login_required = False
urlpatterns = [*adresses, path("casse/", casse)]
handler500 = "anef.erreurs.erreur_interne"
handler404 = "anef.erreurs.introuvable"


def test_an_unknown_page_says_where_to_go(client):
    reponse = client.get("/nulle-part/")
    assert reponse.status_code == 404
    assert "Aller à l’accueil" in reponse.content.decode()


@pytest.mark.urls(__name__)
def test_a_fault_of_ours_gives_its_reference_to_tell_on_the_telephone():
    client = Client(raise_request_exception=False)
    reponse = client.get("/casse/")
    page = reponse.content.decode()
    assert reponse.status_code == 500
    assert reponse["X-Request-Id"] in page
    assert f"?reference={reponse['X-Request-Id']}" in page
    assert "panne inventée" not in page


def test_the_page_of_a_fault_needs_neither_database_nor_session(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.reference = "B9BB014F33FE"
    with django_assert_num_queries(0):
        assert erreurs.erreur_interne(request).status_code == 500


def test_a_form_older_than_its_session_says_how_to_go_on():
    client = Client(enforce_csrf_checks=True)
    reponse = client.post("/compte/connexion/", {"username": "x"})
    assert reponse.status_code == 403
    assert "Recharger la page" in reponse.content.decode()
