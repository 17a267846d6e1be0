"""The whole deposit with a keyboard and nothing else (WCAG 2.1.1, 2.4.7)."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import fichiers_d_essai as essai
from tests.browser.parcours import MOT_DE_PASSE, VERIFICATION_MS, Parcours
from tests.browser.portail import Portail

PAS_AU_PLUS = 150
FOCUS_VISIBLE = """() => {
  const style = getComputedStyle(document.activeElement);
  const voisin = document.activeElement.nextElementSibling;
  const anneau = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0;
  const autour = voisin !== null && anneau(getComputedStyle(voisin, "::before"));
  return anneau(style) || style.boxShadow !== "none" || autour;
}"""


class Clavier:
    """Reaches with Tab, chooses with arrows and Space, sends with Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def atteindre(self, selecteur: str) -> None:
        """Press Tab until the focus is on `selecteur`; the focus must show all along the way."""
        for _pas in range(PAS_AU_PLUS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selecteur):
                assert self.page.evaluate(FOCUS_VISIBLE), f"Le focus ne se voit pas sur {selecteur}"
                return
        raise AssertionError(f"{selecteur} n’est pas atteint avec Tab sur {self.page.url}")

    def ecrire(self, nom: str, texte: str) -> None:
        self.atteindre(f"main [name='{nom}']")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(texte)

    def choisir(self, nom: str, valeur: str) -> None:
        self.atteindre(f"main [name='{nom}']")
        if not self.page.locator(f"main [name='{nom}']:checked").count():
            self.page.keyboard.press("Space")
        voulu = self.page.locator(f"main [name='{nom}'][value='{valeur}']")
        for _pas in range(10):
            if voulu.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{nom}={valeur} n’est pas atteint avec les flèches")

    def presser(self, selecteur: str) -> None:
        self.atteindre(selecteur)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


ENVOYER = "main form:not([data-envoi]) .portail-boutons button[type=submit]:not([name])"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    chemin = tmp_path / "document.pdf"
    chemin.write_bytes(essai.pdf())
    return chemin


def test_the_mother_of_a_refugee_minor_deposits_with_the_keyboard_alone(
    page: Page, portail: Portail, document: Path, code_ephoto: str
):
    clavier = Clavier(page)
    page.goto("/compte/connexion/")
    clavier.ecrire("username", "9900000025")
    clavier.ecrire("password", MOT_DE_PASSE)
    clavier.presser(ENVOYER)
    page.goto("/demander/famille/")
    clavier.presser("main .portail-boutons button")

    for nom, valeur in {
        "pour": "moi", "statut": "membre_famille", "lien": "ascendant", "statut_du_protege": "refugie",
        "nature": "premiere",
    }.items():  # fmt: skip
        clavier.choisir(f"situation-{nom}", valeur)
    clavier.presser(ENVOYER)
    clavier.presser("main .portail-boutons a.fr-btn")
    clavier.presser(ENVOYER)

    clavier.choisir("famille-situation_familiale", "celibataire")
    clavier.choisir("famille-reunification_familiale", "non")
    clavier.ecrire("famille-nombre_enfants", "0")
    clavier.presser(ENVOYER)

    parcours = Parcours(page, portail)
    # Playwright intercepts the dialog only while somebody listens, and does not wait until it does: from now on.
    page.on("filechooser", lambda _choix: None)
    for section in parcours.pieces():
        identifiant = section.get_attribute("id")
        clavier.atteindre(f"#{identifiant} input[type=file][id^='ajouter-']")
        with page.expect_file_chooser() as choix:
            page.keyboard.press("Space")
        choix.value.set_files(document)
        clavier.atteindre(f"#{identifiant} form[data-envoi] > button.fr-btn--secondary")
        page.keyboard.press("Enter")
        expect(section.locator("[data-fichier][data-etat=pret]")).to_have_count(1, timeout=VERIFICATION_MS)
    clavier.ecrire("justificatifs-ephoto_code", code_ephoto)
    clavier.presser(ENVOYER)

    clavier.atteindre("main [name='recapitulatif-declaration']")
    page.keyboard.press("Space")
    clavier.presser(ENVOYER)
    assert parcours.titre() == "Votre demande est déposée"
    assert "Confirmation de dépôt" in parcours.attestation()


def test_a_first_tab_reaches_the_link_that_skips_the_menu(page: Page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")
