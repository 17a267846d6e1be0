"""What a third party is told about the code that they show: each answer of /verifier/ (R-ATT-3)."""

import base64
import io
import os
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from PIL import Image

from attestations import rendu
from attestations.code_signe import signer as signer_avec
from attestations.deuxddoc.certificats import Certificats
from attestations.deuxddoc.cles import CERTIFICATS, creer_cle
from attestations.deuxddoc.signature import US, en_base32
from attestations.models import Attestation
from attestations.operations.terminer import remplacer, revoquer
from attestations.signataires import certificats, signataire
from attestations.verification import phrases
from attestations.verification.reponses import Issue, repondre_au_code, repondre_au_fichier
from tests import fichiers_d_essai as essai
from tests.donnees_attestation import (
    apd_premiere,
    apd_renouvellement,
    aujourd_hui,
    confirmation,
    decision_favorable,
    signer,
)

pytestmark = pytest.mark.django_db(transaction=True)
# Of P-256 (FIPS 186-5).
ORDRE = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@pytest.fixture
def emettre(ordonner):
    """Order and make a document of today; gives its row and its PDF."""

    def _emettre(donnees=None):
        attestation = ordonner(donnees or apd_du_jour())
        octets = attestation.contenu_pdf()
        attestation.refresh_from_db()
        return attestation, octets

    return _emettre


def apd_du_jour(**changements):
    jour = aujourd_hui()
    return apd_premiere(**{"debut": jour, "fin": jour + timedelta(days=180), **changements})


def issue(texte, connus=None):
    return repondre_au_code(texte, connus or certificats(), au=aujourd_hui()).issue


def televerser(client, octets, nom="attestation.pdf"):
    reponse = client.post("/verifier/fichier/", {"fichier": SimpleUploadedFile(nom, octets)})
    return reponse, reponse.content.decode()


def page_du_code(client, texte):
    reponse = client.post("/verifier/code/", {"texte": texte})
    assert reponse.status_code == 200
    return reponse.content.decode()


def photo_de(octets):
    image = pypdfium2.PdfDocument(octets)[0].render(scale=150 / 72).to_pil().rotate(4, fillcolor="gray")
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=80)
    return sortie.getvalue()


def test_our_pdf_is_authentic_in_force_and_says_its_rights(client, emettre):
    _attestation, octets = emettre()
    reponse, page = televerser(client, octets)
    assert reponse.status_code == 200
    assert "Cette attestation est authentique et en vigueur" in page
    assert "Elle permet de travailler." in page
    assert "Elle ne permet pas de les franchir." in page
    assert "UMID, FARHAD HAIDARI FICTIF (DE L EXEMPLE)" in page
    assert "sans valeur" in page
    assert "Ce PDF n’est pas le fichier d’origine" not in page


def test_nothing_is_told_that_the_document_need_not_prove(client, emettre):
    _attestation, octets = emettre()
    _reponse, page = televerser(client, octets)
    for absent in (
        "9203456789",
        "Lilas",
        "LILAS",
        "1990",
        "Hérat",
        "HERAT",
        "9201202611231405001",
        "réfugié",
    ):
        assert absent not in page.partition("<main")[2].partition("</main>")[0]


def test_a_photo_of_the_page_is_answered_too(client, emettre):
    _attestation, octets = emettre()
    _reponse, page = televerser(client, photo_de(octets), "IMG_1.jpg")
    assert "authentique et en vigueur" in page
    assert "Ce PDF n’est pas le fichier d’origine" not in page


def test_a_renewal_is_only_worth_something_with_the_permit(client, emettre):
    jour = aujourd_hui()
    attestation, _octets = emettre(apd_renouvellement(debut=jour, fin=jour + timedelta(days=180)))
    page = page_du_code(client, attestation.texte_2ddoc)
    assert "Seulement avec le titre de séjour précédent, même expiré." in page
    assert "Elle permet de les franchir sans visa." in page


def test_a_confirmation_says_how_little_it_proves(client, emettre):
    attestation, _octets = emettre(confirmation(debut=aujourd_hui()))
    page = page_du_code(client, attestation.texte_2ddoc)
    assert "Elle prouve seulement le dépôt" in page
    assert "Elle ne permet pas de travailler." in page
    assert "en vigueur" not in page.partition("<main")[2]


def test_a_favourable_decision_lasts_until_the_card_is_handed_over(client, emettre):
    attestation, _octets = emettre(decision_favorable(debut=aujourd_hui()))
    assert "Jusqu’à la remise du titre de séjour" in page_du_code(client, attestation.texte_2ddoc)


