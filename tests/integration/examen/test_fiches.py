"""The sheets of rights beside each attestation: page and PDF, for those entitled, as long as it may be shown."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from attestations.models import Attestation
from demandes.models import Demande
from demandes.operations.deposer import deposer
from tests import dossiers_d_essai as essai
from tests.rigueur.navigateur import Navigateur

pytestmark = pytest.mark.django_db


def ouvrir(compte) -> Navigateur:
    navigateur = Navigateur()
    navigateur.force_login(compte, backend="comptes.authentification.IdentifiantBackend")
    return navigateur


@pytest.fixture
def demande() -> Demande:
    profil = essai.refugie(le=timezone.now()).remplir(au=timezone.localdate())
    return deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())


def adresses(attestation) -> list[str]:
    racine = f"/espace/attestations/{attestation.pk}/fiche"
    return [f"{racine}/{public}/{fin}" for public in ("titulaire", "tiers") for fin in ("", "pdf/")]


def test_the_page_of_a_dossier_leads_to_both_sheets(demande):
    page = ouvrir(demande.compte).get(f"/espace/demandes/{demande.pk}/").content.decode()

    for adresse in adresses(demande.attestations.get())[::2]:
        assert f'href="{adresse}"' in page


@pytest.mark.parametrize(
    ("public", "mots"),
    [
        ("titulaire", ["Ce que permet votre attestation", "Le travail est autorisé", "L. 424-2"]),
        ("tiers", ["un employeur, un bailleur ou une banque", "Comment vérifier", "/verifier/"]),
    ],
)
def test_the_page_says_the_rights_and_offers_the_pdf(demande, public, mots):
    attestation = demande.attestations.get()
    navigateur = ouvrir(demande.compte)

    page = navigateur.get(f"/espace/attestations/{attestation.pk}/fiche/{public}/").content.decode()
    pdf = navigateur.get(f"/espace/attestations/{attestation.pk}/fiche/{public}/pdf/")

    for mot in mots:
        assert mot in page
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["X-Content-Type-Options"] == "nosniff"
    assert pdf["Cache-Control"] == "private, no-store"
    jour = f"{attestation.debut:%Y-%m-%d}"
    assert pdf["Content-Disposition"] == f'attachment; filename="fiche-{public}-{jour}.pdf"'


def test_both_are_closed_to_everybody_else(demande):
    attestation = demande.attestations.get()
    autre = ouvrir(essai.refugie().compte)

    for adresse in adresses(attestation):
        assert autre.get(adresse).status_code == 404
        assert autre.get(adresse.replace(str(attestation.pk), str(uuid.uuid4()))).status_code == 404
        assert Navigateur().get(adresse).status_code == 302
        assert ouvrir(demande.compte).post(adresse).status_code in (403, 405)
    assert (
        ouvrir(demande.compte).get(adresses(attestation)[0].replace("titulaire", "autre")).status_code == 404
    )


@pytest.mark.parametrize(
    ("changement", "mots"),
    [
        ({"revoquee_le": timezone.now()}, "Cette attestation n’est plus valable"),
        ({"remplacee_le": timezone.now()}, "Une autre attestation remplace celle-ci"),
        (
            {
                "debut": timezone.localdate() - timedelta(days=9),
                "fin": timezone.localdate() - timedelta(days=1),
            },
            "Cette attestation est finie",
        ),
    ],
)
def test_what_is_not_to_be_shown_any_more_has_no_sheet_to_hand_out(demande, changement, mots):
    Attestation.objects.update(**changement)
    attestation = demande.attestations.get()
    navigateur = ouvrir(demande.compte)

    for page_, pdf in (adresses(attestation)[:2], adresses(attestation)[2:]):
        contenu = navigateur.get(page_).content.decode()
        assert mots in contenu
        assert pdf not in contenu
        assert navigateur.get(pdf).status_code == 404


def test_an_attestation_that_starts_later_says_so(demande):
    Attestation.objects.update(debut=timezone.localdate() + timedelta(days=3))
    navigateur = ouvrir(demande.compte)

    page_, pdf = adresses(demande.attestations.get())[:2]

    assert "Cette attestation commence plus tard" in navigateur.get(page_).content.decode()
    assert navigateur.get(pdf).status_code == 200
