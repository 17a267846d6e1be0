"""Any class that the setting names may sign; keys are replaced without a restart; what is wrong is said."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509 import load_pem_x509_certificate
from django.core.management import CommandError, call_command

from attestations import controles
from attestations.deuxddoc import cles
from attestations.deuxddoc.cles import CERTIFICATS, CLES, TropDeCles, creer_cle
from attestations.deuxddoc.verification import verifier
from attestations.erreurs import SignatureImpossible
from attestations.signataires import PKCS12, certificats, signataire
from tests.donnees_attestation import apd_premiere, aujourd_hui, signer

PHRASE = "une phrase de passe fictive"


@pytest.fixture
def dossier(tmp_path, settings):
    settings.DOSSIER_2DDOC = tmp_path / "2ddoc"
    return settings.DOSSIER_2DDOC


@pytest.fixture
def coffre(dossier, settings):
    """A PKCS#12 file as an authority delivers it, and no key in clear."""
    creer_cle(dossier)
    prive = dossier / CLES / "FR00B001.pem"
    (dossier / PKCS12).write_bytes(
        serialize_key_and_certificates(
            b"2ddoc",
            load_pem_private_key(prive.read_bytes(), None),
            load_pem_x509_certificate((dossier / CERTIFICATS / "FR00B001.pem").read_bytes()),
            None,
            BestAvailableEncryption(PHRASE.encode()),
        )
    )
    prive.unlink()
    settings.SIGNATAIRE_2DDOC = "attestations.signataires.SignatairePkcs12"
    settings.PHRASE_2DDOC = PHRASE
    return dossier


def test_the_first_key_is_made_with_rights_for_its_owner_only(dossier):
    assert creer_cle(dossier) == "FR00B001"
    for nom in ("FR00.pem", "FR00B001.pem"):
        assert stat.S_IMODE((dossier / CLES / nom).stat().st_mode) == 0o600
    assert stat.S_IMODE((dossier / CLES).stat().st_mode) == 0o700


def test_the_certificate_is_issued_by_the_authority_whose_key_we_keep(dossier):
    creer_cle(dossier)
    autorite, feuille = (
        load_pem_x509_certificate((dossier / CERTIFICATS / nom).read_bytes())
        for nom in ("FR00.pem", "FR00B001.pem")
    )
    feuille.verify_directly_issued_by(autorite)


def test_a_key_that_is_there_is_never_written_over(dossier):
    creer_cle(dossier)
    avant = {f: f.read_bytes() for f in dossier.rglob("*.pem")}
    assert creer_cle(dossier) is None
    assert {f: f.read_bytes() for f in dossier.rglob("*.pem")} == avant
    assert creer_cle(dossier, nouvelle=True) == "FR00B002"
    assert all(f.read_bytes() == octets for f, octets in avant.items())


def test_two_starts_at_once_make_one_key(dossier):
    with ThreadPoolExecutor(8) as fils:
        faites = list(fils.map(lambda _rang: creer_cle(dossier), range(8)))
    assert sorted(faites, key=str) == ["FR00B001"] + [None] * 7


def test_a_start_that_was_killed_half_way_is_made_good(dossier):
    creer_cle(dossier)
    (dossier / CLES / "FR00B001.pem").unlink()
    (dossier / CERTIFICATS / "FR00.pem").unlink()
    assert creer_cle(dossier) == "FR00B002"
    assert (dossier / CERTIFICATS / "FR00.pem").exists()
    assert signataire(aujourd_hui()).certificat.identifiant == "B002"


def test_when_every_name_is_taken_it_is_said(dossier, monkeypatch):
    monkeypatch.setattr(cles, "NOMBRE_MAXIMAL", 1)
    creer_cle(dossier)
    with pytest.raises(TropDeCles):
        creer_cle(dossier, nouvelle=True)


def test_the_youngest_key_signs_and_documents_of_the_former_stay_authentic(dossier):
    creer_cle(dossier)
    ancien = signer(apd_premiere())
    creer_cle(dossier, nouvelle=True)
    nouveau = signer(apd_premiere())
    assert (ancien[8:12], nouveau[8:12]) == ("B001", "B002")
    (dossier / CLES / "FR00B001.pem").unlink()
    assert all(verifier(code, certificats()).authentique for code in (ancien, nouveau))


def test_a_revoked_key_signs_no_more(dossier):
    creer_cle(dossier)
    creer_cle(dossier, nouvelle=True)
    (dossier / CERTIFICATS / "revoques.txt").write_text("FR00B002\n")
    assert signataire(aujourd_hui()).certificat.identifiant == "B001"


@pytest.mark.parametrize("jours", [-1, 4 * 365])
def test_nobody_signs_outside_the_days_of_the_certificate(dossier, jours):
    creer_cle(dossier)
    with pytest.raises(SignatureImpossible, match="aucune clé"):
        signataire(aujourd_hui() + timedelta(days=jours))


