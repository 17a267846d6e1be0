"""Everyone whom the rules stop (R-REGLES-4), or whom the register contradicts: told why, and what to do instead."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.parcours import Parcours
from tests.browser.portail import Portail

REFUGIE = {"pour": "moi", "statut": "refugie", "nature": "premiere"}
RENOUVELLEMENT = {**REFUGIE, "nature": "renouvellement"}
PREFECTURE = r"préfecture"

# login, answers of step 1, what the page must advise (a regular expression).
ARRETS = {
    "APATRIDE": ("9900000061", {**REFUGIE, "statut": "apatride"}, rf"Allez à la {PREFECTURE}"),
    "STATUT_HORS_CHAMP": ("9900000062", {**REFUGIE, "statut": "autre"}, r"démarche"),
    "RECEPISSE_EN_COURS": ("9900000063", REFUGIE, r"Attendez la réponse de la préfecture"),
    "RENOUVELLEMENT_TROP_TOT": ("9900000064", RENOUVELLEMENT, r"\d{1,2}(er)? \w+ 20\d\d|\d\d/\d\d/20\d\d"),
    "RENOUVELLEMENT_TROP_TARD": ("9900000065", RENOUVELLEMENT, rf"Allez à la {PREFECTURE}"),
    "DEMANDE_EN_COURS": ("9900000066", REFUGIE, r"Suivez la demande ouverte"),
    "MINEUR_SANS_ACTIVITE": ("9900000003", {**REFUGIE, "souhaite_travailler": "non"}, r"à partir de 18 ans"),
    "RENOUVELLEMENT_SANS_TITRE": ("9900000001", RENOUVELLEMENT, r"Faites une première demande"),
    "STATUT_CONTREDIT": ("9900000068", REFUGIE, r"Centre de contact citoyens"),
}  # fmt: skip


@pytest.mark.parametrize("code", ARRETS)
def test_a_person_who_may_not_deposit_is_told_what_to_do_instead(
    telephone: Page, portail: Portail, code: str
):
    identifiant, reponses, conseil = ARRETS[code]
    parcours = Parcours(telephone, portail)
    parcours.se_connecter(identifiant)
    parcours.commencer("premiere-demande")
    parcours.situation(**reponses)

    assert parcours.titre() == "Vous ne pouvez pas déposer cette demande ici"
    impasse = telephone.locator(".portail-impasse").first
    expect(impasse).to_contain_text("Que faire ?")
    assert re.search(conseil, impasse.inner_text()), impasse.inner_text()
    # Somebody to speak to, whatever the reason.
    expect(impasse).to_contain_text("0 806 001 620")
    # No way around: the next steps stay closed.
    parcours.ouvrir(re.sub(r"orientation/$", "identite/", telephone.url))
    assert "/identite/" not in telephone.url


@pytest.mark.parametrize("code", ["APATRIDE", "RENOUVELLEMENT_TROP_TARD"])
def test_whoever_must_go_to_the_prefecture_is_given_its_address(page: Page, portail: Portail, code: str):
    identifiant, reponses, _conseil = ARRETS[code]
    parcours = Parcours(page, portail)
    parcours.se_connecter(identifiant)
    parcours.commencer("premiere-demande")
    parcours.situation(**reponses)
    assert re.search(r"\b\d{5}\b", page.locator("main").inner_text())


def test_a_child_under_16_needs_no_permit_and_is_shown_the_travel_document(page: Page, portail: Portail):
    parcours = Parcours(page, portail)
    parcours.se_connecter("9900000040")
    parcours.commencer("enfant")
    parcours.situation(
        pour="enfant", numero_enfant="9900000043", date_naissance=portail.naissance("9900000043"), statut="refugie",
        nature="premiere", souhaite_travailler="oui",
    )  # fmt: skip
    assert parcours.titre() == "Vous ne pouvez pas déposer cette demande ici"
    expect(page.locator(".portail-impasse").first).to_contain_text("document de")


def test_whoever_has_no_number_is_stopped_by_the_simulator_with_an_address(page: Page, portail: Portail):
    parcours = Parcours(page, portail)
    parcours.ouvrir(
        "/simulateur/?statut=refugie&date_naissance=1990-05-17&numero=aucun&recepisse=aucun&nature=premiere"
    )
    assert parcours.titre() == "Cette demande ne peut pas se faire ici"
    page.locator("main select").first.select_option("39")
    parcours.suivre(re.compile("adresse|préfecture", re.IGNORECASE))
    expect(page.locator("main")).to_contain_text("Lons-le-Saunier")


def test_a_person_whom_the_register_does_not_place_deposits_and_gets_a_confirmation_only(
    page: Page, portail: Portail
):
    parcours = Parcours(page, portail)
    parcours.se_connecter("9900000067")
    parcours.commencer("premiere-demande")
    parcours.situation(**REFUGIE)
    assert parcours.titre() == "Vous pouvez faire votre demande ici"
    expect(page.locator("main")).to_contain_text("agent")
