"""Secrets of the second factor, derived so that no table holds one (docs/decisions/0005-second-facteur-des-agents.md).

A row holds a random seed; the secret that a telephone shares with the portal is a keyed hash of it. A recovery code is
derived the same way and stored as a keyed hash. A copy of the database alone gives no code.
"""

import base64
import re
import secrets
from urllib.parse import quote, urlencode

import segno
from django.utils.crypto import salted_hmac

from comptes.identifiants import normaliser

EMETTEUR = "Portail BPI"
CHIFFRES = 6
PERIODE_S = 30
CODES_DE_SECOURS = 10
# Below this many recovery codes left, the person is told to make new ones.
SEUIL_D_ALERTE = 3
LONGUEUR_CODE = 10
# Crockford's base 32: no I, L, O or U, which people read as other signs.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CONFUSIONS = str.maketrans("OIL", "011")


def nouvelle_graine() -> str:
    """Give 20 random bytes in hexadecimal: a seed for a secret, or for a set of recovery codes."""
    return secrets.token_hex(20)


def secret(graine: str) -> bytes:
    """Give the 20 bytes shared with the telephone (RFC 4226 §4 R6: 160 bits) for the seed kept in the row."""
    return salted_hmac("comptes.second_facteur.secret", graine, algorithm="sha256").digest()[:20]


def secret_en_base32(graine: str) -> str:
    """The shared secret as applications take it: 32 letters and digits."""
    return base64.b32encode(secret(graine)).decode()


def en_groupes(texte: str, taille: int = 4) -> str:
    """Cut in groups of `taille`, as people copy them."""
    return " ".join(texte[rang : rang + taille] for rang in range(0, len(texte), taille))


def adresse_otpauth(graine: str, etiquette: str) -> str:
    """Give the address that the QR code holds (Key URI format).

    `etiquette` tells the person's accounts apart in the application; it travels to their telephone and its backups,
    so it must name nobody.
    """
    parametres = {
        "secret": secret_en_base32(graine),
        "issuer": EMETTEUR,
        "algorithm": "SHA1",
        "digits": CHIFFRES,
        "period": PERIODE_S,
    }
    return f"otpauth://totp/{quote(f'{EMETTEUR}:{etiquette}', safe=':')}?{urlencode(parametres, quote_via=quote)}"


def image_qr(adresse: str) -> str:
    """Give the QR code as a `data:` address for an <img>: nothing is fetched, no script runs."""
    return segno.make(adresse, error="m", micro=False).svg_data_uri(scale=5, border=4, light="#fff")


def codes_de_secours(graine: str) -> list[str]:
    """Give the ten recovery codes of this seed: ten signs of base 32 each, 50 bits."""
    return [_code(graine, rang) for rang in range(CODES_DE_SECOURS)]


def lisible(code: str) -> str:
    """A recovery code as it is shown: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def normaliser_code_de_secours(saisie: str) -> str:
    """Give a typed recovery code as it was made: spaces, dashes and case ignored, O, I and L read as digits.

    Gives "" for what cannot be one.
    """
    code = normaliser(saisie).translate(CONFUSIONS)
    return code if re.fullmatch(f"[{ALPHABET}]{{{LONGUEUR_CODE}}}", code) else ""


def empreinte(code: str, compte_id: int) -> str:
    """Give what is stored of a recovery code: 16 signs (80 bits) of a keyed hash, different for each account."""
    octets = salted_hmac("comptes.second_facteur.secours", f"{compte_id}:{code}", algorithm="sha256").digest()
    return base64.b32encode(octets[:10]).decode()


def _code(graine: str, rang: int) -> str:
    octets = salted_hmac("comptes.second_facteur.codes", f"{graine}:{rang}", algorithm="sha256").digest()
    # 32 divides 256: no sign is likelier than another.
    return "".join(ALPHABET[octet % 32] for octet in octets[:LONGUEUR_CODE])
