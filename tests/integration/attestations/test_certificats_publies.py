"""The certificates for everybody, and the commands that check a document without us (R-ATT-2, R-ATT-3)."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings

from attestations.deuxddoc.certificats import REVOQUES
from attestations.deuxddoc.cles import CERTIFICATS, CLES, creer_cle
from attestations.signataires import signataire
from tests.donnees_attestation import apd_premiere, aujourd_hui, signer

pytestmark = pytest.mark.django_db
COMMANDES = re.compile(r"<pre[^>]*><code>(.*?)</code></pre>", re.DOTALL)


@pytest.fixture
def dossier(settings, tmp_path):
    """Two keys, the first of which is revoked."""
    creer_cle(tmp_path)
    creer_cle(tmp_path, nouvelle=True)
    (tmp_path / CERTIFICATS / REVOQUES).write_text("FR00B001 # volée\n")
    settings.DOSSIER_2DDOC = tmp_path
    return tmp_path


def test_every_certificate_is_listed_with_its_fingerprint_the_revoked_one_said_so(client, dossier):
    page = client.get("/verifier/certificats/").content.decode()
    for reference in ("FR00", "FR00B001", "FR00B002"):
        pem = client.get(f"/verifier/certificats/{reference}.pem").content
        certificat = x509.load_pem_x509_certificate(pem)
        empreinte = certificat.fingerprint(SHA256()).hex(":").upper()
        assert empreinte in page
    assert page.count("Révoqué : ne vous fiez") == 1
    assert page.count("En vigueur.") == 1
    assert "verifier_2ddoc" in page


def test_a_key_left_in_a_file_of_certificate_is_not_published(client, dossier):
    cle = (dossier / CLES / "FR00B002.pem").read_text()
    chemin = dossier / CERTIFICATS / "FR00B002.pem"
    chemin.write_text(chemin.read_text() + cle)
    publie = client.get("/verifier/certificats/FR00B002.pem")
    assert publie.status_code == 200
    assert b"PRIVATE" not in publie.content


@pytest.mark.parametrize("reference", ["FR00B009", "revoques", "cles", "..%2Fcles%2FFR00B001"])
def test_nothing_else_of_the_folder_is_given(client, dossier, reference):
    assert client.get(f"/verifier/certificats/{reference}.pem").status_code == 404


def test_an_installation_without_any_certificate_says_so(client, settings, tmp_path):
    settings.DOSSIER_2DDOC = tmp_path
    assert "Aucun certificat" in client.get("/verifier/certificats/").content.decode()


@pytest.mark.parametrize(("change", "reponse"), [(False, "Verified OK"), (True, "Verification failure")])
def test_the_commands_of_the_page_check_a_signature(client, tmp_path, change, reponse):
    texte = signer(apd_premiere())
    reference = signataire(aujourd_hui()).certificat.reference
    if change:
        texte = texte.replace("6O22052027", "6O22052029")
    (tmp_path / "code.txt").write_text(texte)
    shutil.copy(Path(settings.DOSSIER_2DDOC) / CERTIFICATS / f"{reference}.pem", tmp_path / "certificat.pem")
    commandes = html.unescape(COMMANDES.search(client.get("/verifier/certificats/").content.decode())[1])
    fini = subprocess.run(
        ["sh", "-c", commandes], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert reponse in fini.stdout + fini.stderr
    assert (fini.returncode == 0) is not change
