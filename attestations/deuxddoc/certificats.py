"""The certificates that a verifier knows: a folder of PEM files, and the list of those revoked in it.

The folder is the list of trust: whoever may write there decides. As in the standard's certificates, the issuer's
common name is the authority (« FR00 ») and the subject's the certificate (« 0001 »).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.x509.oid import NameOID

AUTORITE = re.compile(r"[A-Z]{2}[A-Z0-9]{2}")
IDENTIFIANT = re.compile(r"[A-Z0-9]{4}")
# One revoked certificate a line, authority and certificate together (« FR00B001 »); « # » begins a comment.
REVOQUES = "revoques.txt"
LIGNE_REVOQUEE = re.compile(r"([A-Z]{2}[A-Z0-9]{6})?\s*(#.*)?")


class CertificatsIllisibles(Exception):
    """The folder of certificates cannot be trusted as it is; the message names the file."""


class EtatCertificat(StrEnum):
    EN_VIGUEUR = "en_vigueur"
    INCONNU = "inconnu"
    PAS_ENCORE_VALIDE = "pas_encore_valide"
    EXPIRE = "expire"
    REVOQUE = "revoque"


@dataclass(frozen=True, slots=True)
class Certificat:
    """A certificate that signs codes. Days are those of UTC, both included."""

    autorite: str
    identifiant: str
    debut: date
    fin: date
    cle_publique: object

    @property
    def reference(self) -> str:
        """« FR00B001 »."""
        return self.autorite + self.identifiant

    @property
    def de_test(self) -> bool:
        """Authorities XX00 sign trials only, never documents of production (§3.3)."""
        return self.autorite.endswith("00")

    @classmethod
    def depuis_x509(cls, certificat: x509.Certificate) -> Self:
        """Raises ValueError when the names are not those of a 2D-Doc certificate."""
        autorite, identifiant = _nom_commun(certificat.issuer), _nom_commun(certificat.subject)
        if not AUTORITE.fullmatch(autorite) or not IDENTIFIANT.fullmatch(identifiant):
            raise ValueError("issuer and subject do not name an authority and a certificate")
        return cls(
            autorite=autorite,
            identifiant=identifiant,
            debut=certificat.not_valid_before_utc.date(),
            fin=certificat.not_valid_after_utc.date(),
            cle_publique=certificat.public_key(),
        )

    def etat(self, signe_le: date) -> EtatCertificat:
        """Its state for a code signed on that day, revocation aside (§5.1, step 6)."""
        if signe_le < self.debut:
            return EtatCertificat.PAS_ENCORE_VALIDE
        return EtatCertificat.EXPIRE if signe_le > self.fin else EtatCertificat.EN_VIGUEUR


class Certificats:
    """Certificates by reference, and those revoked."""

    def __init__(self, certificats: Iterable[Certificat] = (), revoques: Iterable[str] = ()) -> None:
        self._certificats = {certificat.reference: certificat for certificat in certificats}
        self._revoques = frozenset(revoques)

    @classmethod
    def du_dossier(cls, dossier: Path) -> Self:
        """Every `*.pem` of the folder (authorities aside) and its `revoques.txt`; empty when it does not exist.

        Raises CertificatsIllisibles: a list that is understood in part could trust what was revoked.
        """
        certificats: dict[str, Certificat] = {}
        try:
            for fichier in sorted(dossier.glob("*.pem")):
                lu = charger_certificat(fichier)
                if lu is None:
                    continue
                if lu.reference in certificats:
                    raise CertificatsIllisibles(f"{fichier} : {lu.reference} est là deux fois")
                certificats[lu.reference] = lu
            return cls(certificats.values(), _lire_revoques(dossier / REVOQUES))
        except OSError as erreur:
            raise CertificatsIllisibles(f"{erreur.filename or dossier} : {erreur.strerror}") from erreur

    def trouver(self, autorite: str, identifiant: str) -> Certificat | None:
        return self._certificats.get(autorite + identifiant)

    def etat(self, certificat: Certificat | None, signe_le: date) -> EtatCertificat:
        """The state of `certificat` for a code signed on that day; revoked whatever the day (§5.1, step 5)."""
        if certificat is None:
            return EtatCertificat.INCONNU
        if certificat.reference in self._revoques:
            return EtatCertificat.REVOQUE
        return certificat.etat(signe_le)

    def __len__(self) -> int:
        return len(self._certificats)


def charger_certificat(fichier: Path) -> Certificat | None:
    """The certificate of a PEM file; None for that of an authority. Raises OSError, CertificatsIllisibles."""
    try:
        certificat = x509.load_pem_x509_certificate(fichier.read_bytes())
        return None if _est_une_autorite(certificat) else Certificat.depuis_x509(certificat)
    except ValueError as erreur:
        raise CertificatsIllisibles(f"{fichier} : pas un certificat 2D-Doc au format PEM") from erreur


def _est_une_autorite(certificat: x509.Certificate) -> bool:
    try:
        return certificat.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _lire_revoques(fichier: Path) -> set[str]:
    if not fichier.exists():
        return set()
    references = set()
    for numero, ligne in enumerate(fichier.read_text("utf-8", errors="replace").splitlines(), start=1):
        trouve = LIGNE_REVOQUEE.fullmatch(ligne.strip())
        if trouve is None:
            raise CertificatsIllisibles(
                f"{fichier} : ligne {numero} incomprise, attendu par exemple FR00B001"
            )
        if trouve[1]:
            references.add(trouve[1])
    return references


def _nom_commun(nom: x509.Name) -> str:
    noms = nom.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(noms[0].value) if len(noms) == 1 else ""