def test_not_yet_ended_replaced_and_revoked_are_told(client, emettre, demande):
    jour = aujourd_hui()
    un_jour = timedelta(days=1)
    bientot, _ = emettre(apd_du_jour(debut=jour + un_jour))
    finie, _ = emettre(apd_du_jour(debut=jour - 9 * un_jour, fin=jour - un_jour))
    dernier_jour, _ = emettre(apd_du_jour(debut=jour, fin=jour))
    assert issue(bientot.texte_2ddoc) is Issue.PAS_ENCORE
    assert issue(finie.texte_2ddoc) is Issue.TERMINEE
    assert issue(dernier_jour.texte_2ddoc) is Issue.EN_VIGUEUR
    assert "Ce qu’elle permet" not in page_du_code(client, finie.texte_2ddoc)
    remplacer(demande_id=demande.pk, types=["APD"], maintenant=timezone.now())
    assert issue(dernier_jour.texte_2ddoc) is Issue.REMPLACEE
    Attestation.objects.update(remplacee_le=None)
    revoquer(demande_id=demande.pk, types=["APD"], maintenant=timezone.now())
    page = page_du_code(client, dernier_jour.texte_2ddoc)
    assert "elle a été révoquée" in page
    assert "Ce qu’elle permet" not in page


def test_an_end_date_changed_in_the_code_is_found_out(emettre):
    attestation, _octets = emettre()
    fin = attestation.fin
    faux = attestation.texte_2ddoc.replace(f"6O{fin:%d%m%Y}", f"6O{fin:%d%m}{fin.year + 2}")
    assert faux != attestation.texte_2ddoc
    assert issue(faux) is Issue.CONTREFAITE
    pdf = rendu.pdf("apd/v1", apd_du_jour(fin=fin.replace(year=fin.year + 2)), faux)
    (reponse,) = repondre_au_fichier(pdf, certificats(), au=aujourd_hui())
    assert (reponse.issue, reponse.titulaire, reponse.droits) == (Issue.CONTREFAITE, "", None)
    assert "La signature n’est pas valide : le code a été modifié ou inventé." in reponse.raisons


def test_an_end_date_changed_in_the_text_of_the_pdf_shows_against_what_was_signed(client, emettre):
    attestation, _octets = emettre()
    faux = apd_du_jour(fin=attestation.fin + timedelta(days=700))
    _reponse, page = televerser(client, rendu.pdf("apd/v1", faux, attestation.texte_2ddoc))
    assert "Ce PDF n’est pas le fichier d’origine" in page
    assert f"<dd>{attestation.fin.day}" in page
    assert str(attestation.fin.year) in page
    assert f"{faux.fin.year}</dd>" not in page


def test_one_byte_changed_in_the_pdf_is_told(emettre):
    _attestation, octets = emettre()
    (reponse,) = repondre_au_fichier(octets + b"\n", certificats(), au=aujourd_hui())
    assert reponse.issue is Issue.EN_VIGUEUR
    assert reponse.fichier_modifie


def test_a_signature_of_another_key_under_our_name_is_found_out(tmp_path, settings, emettre):
    emettre()
    connus = certificats()
    creer_cle(tmp_path)
    settings.DOSSIER_2DDOC = tmp_path
    texte = signer_avec(apd_du_jour(), signataire(aujourd_hui()), aujourd_hui())
    assert issue(texte, connus) is Issue.CONTREFAITE


def test_a_certificate_that_is_not_ours_is_told(tmp_path, settings, emettre):
    emettre()
    connus = certificats()
    creer_cle(tmp_path, autorite="FR99")
    settings.DOSSIER_2DDOC = tmp_path
    texte = signer_avec(apd_du_jour(), signataire(aujourd_hui()), aujourd_hui())
    reponse = repondre_au_code(texte, connus, au=aujourd_hui())
    assert reponse.issue is Issue.ETRANGERE
    assert "Le certificat n’est pas connu." in reponse.raisons


@pytest.mark.parametrize(
    ("changements", "phrase"),
    [
        ({"fin": -1}, "Le certificat avait expiré à la date de signature."),
        ({"debut": 1}, "Le certificat n’était pas encore valable à la date de signature."),
        ({}, "Le certificat est révoqué."),
    ],
)
def test_a_certificate_that_was_not_to_be_trusted_is_told(emettre, changements, phrase):
    attestation, _octets = emettre()
    texte = attestation.texte_2ddoc
    jour = aujourd_hui()
    ours = certificats().trouver(texte[4:8], texte[8:12])
    autre = replace(ours, **{nom: jour + timedelta(days=jours) for nom, jours in changements.items()})
    connus = Certificats([autre], [] if changements else [autre.reference])
    reponse = repondre_au_code(texte, connus, au=jour)
    assert reponse.issue is Issue.CERTIFICAT_REFUSE
    assert phrase in reponse.raisons
    assert (reponse.titulaire, reponse.debut) == ("", None)


def test_what_our_key_signed_without_a_row_that_says_the_same_is_not_believed(client, emettre):
    assert issue(signer(apd_du_jour())) is Issue.NON_ENREGISTREE
    emettre()
    autre = signer(apd_du_jour(fin=aujourd_hui() + timedelta(days=900)))
    assert issue(autre) is Issue.NON_ENREGISTREE
    page = page_du_code(client, autre)
    assert "aucune attestation enregistrée ne dit la même chose" in page
    assert "HAIDARI" not in page


