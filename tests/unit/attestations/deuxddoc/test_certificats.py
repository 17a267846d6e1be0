from dataclasses import replace
from datetime import timedelta

import pytest

from attestations.deuxddoc.certificats import REVOQUES, Certificats, CertificatsIllisibles, EtatCertificat
from attestations.deuxddoc.cles import CERTIFICATS, CLES, creer_cle
from attestations.deuxddoc.message import Defaut
from attestations.deuxddoc.verification import Anomalie, EtatSignature, verifier
from tests.donnees_attestation import apd_premiere, aujourd_hui, signer
from tests.exemples_2ddoc import CERTIFICATS_PUBLIES


@pytest.fixture
def dossier(tmp_path, settings):
    """A folder with a key of its own, used by the signer."""
    settings.DOSSIER_2DDOC = tmp_path
    creer_cle(tmp_path)
    return tmp_path


def du(dossier):
    return Certificats.du_dossier(dossier / CERTIFICATS)


def test_our_own_code_is_authentic(dossier):
    verdict = verifier(signer(apd_premiere()), du(dossier), au=aujourd_hui())
    assert verdict.authentique
    assert (verdict.signature, verdict.etat_certificat) == (EtatSignature.VALIDE, EtatCertificat.EN_VIGUEUR)
    assert verdict.certificat.reference == "FR00B001"
    assert verdict.entete.de_test


def test_a_code_of_an_unknown_certificate_is_not_but_is_read(dossier):
    verdict = verifier(signer(apd_premiere()), Certificats())
    assert (verdict.signature, verdict.etat_certificat) == (
        EtatSignature.NON_VERIFIEE,
        EtatCertificat.INCONNU,
    )
    assert not verdict.authentique
    assert verdict.texte("62") == "HAIDARI FICTIF"


def test_a_certificate_of_the_same_name_and_another_key_proves_nothing(dossier, tmp_path_factory):
    autre = tmp_path_factory.mktemp("autre")
    creer_cle(autre)
    verdict = verifier(signer(apd_premiere()), du(autre))
    assert (verdict.signature, verdict.etat_certificat) == (EtatSignature.INVALIDE, EtatCertificat.EN_VIGUEUR)
    assert not verdict.authentique


def test_a_revoked_certificate_makes_every_code_worthless_whatever_its_day(dossier):
    code = signer(apd_premiere())
    (dossier / CERTIFICATS / REVOQUES).write_text("# la machine a été volée\n\nFR00B001  # 2026-11-25\n")
    verdict = verifier(code, du(dossier))
    assert (verdict.signature, verdict.etat_certificat) == (EtatSignature.VALIDE, EtatCertificat.REVOQUE)
    assert not verdict.authentique


def test_only_the_revoked_certificate_is(dossier):
    creer_cle(dossier, nouvelle=True)
    (dossier / CERTIFICATS / REVOQUES).write_text("FR00B001")
    assert verifier(signer(apd_premiere()), du(dossier)).authentique


@pytest.mark.parametrize(
    ("decalage", "etat"),
    [
        (-1, EtatCertificat.PAS_ENCORE_VALIDE),
        (0, EtatCertificat.EN_VIGUEUR),
        (3 * 365, EtatCertificat.EN_VIGUEUR),
        (3 * 365 + 1, EtatCertificat.EXPIRE),
    ],
)
def test_the_day_of_the_signature_decides_not_today(dossier, decalage, etat):
    certificat = du(dossier).trouver("FR00", "B001")
    assert du(dossier).etat(certificat, certificat.debut + timedelta(days=decalage)) is etat


def test_a_code_signed_tomorrow_is_defective(dossier):
    hier = aujourd_hui() - timedelta(days=1)
    verdict = verifier(signer(apd_premiere()), du(dossier), au=hier)
    assert verdict.anomalies == (Anomalie(defaut=Defaut.SIGNE_DANS_LE_FUTUR),)
    assert not verdict.authentique


def test_a_folder_that_is_not_there_knows_nobody(tmp_path):
    assert len(Certificats.du_dossier(tmp_path / "absent")) == 0


def test_the_authority_itself_signs_no_code(dossier):
    assert (dossier / CERTIFICATS / "FR00.pem").exists()
    assert len(du(dossier)) == 1


@pytest.mark.parametrize(
    "contenu", [b"", b"pas un certificat", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
)
def test_a_folder_that_holds_something_else_is_not_trusted_in_part(dossier, contenu):
    (dossier / CERTIFICATS / "autre.pem").write_bytes(contenu)
    with pytest.raises(CertificatsIllisibles, match=r"autre\.pem"):
        du(dossier)


def test_a_private_key_among_the_certificates_is_refused(dossier):
    (dossier / CLES / "FR00B001.pem").rename(dossier / CERTIFICATS / "cle.pem")
    with pytest.raises(CertificatsIllisibles, match=r"cle\.pem"):
        du(dossier)


def test_two_certificates_of_one_name_are_refused(dossier):
    (dossier / CERTIFICATS / "double.pem").write_bytes((dossier / CERTIFICATS / "FR00B001.pem").read_bytes())
    with pytest.raises(CertificatsIllisibles, match="deux fois"):
        du(dossier)


@pytest.mark.parametrize("ligne", ["B001", "FR00B001 FR00B002", "fr00b001", "FR00B00"])
def test_a_line_of_revocation_that_is_not_understood_is_refused(dossier, ligne):
    (dossier / CERTIFICATS / REVOQUES).write_text(f"# liste\n{ligne}\n")
    with pytest.raises(CertificatsIllisibles, match="ligne 2"):
        du(dossier)


def test_the_public_certificate_of_the_standard_is_understood():
    certificat = Certificats.du_dossier(CERTIFICATS_PUBLIES).trouver("FR00", "0001")
    assert (certificat.debut.year, certificat.fin.year, certificat.de_test) == (2012, 2015, True)
    assert not replace(certificat, autorite="FR01").de_test
