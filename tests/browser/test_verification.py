"""Verification as an employer does it on a phone, with a document that the portal has just made.

All of them come from one address, which has ten tries: the tests together make eight.
"""

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from attestations.lecture import lire
from attestations.presentation import MOIS
from tests.browser.parcours import Parcours, texte_du_pdf
from tests.browser.portail import Portail

TITULAIRE = "9900000066"
EN_VIGUEUR = "Cette attestation est authentique et en vigueur"
# A browser that knows Data Matrix, and a camera that sees one.
CAMERA = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code", "data_matrix"]; }
  async detect() { return [{ rawValue: %s }]; }
};
navigator.mediaDevices.getUserMedia = async () => {
  const toile = document.createElement("canvas");
  const flux = toile.captureStream();
  // A film needs pictures that come.
  setInterval(() => toile.getContext("2d").fillRect(0, 0, 9, 9), 50);
  return flux;
};
"""


@pytest.fixture
def titulaire(ouvrir, portail: Portail) -> Parcours:
    """The person of a dossier, on the page of their demande."""
    parcours = Parcours(ouvrir(), portail)
    parcours.se_connecter(TITULAIRE)
    parcours.ouvrir("/espace/")
    parcours.page.locator("main a[href^='/espace/demandes/']").first.click()
    return parcours


@pytest.fixture
def pdf(titulaire: Parcours, tmp_path: Path) -> Path:
    """The attestation that they downloaded."""
    with titulaire.page.expect_download() as telechargement:
        titulaire.page.get_by_role("link", name=re.compile("Télécharger l’attestation")).first.click()
    chemin = tmp_path / "attestation.pdf"
    telechargement.value.save_as(chemin)
    return chemin


@pytest.fixture
def employeur(telephone: Page, portail: Portail) -> Parcours:
    """Somebody without an account, on a phone of 390 px."""
    parcours = Parcours(telephone, portail)
    parcours.ouvrir("/verifier/")
    return parcours


def dit(parcours: Parcours) -> str:
    return parcours.page.locator("main").inner_text()


def test_the_pdf_and_a_photo_of_it_are_answered(employeur: Parcours, pdf: Path, tmp_path: Path):
    photo = tmp_path / "IMG_2034.jpg"
    document = pypdfium2.PdfDocument(pdf)
    document[0].render(scale=150 / 72).to_pil().rotate(3, fillcolor="gray").save(photo, quality=80)
    document.close()
    for fichier in (pdf, photo):
        employeur.ouvrir("/verifier/")
        employeur.page.locator("#id_fichier").set_input_files(fichier)
        employeur.suivre("Vérifier le fichier")
        assert EN_VIGUEUR in dit(employeur)
        assert "sans valeur" in dit(employeur)
        assert "Ce PDF n’est pas le fichier d’origine" not in dit(employeur)


def test_number_and_birth_date_are_answered_and_a_wrong_date_is_not(employeur: Parcours, pdf: Path):
    texte = texte_du_pdf(pdf.read_bytes())
    numero = re.search(r"\b\d{19}\b", texte)[0]
    jour, mois, annee = re.search(rf"Né\(e\) le (\d+|1er) ({'|'.join(MOIS)}) (\d{{4}})", texte).groups()
    naissance = (int(jour.removesuffix("er")), MOIS.index(mois) + 1, int(annee))
    for annee_dite, phrase in ((naissance[2], EN_VIGUEUR), (naissance[2] - 1, "Aucune attestation trouvée")):
        employeur.ouvrir("/verifier/")
        employeur.ecrire("numero", numero)
        employeur.dater("naissance", (*naissance[:2], annee_dite))
        employeur.suivre("Vérifier le numéro")
        assert phrase in dit(employeur)


def test_a_code_of_sharing_is_made_given_used_and_ended(titulaire: Parcours, employeur: Parcours):
    titulaire.suivre("Laisser un employeur ou un propriétaire la vérifier", role="link")
    titulaire.choisir("motif", "emploi")
    titulaire.suivre("Créer un code")
    code = titulaire.page.locator(".portail-code").inner_text()
    employeur.ouvrir(f"/verifier/partage/{code}/")
    employeur.suivre("Vérifier le code")
    assert EN_VIGUEUR in dit(employeur)
    titulaire.page.reload()
    titulaire.regarder()
    assert "Utilisé la dernière fois le" in dit(titulaire)
    titulaire.suivre(re.compile("^Arrêter ce code"))
    employeur.ouvrir("/verifier/")
    employeur.ecrire("code", code)
    employeur.suivre("Vérifier le code")
    assert "Aucune attestation trouvée" in dit(employeur)


def test_what_is_missing_is_told_on_the_same_page(employeur: Parcours):
    employeur.suivre("Vérifier le fichier")
    expect(employeur.page.get_by_role("alert")).to_contain_text("Choisissez un fichier")


def test_the_camera_reads_the_code_where_the_browser_can(ouvrir, portail: Portail, pdf: Path):
    (texte,) = lire(pdf.read_bytes())
    telephone = ouvrir(viewport={"width": 390, "height": 844})
    telephone.add_init_script(CAMERA % json.dumps(texte))
    parcours = Parcours(telephone, portail)
    parcours.ouvrir("/verifier/")
    parcours.suivre("Lire le code avec la caméra")
    assert EN_VIGUEUR in dit(parcours)


def test_without_scripts_everything_is_there_but_the_camera(sans_javascript: Page, pdf: Path):
    sans_javascript.goto("/verifier/")
    expect(sans_javascript.get_by_role("button", name="Lire le code avec la caméra")).to_be_hidden()
    sans_javascript.locator("#id_fichier").set_input_files(pdf)
    sans_javascript.get_by_role("button", name="Vérifier le fichier").click()
    assert EN_VIGUEUR in sans_javascript.locator("main").inner_text()


def test_the_certificates_and_the_commands_are_readable_on_a_phone(employeur: Parcours):
    employeur.suivre("Vérifier sans ce site : certificats et mode d’emploi", role="link")
    assert "openssl dgst" in dit(employeur)