def test_the_other_valid_form_of_the_same_signature_is_as_good(emettre):
    attestation, _octets = emettre()
    signe, _separateur, signature = attestation.texte_2ddoc.partition(US)
    octets = base64.b32decode(signature + "=")
    oppose = (ORDRE - int.from_bytes(octets[32:], "big")).to_bytes(32, "big")
    texte = signe + US + en_base32(octets[:32] + oppose)
    assert texte != attestation.texte_2ddoc
    assert issue(texte) is Issue.EN_VIGUEUR


@pytest.mark.parametrize(
    "texte", ["DC", "bonjour", "DC" + "A" * 3000, "DC\ud7ff", "\x1d\x1e\x1f", "DC04FR00B001" + US + "A"]
)
def test_what_a_camera_may_read_elsewhere_is_no_document_of_ours(client, texte):
    page = page_du_code(client, texte)
    assert "Ce document n’est pas authentique" in page


@pytest.mark.parametrize("texte", ["", "A" * 3117, "DC\x00"])
def test_a_text_that_is_no_code_brings_the_form_back(client, texte):
    page = page_du_code(client, texte)
    assert "<h1>Vérifier une attestation</h1>" in page


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (lambda: b"", "Le fichier est vide"),
        (lambda: os.urandom(5000), "ni un PDF ni une photo"),
        (lambda: essai.photo("JPEG"), "Aucun 2D-Doc n’a été trouvé"),
        (lambda: essai.pdf(20), "Aucun 2D-Doc n’a été trouvé"),
        (lambda: b"%PDF-1.7 casse", "abîmé"),
        (essai.png_bombe, "trop grande"),
        (lambda: essai.pdf(encryption=pikepdf.Encryption(user="u", owner="p")), "mot de passe"),
        (lambda: b"x" * (16 * 1024 * 1024), "dépasse 15 Mo"),
    ],
)
def test_a_file_that_proves_nothing_says_why_and_what_to_do(client, octets, phrase):
    reponse, page = televerser(client, octets(), "chat.jpg")
    assert reponse.status_code == 200
    assert phrase in page
    assert 'href="#id_fichier"' in page


def test_no_file_is_a_sentence(client):
    page = client.post("/verifier/fichier/").content.decode()
    assert "Choisissez un fichier" in page
    assert "<title>Erreur" in page


def test_two_documents_in_one_file_have_an_answer_each(client, emettre):
    _attestation, octets = emettre()
    _confirmation, autres = emettre(confirmation(debut=aujourd_hui()))
    with pikepdf.open(io.BytesIO(octets)) as document, pikepdf.open(io.BytesIO(autres)) as suite:
        document.pages.extend(suite.pages)
        sortie = io.BytesIO()
        document.save(sortie)
    _reponse, page = televerser(client, sortie.getvalue())
    assert "Ce fichier porte 2 codes différents" in page
    # The APD was replaced by what came after it for the same days.
    assert page.count('data-issue="en_vigueur"') == page.count('data-issue="remplacee"') == 1


def test_nothing_that_was_sent_is_kept(client, settings, tmp_path, stockage, emettre):
    _attestation, octets = emettre()
    provisoire = tmp_path / "provisoire"
    provisoire.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(provisoire)
    avant = {chemin for chemin in stockage.rglob("*") if chemin.is_file()}
    image = Image.open(io.BytesIO(photo_de(octets)))
    grande = io.BytesIO()
    image.resize((image.width * 2, image.height * 2)).save(grande, "PNG")
    assert len(grande.getvalue()) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    _reponse, page = televerser(client, grande.getvalue(), "photo.png")
    assert "authentique" in page
    assert not list(provisoire.iterdir())
    assert {chemin for chemin in stockage.rglob("*") if chemin.is_file()} == avant


def test_certificates_that_cannot_be_read_close_the_page_for_a_while(client, settings, tmp_path):
    (tmp_path / CERTIFICATS).mkdir()
    (tmp_path / CERTIFICATS / "FR00B001.pem").write_text("x")
    settings.DOSSIER_2DDOC = tmp_path
    for reponse in (client.post("/verifier/code/", {"texte": "DC04"}), client.get("/verifier/certificats/")):
        assert reponse.status_code == 503
        assert reponse["Retry-After"] == "60"
        assert str(tmp_path) not in reponse.content.decode()


@pytest.mark.parametrize("moyen", ["fichier", "code", "numero", "partage"])
def test_an_address_of_an_answer_typed_by_hand_leads_to_the_question(client, moyen):
    reponse = client.get(f"/verifier/{moyen}/")
    assert (reponse.status_code, reponse.url) == (302, "/verifier/")


def test_every_answer_has_its_words():
    assert set(phrases.ANNONCES) == set(Issue)


def test_the_number_is_looked_up_through_its_index(emettre):
    emettre()
    with connection.cursor() as curseur:
        curseur.execute("SET enable_seqscan = off")
        plan = Attestation.objects.filter(donnees__numero="9201202611231405001").order_by().explain()
        curseur.execute("RESET enable_seqscan")
    assert "attestation_numero_imprime" in plan
