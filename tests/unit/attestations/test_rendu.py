import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import page
import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from attestations import rendu
from attestations.donnees import Adresse, PrefectureCompetente
from attestations.rendu import MODELES, html, pdf
from tests.donnees_attestation import (
    apd_famille,
    apd_famille_avec_visa,
    apd_famille_renouvellement,
    apd_premiere,
    apd_renouvellement,
    confirmation,
    decision_favorable,
    signer,
)

DOCUMENTS = [apd_premiere, apd_renouvellement, apd_famille_avec_visa, confirmation, decision_favorable]


def fichier(donnees):
    return pdf(MODELES[donnees.type], donnees, signer(donnees))


def texte_html(donnees):
    sans_balises = re.sub(r"<[^>]+>", " ", html(MODELES[donnees.type], donnees))
    return " ".join(sans_balises.split())


def texte_pdf(octets):
    """The text layer, spaces dropped: lines break anywhere."""
    return "".join("".join(feuille.extract_text() for feuille in PdfReader(io.BytesIO(octets)).pages).split())


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("demonstration", [False, True])
def test_each_document_is_both_pdf_ua_1_and_pdf_a_3a(document, demonstration):
    octets = fichier(document(demonstration=demonstration))
    for profil in ("ua1", "3a"):
        rapport = page.validate_pdf_bytes(octets, profile=profil)
        assert rapport.is_compliant, rapport.failures