def test_a_key_of_another_kind_is_refused(dossier):
    creer_cle(dossier)
    cle = rsa.generate_private_key(65537, 2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    (dossier / CLES / "FR00B001.pem").write_bytes(cle)
    with pytest.raises(SignatureImpossible, match="P-256"):
        signataire(aujourd_hui())


@pytest.mark.parametrize("contenu", [b"", b"n'importe quoi"])
def test_a_spoilt_key_is_named_and_its_content_is_not(dossier, contenu):
    creer_cle(dossier)
    (dossier / CLES / "FR00B001.pem").write_bytes(contenu)
    with pytest.raises(SignatureImpossible, match=r"FR00B001\.pem") as refus:
        signataire(aujourd_hui())
    assert "quoi" not in str(refus.value)


def test_a_key_in_a_pkcs12_file_signs_as_well(coffre):
    code = signer(apd_premiere())
    assert verifier(code, certificats()).authentique
    assert code == signer(apd_premiere())


def test_a_wrong_passphrase_is_said_without_it(coffre, settings):
    settings.PHRASE_2DDOC = "fausse phrase"
    with pytest.raises(SignatureImpossible, match="phrase de passe") as refus:
        signataire(aujourd_hui())
    assert "fausse phrase" not in str(refus.value)


def test_a_pkcs12_file_whose_certificate_nobody_could_find_signs_nothing(coffre):
    (coffre / CERTIFICATS / "FR00B001.pem").unlink()
    with pytest.raises(SignatureImpossible, match="FR00B001"):
        signataire(aujourd_hui())


def test_a_pkcs12_file_that_is_not_there_is_said(coffre):
    (coffre / PKCS12).unlink()
    with pytest.raises(SignatureImpossible, match=PKCS12):
        signataire(aujourd_hui())


# --- the system check -------------------------------------------------------------------------------------


def controle():
    return [(message.id, message.is_serious()) for message in controles.verifier_signataire(None)]


def test_the_check_is_silent_in_a_demonstration_with_its_key(dossier):
    creer_cle(dossier)
    assert controle() == []


@pytest.mark.parametrize(
    "chemin", ["attestations.signataires.SignataireFichier", "attestations.absent.Signataire"]
)
def test_without_a_signer_the_check_fails_in_production_and_warns_in_a_demonstration(
    dossier, settings, chemin
):
    settings.SIGNATAIRE_2DDOC = chemin
    assert controle() == [("attestations.W002", False)]
    settings.DEMONSTRATION = False
    assert controle() == [("attestations.E001", True)]


def test_a_key_of_test_is_refused_in_production(dossier, settings):
    settings.DEMONSTRATION = False
    creer_cle(dossier)
    assert controle() == [("attestations.E003", True)]


def test_an_authority_of_ones_own_is_accepted_in_production(dossier, settings):
    settings.DEMONSTRATION = False
    creer_cle(dossier, autorite="FRZ9")
    assert controle() == []


def test_the_end_of_the_certificate_is_announced(dossier, monkeypatch):
    monkeypatch.setattr(cles, "DUREE_CERTIFICAT", timedelta(days=59))
    creer_cle(dossier)
    assert controle() == [("attestations.W004", False)]


# --- manage.py creer_cle_2ddoc -----------------------------------------------------------------------------


def test_the_command_makes_the_key_once(dossier, capsys):
    call_command("creer_cle_2ddoc")
    call_command("creer_cle_2ddoc")
    assert "FR00B001" in (sortie := capsys.readouterr().out)
    assert "rien n’a changé" in sortie
    call_command("creer_cle_2ddoc", nouvelle=True)
    assert "FR00B002" in capsys.readouterr().out


def test_outside_a_demonstration_the_command_refuses_unless_told(dossier, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="démonstration"):
        call_command("creer_cle_2ddoc")
    call_command("creer_cle_2ddoc", si_demonstration=True)
    assert not dossier.exists()
    call_command("creer_cle_2ddoc", hors_demonstration=True, autorite="FRZ9", verbosity=0)
    assert (dossier / CLES / "FRZ9B001.pem").exists()


@pytest.mark.parametrize("autorite", ["", "FR", "fr00", "FR000", "../x", "F100"])
def test_an_authority_that_has_not_the_form_of_one_is_refused(dossier, autorite):
    with pytest.raises(CommandError, match="FR00"):
        call_command("creer_cle_2ddoc", autorite=autorite)
    assert not dossier.exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(dossier):
    dossier.write_text("un fichier à la place du dossier")
    with pytest.raises(CommandError, match="n’a pas pu être écrite"):
        call_command("creer_cle_2ddoc")
