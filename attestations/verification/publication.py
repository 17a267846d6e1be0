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

# In a folder with code.txt (what a reader of Data Matrix found) and certificat.pem. The signature has 103 characters
# of Base32, one sign short of a multiple of eight; openssl wants its two numbers in DER.
AVEC_OPENSSL = r"""
cut -d "$(printf '\037')" -f 1 code.txt | tr -d '\n' > signed.txt
cut -d "$(printf '\037')" -f 2 code.txt | cut -d "$(printf '\035')" -f 1 | tr -d '\n=' > signature.b32
(cat signature.b32; printf '=') | base32 -d | od -An -v -tx1 | tr -d ' \n' > signature.hex
printf 'asn1=SEQUENCE:rs\n[rs]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' \
  "$(cut -c 1-64 signature.hex)" "$(cut -c 65-128 signature.hex)" > signature.cnf
openssl asn1parse -genconf signature.cnf -noout -out signature.der
openssl x509 -in certificat.pem -noout -pubkey > key.pem
openssl dgst -sha256 -verify key.pem -signature signature.der signed.txt
""".strip()
AVEC_NOTRE_LOGICIEL = f"python manage.py verifier_2ddoc attestation.pdf --certificats {CERTIFICATS}"


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
