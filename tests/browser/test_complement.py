"""Answer a complement: from the mail on a phone, and without scripts (R-INSTR-4)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import fichiers_d_essai as essai
from tests.browser.accessibilite import verifier_accessibilite
from tests.browser.parcours import MOT_DE_PASSE, Parcours
from tests.browser.portail import Portail

# Najib, the one whose demande is deposited from the start.
NAJIB = "9900000066"
ADRESSE = f"{NAJIB}@usagers.example"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    chemin = tmp_path / "IMG_2036.jpg"
    chemin.write_bytes(essai.photo("JPEG", taille=(1200, 900), orientation=6))
    return chemin


def lien_du_courriel(portail: Portail) -> str:
    """The address in the mail that asks Najib for a complement."""

    def liens() -> list[str]:
        textes = [m.get_body(preferencelist=("plain",)).get_content() for m in portail.boite.pour(ADRESSE)]
        return [lien for texte in textes for lien in re.findall(r"\S+/complement/", texte)]

    portail.boite.attendre(lambda _messages: bool(liens()), delai=60)
    return liens()[-1]


def test_a_complement_is_answered_from_the_mail_on_a_phone(
    telephone: Page, portail: Portail, photo: Path, code_ephoto: str
):
    portail.demander_un_complement(NAJIB, "justificatif_domicile", "ephoto")
    parcours = Parcours(telephone, portail)
    # The link asks to log in, then opens the answer itself.
    parcours.ouvrir(lien_du_courriel(portail))
    parcours.ecrire("username", NAJIB)
    parcours.ecrire("password", MOT_DE_PASSE)
    parcours.suivre("Se connecter")
    assert parcours.titre() == "Répondre à la préfecture"
    principal = telephone.locator("main")
    assert "La photo est floue" in principal.inner_text()

    # Too early: each line of the summary leads to its document.
    parcours.suivre("Transmettre à la préfecture")
    telephone.get_by_role("link", name=re.compile("Justificatif de domicile.*dites si")).click()
    expect(telephone.locator("#piece-justificatif_domicile")).to_be_in_viewport()

    parcours.suivre(re.compile("^Répondre Justificatif"), role="link")
    # Choosing a file says « replace »; the file is checked without leaving the page.
    parcours.joindre(telephone.locator("section[data-piece]"), photo)
    expect(telephone.locator("[name=choix][value=remplacer]")).to_be_checked()
    verifier_accessibilite(telephone)
    parcours.suivre("Continuer")
    assert "Il reste 1 document" in principal.inner_text()

    parcours.suivre(re.compile("^Répondre Code e-photo"), role="link")
    expect(telephone.locator("[name=ephoto_code]")).to_be_hidden()
    parcours.choisir("choix", "remplacer")
    parcours.ecrire("ephoto_code", code_ephoto)
    parcours.suivre("Continuer")
    assert "Tout est prêt" in principal.inner_text()

    parcours.suivre("Transmettre à la préfecture")
    texte = principal.inner_text()
    assert "Votre réponse est transmise à la préfecture" in texte
    assert "La préfecture examine le dossier" in texte
    portail.boite.attendre(
        lambda messages: any("Votre réponse est transmise" in str(m["subject"]) for m in messages), delai=60
    )


def test_a_complement_is_answered_without_scripts(sans_javascript: Page, portail: Portail, photo: Path):
    portail.demander_un_complement(NAJIB, "justificatif_domicile", "decision_protection")
    parcours = Parcours(sans_javascript, portail, scripts=False)
    parcours.se_connecter(NAJIB)
    parcours.suivre(re.compile("^Répondre à la préfecture"), role="link")

    parcours.suivre(re.compile("^Répondre Justificatif"), role="link")
    parcours.joindre(sans_javascript.locator("section[data-piece]"), photo)
    parcours.suivre("Continuer")
    parcours.suivre(re.compile("^Répondre Décision"), role="link")
    parcours.choisir("choix", "garder")
    parcours.ecrire("explication", "C’est la seule copie que j’ai.")
    parcours.suivre("Continuer")
    assert "C’est la seule copie que j’ai." in sans_javascript.locator("main").inner_text()
    parcours.suivre("Transmettre à la préfecture")

    texte = sans_javascript.locator("main").inner_text()
    assert "Votre réponse est transmise à la préfecture" in texte
    assert "Vous avez transmis votre réponse au complément." in texte


def test_the_pages_of_a_dossier_fit_a_phone_of_320_pixels(petit_telephone: Page, portail: Portail):
    portail.demander_un_complement(NAJIB, "justificatif_domicile", "passeport", "ephoto")
    parcours = Parcours(petit_telephone, portail)
    parcours.se_connecter(NAJIB)
    parcours.suivre(re.compile("^Demande n°"), role="link")
    dossier = petit_telephone.url

    for suite in ("complement/", "complement/justificatif_domicile/", "complement/passeport/", "complement/ephoto/",
                  "erreur/"):  # fmt: skip
        parcours.ouvrir(dossier + suite)
    parcours.suivre("Envoyer à la préfecture")
    assert petit_telephone.locator("#resume-erreurs").is_visible()

    parcours.ouvrir(dossier)
    with petit_telephone.expect_download() as telechargement:
        petit_telephone.get_by_role("link", name="Tout télécharger (ZIP)").click()
    assert Path(telechargement.value.path()).read_bytes().startswith(b"PK")
