"""Staff in a browser: an account is opened, its holder enrols a telephone, loses it, and gets in all the same."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PETIT_TELEPHONE
from tests.browser.parcours import Parcours
from tests.browser.portail import Portail

CHOIX = "agrafe-cheval-pile-correcte"


def lire_le_qr(page: Page) -> str:
    """What a telephone's camera reads on the page."""
    image = Image.open(BytesIO(page.locator("img.gestion-qr").screenshot()))
    (lu,) = zxingcpp.read_barcodes(image)
    return lu.text


def test_a_new_agent_enrols_at_the_first_login_and_comes_back_with_a_recovery_code(
    page: Page, ouvrir: Callable[..., Page], portail: Portail
):
    bureau = Parcours(page, portail)
    bureau.se_connecter_agent("administrateur")
    bureau.ouvrir("/gestion/comptes/agent/")
    bureau.ouvrir("/gestion/comptes/agent/add/")
    for champ, valeur in {
        "identifiant": "noa.specimen", "nom": "NOUVEAU-SPECIMEN", "prenoms": "Noa", "email": "noa@agents.example",
    }.items():  # fmt: skip
        bureau.ecrire(champ, valeur)
    bureau.choisir("role", "responsable")
    bureau.suivre("Enregistrer")
    assert "Une réponse est à corriger" in page.locator("main").inner_text()
    bureau.choisir("prefectures", "39")
    bureau.suivre("Enregistrer")
    assert "NOUVEAU-SPECIMEN Noa" in bureau.titre()

    # On the narrowest phone, with the link of the mail.
    agent = Parcours(ouvrir(**PETIT_TELEPHONE), portail)
    portail.boite.attendre(lambda _messages: bool(portail.boite.pour("noa@agents.example")))
    texte = portail.boite.pour("noa@agents.example")[0].get_body(preferencelist=("plain",)).get_content()
    agent.ouvrir(re.search(rf"{portail.origine}(/compte/nouveau-mot-de-passe/\S+)", texte)[1])
    agent.ecrire("mot_de_passe", CHOIX)
    agent.ecrire("mot_de_passe_confirmation", CHOIX)
    agent.suivre("Enregistrer le mot de passe")
    entrer(agent)

    assert agent.titre() == "Protéger votre compte avec votre téléphone"
    cle = agent.page.locator(".gestion-cle").inner_text().replace(" ", "")
    adresse = lire_le_qr(agent.page)
    assert parse_qs(urlsplit(adresse).query)["secret"] == [cle]
    assert "noa" not in adresse.lower()
    agent.ecrire("code_unique", portail.codes.suivant(cle))
    agent.suivre("Lier ce téléphone")

    assert agent.titre() == "Vos codes de secours"
    codes = agent.page.locator(".gestion-codes code").all_inner_texts()
    assert len(codes) == 10
    with agent.page.expect_download() as telechargement:
        agent.page.get_by_role("link", name="Télécharger les codes").click()
    assert codes[0] in Path(telechargement.value.path()).read_text(encoding="utf-8")
    agent.suivre("J’ai gardé mes codes")
    assert agent.titre() == "Tableau de bord"

    agent.se_deconnecter_agent()
    entrer(agent)
    assert agent.titre() == "Votre code de connexion"
    agent.suivre("Utiliser un code de secours", role="link")
    agent.ecrire("code_de_secours", codes[0].lower().replace("-", " "))
    agent.suivre("Continuer")
    expect(agent.page.locator("main")).to_contain_text("Il vous reste 9 codes de secours")
    agent.page.get_by_role("link", name="Codes de secours").click()
    agent.regarder()
    agent.ouvrir("/gestion/mot-de-passe/")

    bureau.ouvrir(urlsplit(page.url).path)
    assert "Code de secours utilisé" in page.locator("main").inner_text()
    bureau.suivre("Désactiver le compte", role="link")
    bureau.suivre("Désactiver le compte")
    agent.ouvrir("/gestion/")
    assert agent.titre() == "Connexion des agents"


def entrer(agent: Parcours) -> None:
    """Give login and password at the staff's door."""
    agent.ouvrir("/gestion/login/")
    agent.ecrire("username", "noa.specimen")
    agent.ecrire("password", CHOIX)
    agent.suivre("Se connecter")


def test_whoever_tries_the_demonstration_finds_the_codes_where_they_are_asked_for(
    page: Page, portail: Portail
):
    parcours = Parcours(page, portail)
    parcours.se_connecter_agent("instructeur-39")
    assert parcours.titre() == "Tableau de bord"
    parcours.ouvrir("/espace/")
    assert parcours.titre() == "Tableau de bord"
    parcours.se_deconnecter_agent()

    parcours.ouvrir("/demonstration/codes/")
    assert "instructeur-39" in page.locator("main").inner_text()


def test_a_wrong_code_is_said_in_a_summary_whose_link_lands_on_the_field(page: Page, portail: Portail):
    parcours = Parcours(page, portail)
    parcours.ouvrir("/gestion/login/")
    parcours.ecrire("username", "ccc")
    parcours.ecrire("password", "portail-demo-2026")
    parcours.suivre("Se connecter")
    parcours.ecrire("code_unique", "000000")
    parcours.suivre("Continuer")

    assert page.title().startswith("Erreur")
    page.locator("main [role=alert] a").click()
    expect(page.locator("[name=code_unique]")).to_be_focused()
    assert page.locator("[name=code_unique]").get_attribute("autocomplete") == "one-time-code"
