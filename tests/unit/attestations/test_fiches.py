"""The sheet of rights: true to the attestation it explains, plain, on one accessible page."""

import io
import itertools
import re

import page
import pytest
from django.utils import translation
from pypdf import PdfReader

from attestations.donnees import APD, CONFIRMATION_DEPOT
from attestations.fiches import MODELE, Public, fiche
from attestations.rendu import DENSITES, preuve
from tests.donnees_attestation import (
    apd_famille,
    apd_famille_avec_visa,
    apd_famille_renouvellement,
    apd_premiere,
    apd_renouvellement,
    confirmation,
    decision_favorable,
)

DOCUMENTS = [
    apd_premiere,
    apd_renouvellement,
    apd_famille,
    apd_famille_avec_visa,
    apd_famille_renouvellement,
    confirmation,
    decision_favorable,
]
CAS = list(itertools.product(DOCUMENTS, Public))
ADRESSE = "https://portail.example/verifier/"


def la_fiche(document, public):
    return fiche(document(), public, verification=ADRESSE)


def pdf(document, public, **valeurs):
    contexte = {
        "emission_iso": "2026-11-23T14:05:00+01:00",
        "demonstration": False,
        "telephone_ccc": "0 806 001 620",
    }
    return preuve(MODELE, {**la_fiche(document, public).valeurs(), **contexte, **valeurs})


def phrases(contenu):
    return [
        contenu.titre,
        contenu.periode,
        *(droit.phrase for droit in contenu.droits),
        *(phrase for partie in contenu.parties for phrase in partie.phrases),
    ]


@pytest.mark.parametrize(("document", "public"), CAS)
def test_the_rights_are_those_of_the_attestation(document, public):
    sejour, travail, frontieres = (droit.donne for droit in la_fiche(document, public).droits)
    droits = document().droits

    assert (sejour, travail, frontieres) == (droits.sejour, droits.travail, droits.schengen)


@pytest.mark.parametrize(
    ("document", "sejour", "travail"),
    [
        (apd_premiere, "R. 431-15-3", "L. 424-2"),
        (apd_renouvellement, "R. 431-15-3", "R. 431-15-1"),
        (apd_famille_avec_visa, "R. 431-15-1", "R. 431-15-2"),
        (apd_famille_renouvellement, "R. 431-15-1", "R. 431-15-1"),
        (confirmation, "R. 431-15-1", "R. 431-15-1"),
        (decision_favorable, "R. 431-15-1", "R. 431-15-1"),
    ],
)
def test_each_right_names_its_article(document, sejour, travail):
    articles = [droit.article for droit in la_fiche(document, Public.TIERS).droits]

    assert articles == [sejour, travail, ""]


def test_subsidiary_protection_has_its_own_articles():
    contenu = fiche(
        apd_premiere(mention_legale="a obtenu le bénéfice de la protection subsidiaire"),
        Public.TITULAIRE,
        verification=ADRESSE,
    )

    assert [droit.article for droit in contenu.droits] == ["R. 431-15-4", "L. 424-10", ""]


@pytest.mark.parametrize(("document", "public"), CAS)
def test_the_sheet_names_nobody(document, public):
    texte = " ".join(phrases(la_fiche(document, public)))

    for secret in ("HAÏDARI", "Ûmid", "1990", "Hérat", "9203456789", "Lilas"):
        assert secret not in texte


@pytest.mark.parametrize(("document", "public"), CAS)
def test_each_sentence_is_short(document, public):
    for phrase in phrases(la_fiche(document, public)):
        for bout in re.split(r"[.?!:] ", phrase.replace("\u00a0", " ")):
            assert len(bout.split()) <= 20, phrase


@pytest.mark.parametrize(("document", "public"), CAS)
def test_it_says_until_when_and_where_to_verify(document, public):
    contenu = la_fiche(document, public)
    texte = " ".join(phrases(contenu)).replace("\u00a0", " ")

    assert "Jusqu’à quand ?" in [partie.titre for partie in contenu.parties]
    assert ADRESSE in texte
    donnees = document()
    if donnees.type == APD:
        attendu = "22 mai 2027" if donnees.mention_legale else "22 février 2027"
        assert f"jusqu’au {attendu} inclus" in texte
    elif donnees.type == CONFIRMATION_DEPOT:
        assert "ne prouve pas que le séjour est régulier" in texte
        assert "a le droit de travailler" not in texte
    else:
        assert "jusqu’à la remise de la carte" in texte


@pytest.mark.parametrize(
    ("document", "presente"),
    [
        (apd_premiere, None),
        (apd_famille, None),
        (apd_renouvellement, "Le titre de séjour précédent n° FIC7654321, valable du 1er décembre 2016"),
        (apd_famille_avec_visa, "Le visa n° FRA26X123456, valable du 1er décembre 2025 au 30 novembre 2026"),
    ],
)
def test_it_says_what_must_be_shown_with_the_attestation(document, presente):
    texte = " ".join(phrases(la_fiche(document, Public.TIERS))).replace("\u00a0", " ")

    assert ("ne prouve aucun droit" in texte) is (presente is not None)
    assert presente is None or presente in texte


@pytest.mark.parametrize(("document", "public"), CAS)
def test_each_pdf_is_one_accessible_page(document, public):
    octets = pdf(document, public, demonstration=True)

    lecteur = PdfReader(io.BytesIO(octets))
    assert len(lecteur.pages) == 1
    assert lecteur.root_object["/Lang"] == "fr"
    assert lecteur.metadata.title == la_fiche(document, public).titre
    for profil in ("ua1", "3a"):
        rapport = page.validate_pdf_bytes(octets, profile=profil)
        assert rapport.is_compliant, rapport.failures


def test_an_ordinary_sheet_is_not_shrunk(monkeypatch):
    monkeypatch.setattr("attestations.rendu.DENSITES", DENSITES[:1])
    for document, public in CAS:
        pdf(document, public, demonstration=True)


def test_the_same_sheet_is_the_same_to_the_byte():
    assert pdf(apd_premiere, Public.TIERS) == pdf(apd_premiere, Public.TIERS)
    assert pdf(apd_premiere, Public.TIERS) != pdf(apd_premiere, Public.TITULAIRE)


def test_the_pdf_is_in_the_language_of_the_reader():
    with translation.override("ar"):
        valeurs = la_fiche(apd_premiere, Public.TITULAIRE).valeurs()
    octets = preuve(
        MODELE,
        {
            **valeurs,
            "emission_iso": "2026-11-23T14:05:00+01:00",
            "demonstration": False,
            "telephone_ccc": "1",
        },
        langue="ar",
    )

    assert PdfReader(io.BytesIO(octets)).root_object["/Lang"] == "ar"
    assert page.validate_pdf_bytes(octets, profile="ua1").is_compliant
