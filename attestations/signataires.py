"""Who signs the 2D-Doc of our documents: chosen by SIGNATAIRE_2DDOC, a dotted path, as EMAIL_BACKEND is."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from django.conf import settings
from django.utils.module_loading import import_string

from attestations.deuxddoc.certificats import Certificat, Certificats, CertificatsIllisibles, EtatCertificat
from attestations.deuxddoc.cles import CERTIFICATS, CLES
from attestations.deuxddoc.signature import signer_p256
from attestations.erreurs import SignatureImpossible

PKCS12 = "signataire.p12"


class Signataire(Protocol):
    """What signs one code: a key in a file, in a token, on another machine.

    Made with the day of the signature, so that a key is replaced without a restart; raises SignatureImpossible
    when it has no key for that day.
    """

    certificat: Certificat

    def __init__(self, le: date) -> None: ...

    def signer(self, donnees: bytes) -> bytes:
        """The signature of `donnees`, ECDSA on P-256 with SHA-256: r then s, 32 bytes each.

        Raises SignatureImpossible.
        """


class SignataireFichier:
    """A key in DOSSIER_2DDOC: `cles/X.pem`, which only the portal may read, and `certificats/X.pem`.

    Of several, the youngest whose certificate is in force that day: a new key takes over by itself.
    """

    def __init__(self, le: date) -> None:
        dossier = Path(settings.DOSSIER_2DDOC)
        connus = _connus()
        candidats = [
            (certificat, cle)
            for cle in sorted((dossier / CLES).glob("*.pem"))
            if (certificat := connus.trouver(cle.stem[:4], cle.stem[4:]))
            and connus.etat(certificat, le) is EtatCertificat.EN_VIGUEUR
        ]
        if not candidats:
            raise SignatureImpossible(f"aucune clé en vigueur dans {dossier}")
        self.certificat, fichier = max(candidats, key=lambda c: (c[0].debut, c[0].reference))
        self._cle = _cle_pem(fichier)

    def signer(self, donnees: bytes) -> bytes:
        return signer_p256(self._cle, donnees)


class SignatairePkcs12:
    """A key as authorities deliver it: DOSSIER_2DDOC/signataire.p12, which PHRASE_2DDOC opens.

    Its certificate must also be in `certificats/`, where those who verify look for it.
    """

    def __init__(self, le: date) -> None:
        fichier = Path(settings.DOSSIER_2DDOC) / PKCS12
        try:
            modifie_le = fichier.stat().st_mtime_ns
        except OSError as erreur:
            raise SignatureImpossible(f"pas de fichier {fichier}") from erreur
        self._cle, self.certificat = _ouvrir_pkcs12(fichier, settings.PHRASE_2DDOC, modifie_le)
        connus = _connus()
        reference = connus.trouver(self.certificat.autorite, self.certificat.identifiant)
        if connus.etat(reference, le) is not EtatCertificat.EN_VIGUEUR:
            raise SignatureImpossible(
                f"certificat {self.certificat.reference} pas en vigueur, ou absent du dossier {CERTIFICATS}"
            )

    def signer(self, donnees: bytes) -> bytes:
        return signer_p256(self._cle, donnees)


def signataire(le: date) -> Signataire:
    """Who signs on that day. Raises SignatureImpossible."""
    return import_string(settings.SIGNATAIRE_2DDOC)(le)


def certificats() -> Certificats:
    """The certificates that the portal trusts: those of its former keys too. Raises CertificatsIllisibles."""
    return Certificats.du_dossier(Path(settings.DOSSIER_2DDOC) / CERTIFICATS)


def _connus() -> Certificats:
    try:
        return certificats()
    except CertificatsIllisibles as erreur:
        raise SignatureImpossible(str(erreur)) from erreur


def _cle_pem(fichier: Path) -> ec.EllipticCurvePrivateKey:
    try:
        return _de_la_courbe(load_pem_private_key(fichier.read_bytes(), password=None))
    except (OSError, ValueError, TypeError) as erreur:
        # Its message could quote the file.
        raise SignatureImpossible(f"clé illisible : {fichier} ({type(erreur).__name__})") from erreur


# Deriving the key from the passphrase takes tens of milliseconds by design.
@lru_cache(maxsize=4)
def _ouvrir_pkcs12(
    fichier: Path, phrase: str, modifie_le: int
) -> tuple[ec.EllipticCurvePrivateKey, Certificat]:
    try:
        contenu = load_pkcs12(fichier.read_bytes(), phrase.encode() or None)
        if contenu.cert is None:
            raise ValueError("no certificate")
        return _de_la_courbe(contenu.key), Certificat.depuis_x509(contenu.cert.certificate)
    except (OSError, ValueError) as erreur:
        raise SignatureImpossible(
            f"fichier ou phrase de passe incorrects : {fichier} ({type(erreur).__name__})"
        ) from erreur


def _de_la_courbe(cle: object) -> ec.EllipticCurvePrivateKey:
    if not isinstance(cle, ec.EllipticCurvePrivateKey) or cle.curve.name != "secp256r1":
        raise SignatureImpossible("la clé n’est pas du type P-256")
    return cle
