"""Signing and checking: ECDSA, r and s side by side, in Base32 without padding (§3.5.2, §10.4)."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

# Between the signed text and its signature.
US = "\x1f"
# Curve → digest, and bytes of r and of s.
COURBES: dict[str, tuple[type[hashes.HashAlgorithm], int]] = {
    "secp256r1": (hashes.SHA256, 32),
    "secp384r1": (hashes.SHA384, 48),
    "secp521r1": (hashes.SHA512, 66),
}
TAILLES = frozenset(2 * taille for _condensat, taille in COURBES.values())


class SignatureIllisible(ValueError):
    """Not the Base32 of a signature, written the one way that it can be."""


def signer_p256(cle: ec.EllipticCurvePrivateKey, donnees: bytes) -> bytes:
    """The 64 bytes of the signature of `donnees`; the same each time (RFC 6979)."""
    der = cle.sign(donnees, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def signature_valide(cle_publique: object, donnees: bytes, signature: bytes) -> bool:
    """Whether `signature` (r and s side by side) is that of `donnees`; False for a key of another kind."""
    if not isinstance(cle_publique, ec.EllipticCurvePublicKey) or cle_publique.curve.name not in COURBES:
        return False
    condensat, taille = COURBES[cle_publique.curve.name]
    if len(signature) != 2 * taille:
        return False
    r, s = (int.from_bytes(moitie, "big") for moitie in (signature[:taille], signature[taille:]))
    try:
        cle_publique.verify(encode_dss_signature(r, s), donnees, ec.ECDSA(condensat()))
    except InvalidSignature:
        return False
    return True


def en_base32(signature: bytes) -> str:
    return base64.b32encode(signature).decode("ascii").rstrip("=")


def depuis_base32(texte: str) -> bytes:
    """The inverse of `en_base32`. Padding may be there. Raises SignatureIllisible.

    The last character holds bits that mean nothing: only zeros are accepted, so that one signature is one text.
    """
    nu = texte.rstrip("=")
    try:
        octets = base64.b32decode(nu + "=" * (-len(nu) % 8))
    except (binascii.Error, ValueError) as erreur:
        raise SignatureIllisible("not Base32") from erreur
    complet = base64.b32encode(octets).decode("ascii")
    if texte not in (nu, complet) or complet.rstrip("=") != nu:
        raise SignatureIllisible("not the one way to write it")
    if len(octets) not in TAILLES:
        raise SignatureIllisible("not the length of a signature")
    return octets
