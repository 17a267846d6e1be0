"""The certificates as the portal publishes them: everybody may check a document without us."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from attestations.deuxddoc.certificats import CertificatsIllisibles, EtatCertificat, charger_certificat
from attestations.deuxddoc.cles import CERTIFICATS
from attestations.erreurs import SignatureImpossible
from attestations.signataires import certificats


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificatPublie:
    """`etat` is that of a document signed today; None for the certificate of an authority, which signs no document."""

    reference: str
    debut: date
    fin: date
    empreinte: str
    pem: bytes
    etat: EtatCertificat | None

    @property
    def empreinte_groupee(self) -> str:
        """As openssl prints it."""
        return ":".join(self.empreinte[rang : rang + 2] for rang in range(0, len(self.empreinte), 2))


def publies(le: date) -> list[CertificatPublie]:
    """Every certificate of the portal, by reference: in force, former, revoked, and those of authorities.

    Raises SignatureImpossible when the folder cannot be read.
    """
    connus = certificats()
    liste = []
    for fichier in sorted((Path(settings.DOSSIER_2DDOC) / CERTIFICATS).glob("*.pem")):
        try:
            lu = charger_certificat(fichier)
            certificat = x509.load_pem_x509_certificate(fichier.read_bytes())
        except (OSError, CertificatsIllisibles) as erreur:
            raise SignatureImpossible(f"certificat illisible : {fichier}") from erreur
        liste.append(
            CertificatPublie(
                reference=fichier.stem if lu is None else lu.reference,
                debut=certificat.not_valid_before_utc.date(),
                fin=certificat.not_valid_after_utc.date(),
                empreinte=certificat.fingerprint(SHA256()).hex().upper(),
                # Written again: whatever else the file may hold, such as a key put there by mistake, stays here.
                pem=certificat.public_bytes(Encoding.PEM),
                etat=None if lu is None else connus.etat(lu, le),
            )
        )
    return liste
