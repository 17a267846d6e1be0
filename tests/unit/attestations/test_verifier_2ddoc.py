"""manage.py verifier_2ddoc, as at a terminal: what it prints, its status, no traceback, no database."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from attestations import rendu
from attestations.deuxddoc.cles import CERTIFICATS, creer_cle
from attestations.deuxddoc.symbole import dessiner
from tests.donnees_attestation import apd_premiere, signer
from tests.exemples_2ddoc import CERTIFICATS_PUBLIES, PROLONGATION


@pytest.fixture(scope="module")
def attestation(tmp_path_factory):
    fichier = tmp_path_factory.mktemp("attestation") / "attestation.pdf"
    fichier.write_bytes(rendu.pdf("apd/v1", apd_premiere(), signer(apd_premiere())))
    return fichier


def lancer(*arguments, **env):
    """Run the command with no service and no secret at hand."""
    return subprocess.run(
        [sys.executable, "manage.py", "verifier_2ddoc", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DOSSIER_2DDOC": str(settings.DOSSIER_2DDOC), **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_our_attestation_is_authentic_and_its_fields_are_shown(attestation):
    fini = lancer(attestation)
    assert fini.returncode == 0
    assert "authentique" in fini.stdout
    assert "autorité de test" in fini.stdout
    assert "La signature est valide." in fini.stdout
    assert "6K  Numéro de la demande : 9201202611231405001" in fini.stdout
    assert "62  Nom patronymique : HAIDARI FICTIF" in fini.stdout
    assert fini.stderr == ""


def test_it_is_not_authentic_for_who_does_not_know_the_certificate(attestation):
    fini = lancer(attestation, "--certificats", CERTIFICATS_PUBLIES)
    assert fini.returncode == 1
    assert "n’est pas authentique" in fini.stdout
    assert "Le certificat n’est pas connu." in fini.stdout


def test_a_forged_one_is_not(attestation, tmp_path):
    creer_cle(tmp_path)
    fini = lancer(attestation, "--certificats", tmp_path / CERTIFICATS)
    assert fini.returncode == 1
    assert "La signature n’est pas valide" in fini.stdout


def test_it_speaks_utf_8_whatever_the_terminal_says(attestation):
    fini = lancer(attestation, PYTHONIOENCODING="ascii")
    assert fini.returncode == 0
    assert "périmètre" in fini.stdout


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (b"", "est vide"),
        (b"du texte", "ni un PDF ni une photo"),
        (b"%PDF-1.7 casse", "abîmé"),
    ],
)
def test_what_cannot_be_read_is_a_sentence_and_status_2(tmp_path, contenu, phrase):
    (tmp_path / "fichier").write_bytes(contenu)
    fini = lancer(tmp_path / "fichier")
    assert (fini.returncode, fini.stdout) == (2, "")
    assert phrase in fini.stderr
    assert "Traceback" not in fini.stderr


@pytest.mark.parametrize("arguments", [("absent.pdf",), (".",), (), ("--certificats",)])
def test_a_wrong_command_line_is_status_2_without_traceback(arguments):
    fini = lancer(*arguments)
    assert fini.returncode == 2
    assert fini.stderr
    assert "Traceback" not in fini.stderr


@pytest.mark.parametrize("fait", ["absent", "fichier", "garni"])
def test_certificates_that_cannot_be_used_are_status_2(attestation, tmp_path, fait):
    dossier = tmp_path / "certificats"
    if fait == "fichier":
        dossier.write_text("x")
    elif fait == "garni":
        dossier.mkdir()
        (dossier / "x.pem").write_text("x")
    fini = lancer(attestation, "--certificats", dossier)
    assert fini.returncode == 2
    assert "Les certificats ne sont pas utilisables" in fini.stderr
    assert "Traceback" not in fini.stderr


def test_a_reader_that_goes_away_is_no_fault(attestation):
    lecture, ecriture = os.pipe()
    os.close(lecture)
    with os.fdopen(ecriture, "w") as ferme:
        fini = subprocess.run(
            [sys.executable, "manage.py", "verifier_2ddoc", str(attestation)],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "DOSSIER_2DDOC": str(settings.DOSSIER_2DDOC)},
            stdin=subprocess.DEVNULL,
            stdout=ferme,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (fini.returncode, fini.stderr) == (0, "")


def test_no_control_character_of_a_forged_code_reaches_the_terminal(tmp_path):
    image = Image.open(io.BytesIO(dessiner(PROLONGATION.replace("BUENOS AIRES", "\x1b[31mROUGE")))).convert(
        "L"
    )
    image.resize((image.width * 6,) * 2, Image.Resampling.NEAREST).save(tmp_path / "code.png")
    fini = lancer(tmp_path / "code.png", "--certificats", Path(CERTIFICATS_PUBLIES))
    assert fini.returncode == 1
    assert "\x1b" not in fini.stdout
    assert "ROUGE" in fini.stdout
