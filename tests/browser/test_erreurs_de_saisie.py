"""An answer that is missing or wrong: the summary leads to the field, nothing typed is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.parcours import Parcours
from tests.browser.poids import HTML_MAX, OCTETS_MAX, REQUETES_MAX, peser
from tests.browser.portail import Portail

RESUME = "main [role=alert] a[href^='#'], main .fr-alert--error a[href^='#']"


@pytest.mark.parametrize(
    ("adresse", "bouton"),
    [("/compte/connexion/", "Se connecter"), ("/compte/inscription/", "Continuer"), ("/contact/", None)],
)
def test_each_link_of_the_error_summary_lands_on_its_field(page: Page, portail: Portail, adresse, bouton):
    parcours = Parcours(page, portail)
    parcours.ouvrir(adresse)
    if bouton is None:
        formulaire = page.locator("main form[method=post]")
        if not formulaire.count():
            return
        bouton = formulaire.locator("button[type=submit]").first.inner_text()
    parcours.suivre(bouton)
    assert page.title().startswith("Erreur")
    verifier_les_liens(page)


def test_each_link_of_the_summary_of_a_step_lands_on_its_field(telephone: Page, portail: Portail):
    parcours = Parcours(telephone, portail)
    parcours.se_connecter("9900000004")
    parcours.commencer("premiere-demande")
    parcours.situation(pour="moi", statut="refugie", nature="premiere")
    parcours.suivre("Continuer", role="link")
    parcours.ecrire("identite-ligne", "")
    parcours.ecrire("identite-telephone", "12")
    parcours.suivre("Continuer")
    verifier_les_liens(telephone)
    assert telephone.locator("[name='identite-telephone']").input_value() == "12"


def verifier_les_liens(page: Page) -> None:
    liens = page.locator(RESUME)
    assert liens.count()
    for rang in range(liens.count()):
        cible = liens.nth(rang).get_attribute("href").removeprefix("#")
        liens.nth(rang).click()
        champ = page.locator(f"[id='{cible}']")
        expect(champ).to_be_in_viewport()
        assert page.evaluate(
            "id => { const e = document.getElementById(id);"
            " return document.activeElement === e || e.contains(document.activeElement); }",
            cible,
        ), f"le lien vers #{cible} ne donne pas le focus"


def test_the_pages_of_the_wizard_are_light(page: Page, portail: Portail):
    parcours = Parcours(page, portail)
    parcours.se_connecter("9900000005")
    parcours.commencer("premiere-demande")
    poids = {page.url: peser(page, page.url)}
    parcours.situation(pour="moi", statut="refugie", nature="premiere", motif_premiere="titre_jamais_remis")
    poids[page.url] = peser(page, page.url)
    parcours.suivre("Continuer", role="link")
    poids[page.url] = peser(page, page.url)
    parcours.identite()
    poids[page.url] = peser(page, page.url)
    parcours.famille(situation_familiale="celibataire", nombre_enfants="0")
    poids[page.url] = peser(page, page.url)
    lourdes = {
        re.sub(r".*/", "", adresse.rstrip("/")): mesure
        for adresse, mesure in poids.items()
        if mesure.octets > OCTETS_MAX or mesure.requetes > REQUETES_MAX or mesure.html > HTML_MAX
    }
    assert len(poids) == 5
    assert not lourdes