@pytest.mark.parametrize("document", DOCUMENTS)
def test_qpdf_finds_nothing_to_say(document, tmp_path):
    assert shutil.which("qpdf"), "qpdf is part of what bin/test installs"
    (tmp_path / "a.pdf").write_bytes(fichier(document()))
    subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], check=True, capture_output=True)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_is_one_a4_page_in_french_with_a_title(document):
    lecteur = PdfReader(io.BytesIO(fichier(document())))
    assert len(lecteur.pages) == 1
    assert [round(float(cote) * 25.4 / 72) for cote in lecteur.pages[0].mediabox[2:]] == [210, 297]
    assert lecteur.root_object["/Lang"] == "fr"
    assert "9201" in lecteur.metadata.title
    assert lecteur.root_object["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_text_layer_holds_every_datum(document):
    texte = texte_pdf(fichier(document()))
    for donnee in [
        "HAÏDARI-FICTIF",
        "DE L’EXEMPLE",
        "Ûmid, Farhâd",
        "mars 1990 (jour inconnu)",
        "Hérat, Afghanistan",
        "Masculin",
        "afghane",
        "9203456789",
        "Chez l’association Exemple",
        "12 rue des Lilas",
        "92000 Nanterre",
        "9201202611231405001",
        "23 novembre 2026 à 14 h 05",
        "Carte de résident, 10 ans",
        "Préfecture des Hauts-de-Seine",
        "167-177 avenue Joliot-Curie, 92013 Nanterre Cedex",
    ]:
        assert "".join(donnee.split()) in texte


def test_the_apd_prints_its_period_and_the_mention_of_the_law():
    texte = texte_pdf(fichier(apd_premiere()))
    assert "Valabledu23novembre2026au22mai2027inclus" in texte
    assert "«reconnuréfugié»" in texte
    assert "R.431-15-3" in texte
    texte = texte_pdf(
        fichier(apd_premiere(mention_legale="a obtenu le bénéfice de la protection subsidiaire"))
    )
    assert "«aobtenulebénéficedelaprotectionsubsidiaire»" in texte
    assert "R.431-15-4" in texte


def test_a_first_application_says_its_rights_in_words():
    texte = texte_html(apd_premiere())
    assert "Première demande de titre de séjour" in texte
    assert "Autorise à travailler" in texte
    assert "Séjour régulier en France OUI" in texte
    assert "Travail OUI" in texte
    assert "espace Schengen NON Elle ne permet pas de franchir" in texte
    assert "titre de séjour précédent" not in texte
    assert "n’est pas un titre de séjour" in texte


def test_a_first_application_says_that_it_covers_the_wait_for_ofpra():
    attente = "la préfecture ne peut pas prendre de décision. Cette attestation couvre cette attente."
    assert attente in texte_html(apd_premiere(ofpra_en_attente=True))
    assert "OFPRA" not in texte_html(apd_premiere(ofpra_en_attente=False))
    assert "OFPRA" not in texte_html(apd_renouvellement())


def test_a_renewal_is_only_valid_with_the_previous_permit_and_keeps_all_its_rights():
    texte = texte_html(apd_renouvellement())
    assert "Renouvellement d’un titre de séjour" in texte
    assert "Première demande" not in texte
    assert "Valable uniquement avec le titre de séjour précédent, même s’il est expiré" in texte
    assert "expiré : n° FIC7654321, valable du 1er décembre 2016 au 30 novembre 2026" in texte
    assert "Tous les droits ouverts par le titre de séjour précédent sont maintenus" in texte
    assert (
        "espace Schengen OUI Elle permet de franchir les frontières de l’espace Schengen sans visa" in texte
    )


def test_a_family_member_is_told_to_show_the_visa_and_may_work_in_mainland_france():
    texte = texte_html(apd_famille_avec_visa())
    assert "Mention légale" not in texte
    assert "Valable du 23 novembre 2026 au 22 février 2027 inclus" in texte
    assert "Valable uniquement avec le visa, même s’il est expiré : n° FRA26X123456, valable du" in texte
    assert "si elle est présentée avec le visa." in texte
    assert "Elle permet d’exercer une activité professionnelle en France métropolitaine." in texte
    assert "espace Schengen NON" in texte
    assert "Seule, elle ne prouve aucun droit." in texte
    assert "articles R. 431-15-1 et R. 431-15-2 du code" in texte
    assert "titre de séjour précédent" not in texte


def test_a_family_member_without_a_document_has_an_apd_that_stands_alone():
    texte = texte_html(apd_famille())
    assert "Valable uniquement" not in texte
    assert "Cette attestation prouve que le séjour est régulier pendant la période indiquée." in texte
    assert "en France métropolitaine" in texte


def test_a_family_member_who_renews_keeps_the_rights_of_the_previous_permit():
    texte = texte_html(apd_famille_renouvellement())
    assert "Tous les droits ouverts par le titre de séjour précédent sont maintenus" in texte
    assert "métropolitaine" not in texte
    assert "espace Schengen OUI" in texte
    assert "article R. 431-15-1 du code" in texte


def test_a_confirmation_says_what_it_is_not():
    texte = texte_html(confirmation())
    assert (
        "Ce document prouve le dépôt de la demande. La demande a été transmise à la préfecture compétente"
        in texte
    )
    assert "Ne permet pas de travailler" in texte
    assert "Séjour régulier en France NON" in texte
    assert "Travail NON" in texte
    assert "espace Schengen NON" in texte
    assert "OUI" not in texte
    assert "Autorise à travailler" not in texte


def test_a_favourable_decision_is_valid_until_the_card_is_handed_over():
    texte = texte_html(decision_favorable())
    assert "jusqu’à la remise du titre de séjour" in texte
    assert "Autorise à travailler" in texte
    assert "espace Schengen NON" in texte


@pytest.mark.parametrize("document", DOCUMENTS)
def test_only_a_demonstration_says_that_it_has_no_value(document):
    assert texte_html(document(demonstration=True)).count("Démonstration – document sans valeur") == 2
    assert "sans valeur" not in texte_html(document())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_nothing_borrows_the_identity_of_the_state(document):
    texte = texte_html(document()).lower()
    assert "république française" not in texte
    assert "marianne" not in texte


@pytest.mark.parametrize("document", DOCUMENTS)
def test_it_stays_one_page_with_every_field_at_its_longest(document):
    large = "W" * 500
    donnees = document(
        nom=large,
        nom_usage=large,
        prenoms=(large,) * 30,
        ville_naissance=large,
        pays_naissance_nom=large,
        nationalite_nom=large,
        numero_visa=large,
        titre=large,
        demonstration=True,
        adresse=Adresse(lignes=(large,) * 30, code_postal=large, commune=large),
        prefecture=PrefectureCompetente(nom=large, adresse=large),
        fondements=("L.424-13", "L.421-35"),
    )
    octets = fichier(donnees)
    assert len(PdfReader(io.BytesIO(octets)).pages) == 1
    assert page.validate_pdf_bytes(octets, profile="ua1").is_compliant


def test_sixty_letters_of_first_names_are_printed_whole():
    prenoms = ("Jean-Baptiste", "Emmanuel", "Zorobabel", "Nabuchodonosor", "Théodore")
    assert "".join(", ".join(prenoms).split()) in texte_pdf(fichier(apd_renouvellement(prenoms=prenoms)))


def test_an_ordinary_document_is_not_shrunk(monkeypatch):
    monkeypatch.setattr(rendu, "DENSITES", rendu.DENSITES[:1])
    for document in DOCUMENTS:
        fichier(document(demonstration=True))
    fichier(apd_premiere(demonstration=True, ofpra_en_attente=True))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_code_is_a_picture_with_words_for_those_who_do_not_see_it(document):
    (figure,) = [
        noeud for noeud in noeuds(PdfReader(io.BytesIO(fichier(document())))) if noeud.get("/S") == "/Figure"
    ]
    assert figure["/Alt"].startswith("Code 2D-Doc signé")
    assert "2D-DOC" in texte_pdf(fichier(document()))


def noeuds(lecteur):
    """Every element of the structure tree."""
    a_voir = [lecteur.root_object["/StructTreeRoot"]]
    while a_voir:
        noeud = a_voir.pop()
        yield noeud
        enfants = noeud.get("/K", [])
        for enfant in enfants if isinstance(enfants, list) else [enfants]:
            objet = enfant.get_object()
            if isinstance(objet, dict) and objet.get("/Type") != "/MCR":
                a_voir.append(objet)


@pytest.mark.parametrize(
    ("nom", "romanise"), [("Щукин", "SHCHUKIN"), ("محمد", "MHMD"), ("Ελένη", "ELENI"), ("漢字", "HANZI")]
)
def test_a_name_of_another_alphabet_is_followed_by_what_the_code_says(nom, romanise):
    texte = texte_pdf(fichier(apd_premiere(nom=nom, prenoms=(nom, "Ana"), ville_naissance=nom)))
    assert texte.count(f"({romanise})") == 2
    assert f"({romanise},ANA)" in texte


@pytest.mark.parametrize("nom", ["HAÏDARI", "Nguyễn Thị Ánh", "Łukasz", "Straße", "O’Brien", "Ağaoğlu"])
def test_a_name_in_latin_letters_stands_alone(nom):
    assert "(" not in texte_html(apd_premiere(nom=nom)).partition("Nom d’usage")[0]


@pytest.mark.parametrize(
    ("nom", "police"),
    [
        ("Александр", "Noto-Sans"),
        ("Ελένη", "Noto-Sans"),
        ("Nguyễn Thị Ánh", "Noto-Sans"),
        ("محمد", "Noto-Sans-Arabic"),
    ],
)
def test_other_alphabets_are_drawn_with_the_bundled_fonts_only(nom, police):
    octets = fichier(apd_premiere(nom=nom))
    polices = {
        str(valeur.get_object()["/BaseFont"]).partition("+")[2].removesuffix("-Bold")
        for valeur in PdfReader(io.BytesIO(octets)).pages[0]["/Resources"]["/Font"].get_object().values()
    }
    assert police in polices
    assert polices <= {"Noto-Sans", "Noto-Sans-Arabic"}
    assert page.validate_pdf_bytes(octets, profile="ua1").is_compliant


def test_a_sign_that_no_font_has_is_replaced_and_the_document_stays_valid():
    octets = fichier(apd_premiere(nom="漢字😀KIM"))
    assert "\ufffd\ufffd\ufffdKIM" in texte_pdf(octets)
    assert page.validate_pdf_bytes(octets, profile="ua1").is_compliant


@pytest.mark.parametrize(
    "nom",
    [
        "<script>alert(1)</script>",
        "</td></tr></table><h1>VRAI",
        "{{ numero_etranger }}{% now 'Y' %}",
        "&lt;b&gt;&amp;",
        "'\"`;--",
        "\u202e<img src=x>",
        "\x00\x01\ud800\ufffe",
        "%s%n\\u0041",
    ],
)
def test_hostile_text_is_printed_as_text(nom):
    donnees = apd_premiere(nom=nom, titre=nom)
    octets = fichier(donnees)
    assert texte_pdf(octets).count("".join(donnees.nom.split())) == 2
    assert page.validate_pdf_bytes(octets, profile="ua1").is_compliant
    assert "<h1>VRAI" not in html("apd/v1", donnees)


def test_no_address_in_a_field_is_ever_fetched(tmp_path):
    demandes = []

    class Piege(BaseHTTPRequestHandler):
        def do_GET(self):
            demandes.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    serveur = HTTPServer(("127.0.0.1", 0), Piege)
    fil = threading.Thread(target=serveur.serve_forever)
    fil.start()
    try:
        adresse = f"http://127.0.0.1:{serveur.server_port}/a.png"
        octets = fichier(apd_premiere(nom=f"<img src='{adresse}'>", titre=f"url({adresse}) {adresse}"))
    finally:
        serveur.shutdown()
        fil.join()
        serveur.server_close()
    assert demandes == []
    assert f"<imgsrc='{adresse}'>" in texte_pdf(octets)


@pytest.mark.parametrize(
    "adresse",
    [
        "https://ressources.invalid/2ddoc.png/..",
        "http://127.0.0.1:1/a.png",
        "file:///etc/passwd",
        "data:text/css,a{}",
        "https://ressources.invalid/polices/../v1.css",
        "ftp://a/b",
    ],
)
def test_the_reader_of_addresses_refuses_all_but_the_fonts(adresse):
    fichier(apd_premiere())
    with pytest.raises(ValueError, match="refused"):
        rendu._outils().lecteur.fetch(adresse)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_same_data_give_the_same_bytes(document):
    assert fichier(document()) == fichier(document())
    assert fichier(document()) != fichier(replace(document(), nom="AUTRE"))


def test_the_first_document_of_another_process_is_the_same_to_the_byte():
    programme = """
import hashlib, django
django.setup()
from attestations import rendu
from tests.donnees_attestation import apd_premiere, signer
print(hashlib.sha256(rendu.pdf("apd/v1", apd_premiere(), signer(apd_premiere()))).hexdigest())
"""
    fini = subprocess.run(
        [sys.executable, "-c", programme],
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "anef.settings"},
    )
    assert fini.stdout.strip() == hashlib.sha256(fichier(apd_premiere())).hexdigest()


