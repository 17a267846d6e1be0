"""Share codes: how one is made, written, and found again (R-ATT-3)."""

import hashlib
import re
import uuid

from django.utils.crypto import salted_hmac

# Crockford's Base32: no I, L, O or U, which are taken for 1, 0 and V.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CONFUSIONS = str.maketrans("ILO", "110")
GROUPES, LONGUEUR_GROUPE = 7, 4
# 140 bits: nobody guesses one.
LONGUEUR = GROUPES * LONGUEUR_GROUPE


def code(partage_id: uuid.UUID) -> str:
    """The 28 characters of a share: derived from its id and the secret key, so that its holder reads it again
    though no row holds it.
    """
    octets = salted_hmac("attestations.partage", str(partage_id), algorithm="sha256").digest()
    nombre = int.from_bytes(octets, "big")
    return "".join(ALPHABET[nombre >> 5 * rang & 31] for rang in range(LONGUEUR))


def grouper(texte: str) -> str:
    """« 7K2M-… »: seven groups of four, to be read aloud and typed."""
    return "-".join(texte[debut : debut + LONGUEUR_GROUPE] for debut in range(0, LONGUEUR, LONGUEUR_GROUPE))


def normaliser(saisie: str) -> str | None:
    """The code as it was made, from what a person typed; None for what cannot be one."""
    texte = re.sub(r"[\s.\-‐-―]", "", saisie).upper().translate(CONFUSIONS)
    return texte if len(texte) == LONGUEUR and set(texte) <= set(ALPHABET) else None


def empreinte(texte: str) -> str:
    """What the row keeps of a code. No salt: a random text of 140 bits is in no list."""
    return hashlib.sha256(texte.encode()).hexdigest()
