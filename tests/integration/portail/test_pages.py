"""Every public page: open to all, one title, a way to someone, nothing from elsewhere, and light."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings as reglages
from django.urls import reverse

from assistance import styles
from comptes.models import Compte
from tests.integration.portail.reperes import PAGES


@pytest.fixture
def page(client):
    def lire(adresse: str) -> str:
        reponse = client.get(adresse)
        assert reponse.status_code == 200, adresse
        return reponse.content.decode()

    return lire


@pytest.mark.parametrize("adresse", PAGES)
def test_a_page_has_one_title_and_a_way_to_someone(page, adresse):
    html = page(adresse)
    assert html.count("<h1") == 1
    assert '<html lang="fr" dir="ltr">' in html
    assert html.count(f'href="{reverse("assistance:contact")}') >= 2
    assert reglages.TELEPHONE_CCC in html


@pytest.mark.parametrize("adresse", PAGES)
def test_a_page_has_nothing_inline_and_nothing_of_the_state(page, adresse):
    html = page(adresse)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"<(?:link|script|img|iframe)[^>]+(?:href|src)=\"(?:https?:)?//", html)
    assert "République Française" not in html
    assert "Marianne" not in html


@pytest.mark.parametrize("adresse", PAGES)
def test_no_link_of_a_page_leads_nowhere(page, client, adresse):
    liens = set(re.findall(r'(?:href|action)="(/[^"#]*)', page(adresse)))
    for lien in sorted(liens):
        if not lien.startswith("/static/"):
            assert client.get(lien.replace("&amp;", "&")).status_code in (200, 302, 405), lien


def test_a_page_forbids_scripts_and_styles_written_in_it(client):
    politique = client.get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in politique
    assert "default-src 'self'" in politique


def test_the_banner_of_the_demonstration_is_there_only_in_demonstration(page, settings):
    settings.DEMONSTRATION = True
    assert "non officiel" in page("/")
    settings.DEMONSTRATION = False
    assert "non officiel" not in page("/")


def test_the_first_view_weighs_less_than_100_kb_in_fewer_than_15_requests(page):
    html = page("/")
    fichiers = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html))
    contenus = [html.encode(), *((Path(reglages.BASE_DIR) / "static" / f).read_bytes() for f in fichiers)]
    assert len(contenus) <= 15
    assert sum(len(gzip.compress(contenu)) for contenu in contenus) <= 100_000


def test_the_stylesheet_is_the_one_that_its_sources_make():
    assert styles.RESULTAT.read_text() == styles.composer(), "run manage.py composer_styles"


def test_the_stylesheet_fetches_nothing_and_has_no_typeface_of_the_state():
    texte = styles.RESULTAT.read_text()
    assert not re.search(r"url\((?![\"']?data:)", texte)
    assert "@font-face" not in texte
    assert "Marianne" not in texte


def test_commencer_sends_a_signed_in_person_to_a_new_draft_for_the_right_person(client):
    compte = Compte.objects.create_user("9903000501", "un mot de passe fictif", numero_etranger="9903000501")
    client.force_login(compte, backend="comptes.authentification.IdentifiantBackend")
    for cas, pour in (("premiere-demande", "moi"), ("enfant", "enfant")):
        html = client.get(reverse("demandes:presentation", args=[cas])).content.decode()
        assert f'action="{reverse("demandes:nouvelle")}"' in html
        assert f'name="pour" value="{pour}"' in html


def test_commencer_asks_an_anonymous_person_to_sign_in_and_come_back(page):
    html = page("/demander/famille/")
    assert f"{reverse('comptes:connexion')}?next=/demander/famille/" in html
    assert reverse("comptes:inscription") in html


def test_an_unknown_case_is_not_found(client):
    assert client.get("/demander/autre-chose/").status_code == 404


def test_contact_shows_a_reference_of_ours_and_nothing_else(page):
    assert "B9BB014F33FE" in page("/contact/?reference=B9BB014F33FE&etape=identite")
    assert "piege" not in page("/contact/?reference=piege<b>&etape=piege&departement=piege")
