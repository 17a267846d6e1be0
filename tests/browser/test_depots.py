"""The complete deposit, for the profiles of the specification, as each person would make it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import fichiers_d_essai as essai
from tests.browser.parcours import Parcours
from tests.browser.portail import Portail

CELIBATAIRE = {"situation_familiale": "celibataire", "nombre_enfants": "0"}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A document photographed with a phone: large, turned, with its position."""
    chemin = tmp_path / "IMG_2034.jpg"
    chemin.write_bytes(essai.photo("JPEG", taille=(2400, 1800), orientation=6))
    return chemin


@pytest.fixture
def photo_heic(tmp_path: Path) -> Path:
    chemin = tmp_path / "IMG_2035.HEIC"
    chemin.write_bytes(essai.photo("HEIF", taille=(2400, 1800)))
    return chemin


@pytest.fixture
def document_pdf(tmp_path: Path) -> Path:
    chemin = tmp_path / "document.pdf"
    chemin.write_bytes(essai.pdf(2))
    return chemin


def test_a_refugee_with_only_an_atda_signs_up_and_deposits_from_a_phone(
    telephone: Page, portail: Portail, photo: Path, photo_heic: Path, code_ephoto: str
):
    parcours = Parcours(telephone, portail)
    email = "maryam@usagers.example"
    parcours.s_inscrire(
        document="atda", numero="99 0000 0051", debut=(1, 6, 2026), fin=(31, 5, 2027), email=email
    )
    parcours.commencer("premiere-demande")
    parcours.situation(pour="moi", statut="refugie", nature="premiere")
    parcours.suivre("Continuer", role="link")
    parcours.identite()
    parcours.famille(**CELIBATAIRE)
    parcours.justificatifs([photo, photo_heic], code_ephoto)
    numero = parcours.deposer()

    attestation = parcours.attestation()
    assert "Attestation de prolongation d’instruction" in attestation
    assert numero in attestation
    assert "reconnu réfugié" in attestation.lower() or "reconnue réfugiée" in attestation.lower()
    assert parcours.attestation_par_courriel(email, numero) == attestation
    parcours.suivre("Suivre ma demande", role="link")
    assert numero in parcours.titre()


def test_the_spouse_of_a_refugee_receives_a_confirmation_that_says_what_it_is_not(
    page: Page, portail: Portail, document_pdf: Path, code_ephoto: str
):
    parcours = Parcours(page, portail)
    parcours.se_connecter("9900000021")
    parcours.commencer("famille")
    parcours.situation(
        pour="moi", statut="membre_famille", lien="conjoint", statut_du_protege="refugie", nature="premiere"
    )
    parcours.suivre("Continuer", role="link")
    parcours.identite()
    parcours.famille(
        situation_familiale="marie",
        conjoint_nom="SPECIMEN",
        reunification_familiale="oui",
        nombre_enfants="0",
    )
    parcours.justificatifs([document_pdf], code_ephoto)
    numero = parcours.deposer()

    assert "ne prouve ni le droit au séjour, ni le droit au travail" in page.locator("main").inner_text()
    attestation = parcours.attestation()
    assert "Confirmation de dépôt" in attestation
    assert "prolongation" not in attestation
    assert parcours.attestation_par_courriel("9900000021@usagers.example", numero) == attestation


def test_a_permit_that_ends_in_two_months_is_renewed_with_all_its_rights(
    page: Page, portail: Portail, photo: Path, code_ephoto: str
):
    parcours = Parcours(page, portail)
    parcours.se_connecter("9900000002")
    parcours.commencer("renouvellement")
    parcours.situation(pour="moi", statut="refugie", nature="renouvellement")
    parcours.suivre("Continuer", role="link")
    parcours.identite()
    parcours.famille(**CELIBATAIRE)
    parcours.justificatifs([photo], code_ephoto)
    numero = parcours.deposer()

    attestation = parcours.attestation()
    assert "Attestation de prolongation d’instruction" in attestation
    assert "DEMO00002" in attestation
    assert numero in attestation


def test_a_mother_applies_for_two_children_in_two_tabs(page: Page, portail: Portail, photo: Path):
    """Each page of one child is answered between two pages of the other: nothing is mixed up."""
    premier = Parcours(page, portail)
    premier.se_connecter("9900000040")
    second = Parcours(page.context.new_page(), portail)
    onglets = {"9900000041": premier, "9900000042": second}
    codes = {"9900000041": "DEMOVALIDE00000000021", "9900000042": "DEMOINCONNUE0000000001"}

    for onglet in onglets.values():
        onglet.commencer("enfant")
    for identifiant, onglet in onglets.items():
        onglet.situation(
            pour="enfant", numero_enfant=identifiant, date_naissance=portail.naissance(identifiant),
            statut="refugie", nature="premiere", souhaite_travailler="oui",
        )  # fmt: skip
    for onglet in onglets.values():
        onglet.suivre("Continuer", role="link")
    for onglet in onglets.values():
        onglet.identite()
    for onglet in onglets.values():
        onglet.famille(
            situation_familiale="celibataire", a_un_contrat="non", parent1_qualite="mere",
            parent1_nom="HABTOM-SPECIMEN", parent1_prenoms="Miriam", parent2_inconnu="oui",
        )  # fmt: skip
    for identifiant, onglet in onglets.items():
        onglet.justificatifs([photo], codes[identifiant])
    numeros = {identifiant: onglet.deposer() for identifiant, onglet in onglets.items()}

    assert len(set(numeros.values())) == 2
    assert "Yonas" in premier.attestation()
    assert "Ruta" in second.attestation()


def test_a_first_application_for_subsidiary_protection_needs_no_script(
    sans_javascript: Page, portail: Portail, document_pdf: Path, code_ephoto: str
):
    parcours = Parcours(sans_javascript, portail, scripts=False)
    parcours.se_connecter("9900000011")
    parcours.commencer("premiere-demande")
    parcours.situation(pour="moi", statut="protection_subsidiaire", nature="premiere")
    parcours.suivre("Continuer", role="link")
    parcours.identite()
    parcours.famille(**CELIBATAIRE)
    parcours.justificatifs([document_pdf], code_ephoto)
    numero = parcours.deposer()

    attestation = parcours.attestation()
    assert "bénéfice de la protection subsidiaire" in attestation
    assert numero in attestation
