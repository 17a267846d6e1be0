"""A second reading of the standard, for the tests: reads and checks a code of type 13 without any code of ours.

Written from §3.3.3, §3.4.1, §3.5.2 and §7.5 of the 2D-Doc standard v3.2.6.
"""

import base64
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509 import load_pem_x509_certificate

GS, RS, US = "\x1d", "\x1e", "\x1f"
# Identifier → (shortest, longest) value.
TAILLES = {
    "6J": (1, 1), "6K": (19, 19), "6L": (8, 8), "6P": (0, 40), "6Q": (0, 10), "62": (0, 38), "63": (0, 38),
    "60": (0, 60), "68": (1, 1), "69": (8, 8), "6A": (0, 32), "6C": (2, 2), "67": (2, 2), "6U": (0, 38),
    "6W": (5, 5), "6X": (0, 32), "6M": (0, 40), "6N": (8, 8), "6O": (8, 8), "6R": (12, 12), "6S": (0, 38),
    "6T": (0, 38), "6V": (0, 38), "6Y": (2, 2), "66": (0, 20),
}  # fmt: skip
OBLIGATOIRES = {
    "6J", "6K", "6L", "6P", "6Q", "62", "63", "60", "68", "69", "6A", "6C", "67", "6U", "6W", "6X",
}  # fmt: skip


@dataclass
class Lecture:
    """`champs`: identifier → value; `tronques`: those that were cut."""

    autorite: str
    certificat: str
    emis_le: date
    signe_le: date
    type_perimetre_pays: str
    champs: dict[str, str]
    tronques: set[str]
    signe: bytes
    signature: bytes

    def signature_valide(self, certificats: Path) -> bool:
        """Against `<autorite><certificat>.pem` of that folder."""
        fichier = certificats / f"{self.autorite}{self.certificat}.pem"
        cle = load_pem_x509_certificate(fichier.read_bytes()).public_key()
        r, s = int.from_bytes(self.signature[:32], "big"), int.from_bytes(self.signature[32:], "big")
        try:
            cle.verify(utils.encode_dss_signature(r, s), self.signe, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


def decoder(octets: bytes) -> Lecture:
    """Raises AssertionError on anything that the standard does not allow in such a code."""
    texte = octets.decode("ascii")
    signe, us, base32 = texte.partition(US)
    assert us
    assert len(base32) == 103
    assert signe[:4] == "DC04"
    champs: dict[str, str] = {}
    tronques: set[str] = set()
    reste = signe[26:]
    while reste:
        identifiant, reste = reste[:2], reste[2:]
        court, long = TAILLES[identifiant]
        valeur = ""
        while reste and len(valeur) < long and (court == long or reste[0] not in (GS, RS)):
            valeur, reste = valeur + reste[0], reste[1:]
        if court != long and reste[:1] == RS:
            tronques.add(identifiant)
            reste = reste[1:]
        elif court != long and len(valeur) < long and reste:
            assert reste[0] == GS
            reste = reste[1:]
        assert court <= len(valeur)
        assert identifiant not in champs
        champs[identifiant] = valeur
    assert champs.keys() >= OBLIGATOIRES
    return Lecture(
        autorite=signe[4:8],
        certificat=signe[8:12],
        emis_le=_jour(signe[12:16]),
        signe_le=_jour(signe[16:20]),
        type_perimetre_pays=signe[20:26],
        champs=champs,
        tronques=tronques,
        signe=signe.encode(),
        signature=base64.b32decode(base32 + "="),
    )


def _jour(hexadecimal: str) -> date:
    return date(2000, 1, 1) + timedelta(days=int(hexadecimal, 16))
