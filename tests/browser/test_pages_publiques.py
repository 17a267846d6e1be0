"""Every public page: accessible on a desktop and on the narrowest phone, light, and readable without scripts."""

import pytest

from tests.browser.poids import HTML_MAX, OCTETS_MAX, REQUETES_MAX, peser

PAGES = [
    "/", "/simulateur/", "/demander/", "/demander/premiere-demande/", "/demander/renouvellement/",
    "/demander/enfant/", "/demander/famille/", "/compte/connexion/", "/compte/inscription/",
    "/compte/inscription/prefecture/", "/compte/mot-de-passe-oublie/", "/aide/", "/contact/",
    "/mentions-legales/", "/donnees-personnelles/", "/accessibilite/", "/plan-du-site/", "/etat-du-service/",
    "/verifier/", "/verifier/certificats/",
]  # fmt: skip


@pytest.mark.parametrize("adresse", PAGES)
def test_axe_finds_nothing_on_a_desktop(page, adresse, verifier_accessibilite):
    page.goto(adresse)
    verifier_accessibilite(page)


@pytest.mark.parametrize("adresse", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off_at_320_pixels(
    petit_telephone, adresse, verifier_accessibilite
):
    petit_telephone.goto(adresse)
    verifier_accessibilite(petit_telephone)


@pytest.mark.parametrize(
    "adresse", ["/", "/simulateur/", "/demander/premiere-demande/", "/compte/connexion/"]
)
def test_a_first_view_is_light(page, adresse):
    poids = peser(page, adresse)
    assert poids.octets <= OCTETS_MAX
    assert poids.requetes <= REQUETES_MAX
    assert poids.html <= HTML_MAX