def test_the_document_is_french_whatever_the_language_of_the_request():
    attendu = fichier(apd_premiere())
    with translation.override("en"):
        assert fichier(apd_premiere()) == attendu


def test_threads_that_render_together_get_their_own_documents():
    noms = [f"FICTIF{numero}" for numero in range(6)]
    resultats = {}
    fils = [
        threading.Thread(target=lambda nom=nom: resultats.update({nom: fichier(apd_premiere(nom=nom))}))
        for nom in noms
    ]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    for nom in noms:
        assert nom in texte_pdf(resultats[nom])


def test_a_document_whose_compressed_data_end_with_a_carriage_return_is_written_without_compression(
    monkeypatch,
):
    """It would be taken for a part of the end of line before `endstream`: PDF/A would find the length wrong."""
    ordinaire = fichier(apd_premiere())
    # Rare by itself: every compressed stream counts as one here.
    monkeypatch.setattr(rendu, "FIN_DOUTEUSE", b"\nendstream")
    octets = fichier(apd_premiere())

    assert len(octets) > 1.5 * len(ordinaire)
    assert texte_pdf(octets) == texte_pdf(ordinaire)
    assert octets == fichier(apd_premiere())
    for profil in ("ua1", "3a"):
        rapport = page.validate_pdf_bytes(octets, profile=profil)
        assert rapport.is_compliant, rapport.failures
