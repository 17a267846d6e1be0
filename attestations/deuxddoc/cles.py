"""Making a key and its certificate, for trials or for an authority of one's own.

A folder holds `cles/` (private keys, for their owner only) and `certificats/` (public): `FR00.pem` is the authority,
`FR00B001.pem` the first key that signs codes, `FR00B002.pem` the next.
"""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fcntl import LOCK_EX, flock
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

CLES, CERTIFICATS = "cles", "certificats"
AUTORITE_DE_TEST = "FR00"
ORGANISATION = "PORTAIL BPI SPECIMEN"
DUREE_AUTORITE = timedelta(days=20 * 365)
DUREE_CERTIFICAT = timedelta(days=3 * 365)
PREMIERS, NOMBRE_MAXIMAL = "B", 999


class TropDeCles(Exception):
    """All identifiers of certificates from B001 to B999 are taken."""


def creer_cle(dossier: Path, *, autorite: str = AUTORITE_DE_TEST, nouvelle: bool = False) -> str | None:
    """Make a P-256 key and its certificate; gives its reference (« FR00B001 »), None when the folder has a key already.

    `nouvelle` makes one more. Nothing is ever written over; two callers at once make one key. Raises TropDeCles,
    OSError, ValueError when the authority's key is unreadable.
    """
    for sous_dossier, mode in ((CLES, 0o700), (CERTIFICATS, 0o755)):
        (dossier / sous_dossier).mkdir(mode=mode, parents=True, exist_ok=True)
    with _seul(dossier / CLES):
        prises = {
            fichier.stem
            for sous_dossier in (CLES, CERTIFICATS)
            for fichier in (dossier / sous_dossier).glob("*.pem")
        }
        ont_une_cle = [
            f.stem for f in (dossier / CLES).glob("*.pem") if (dossier / CERTIFICATS / f.name).exists()
        ]
        if not nouvelle and any(len(nom) > len(autorite) for nom in ont_une_cle):
            return None
        cle_autorite, nom_autorite = _autorite(dossier, autorite)
        reference = next(
            (
                nom
                for rang in range(1, NOMBRE_MAXIMAL + 1)
                if (nom := f"{autorite}{PREMIERS}{rang:03d}") not in prises
            ),
            None,
        )
        if reference is None:
            raise TropDeCles
        cle = ec.generate_private_key(ec.SECP256R1())
        certificat = _certifier(
            cle, _nom(reference[len(autorite) :]), cle_autorite, nom_autorite, DUREE_CERTIFICAT, ca=False
        )
        # The certificate first: a key that has none would be passed over, a certificate without key harms nobody.
        _ecrire(dossier / CERTIFICATS / f"{reference}.pem", certificat.public_bytes(Encoding.PEM), 0o644)
        _ecrire(dossier / CLES / f"{reference}.pem", _en_pem(cle), 0o600)
        return reference


def _autorite(dossier: Path, autorite: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Name]:
    """The authority's key and name; what is missing of it is made."""
    prive, public = (dossier / sous / f"{autorite}.pem" for sous in (CLES, CERTIFICATS))
    nom = _nom(autorite)
    if not prive.exists():
        _ecrire(prive, _en_pem(ec.generate_private_key(ec.SECP256R1())), 0o600)
    cle = load_pem_private_key(prive.read_bytes(), password=None)
    if not isinstance(cle, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{prive}: not an elliptic curve key")
    if not public.exists():
        certificat = _certifier(cle, nom, cle, nom, DUREE_AUTORITE, ca=True)
        _ecrire(public, certificat.public_bytes(Encoding.PEM), 0o644)
    return cle, nom


def _nom(commun: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, commun),
        ]
    )


def _certifier(
    cle: ec.EllipticCurvePrivateKey,
    sujet: x509.Name,
    cle_emetteur: ec.EllipticCurvePrivateKey,
    emetteur: x509.Name,
    duree: timedelta,
    *,
    ca: bool,
) -> x509.Certificate:
    debut = datetime.now(UTC)
    usage = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    usage |= {"key_cert_sign": True, "crl_sign": True} if ca else {"digital_signature": True}
    return (
        x509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(emetteur)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(debut + duree)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(cle.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(cle_emetteur.public_key()), critical=False
        )
        .sign(cle_emetteur, hashes.SHA256())
    )


def _en_pem(cle: ec.EllipticCurvePrivateKey) -> bytes:
    return cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _ecrire(fichier: Path, octets: bytes, mode: int) -> None:
    """Write a new file, whole or not at all. Raises FileExistsError. The folder is held by the caller."""
    if fichier.exists():
        raise FileExistsError(f"{fichier} is there already")
    provisoire = fichier.with_name(f".{fichier.name}.nouveau")
    provisoire.unlink(missing_ok=True)
    with open(os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as flux:
        flux.write(octets)
        flux.flush()
        os.fsync(flux.fileno())
    provisoire.rename(fichier)


@contextlib.contextmanager
def _seul(dossier: Path) -> Iterator[None]:
    """Hold the folder: two processes that start together do not both make the first key."""
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        flock(descripteur, LOCK_EX)
        yield
    finally:
        os.close(descripteur)
