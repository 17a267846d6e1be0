"""The numbers people log in with, read as people type them."""

import re
import unicodedata

# AGDREF number: ten digits (reference 2D-Doc 6Q). Visa: letters and digits, « FRA » + 9 digits on the
# sticker.
NUMERO_ETRANGER = re.compile(r"[0-9]{10}")
NUMERO_VISA = re.compile(r"[0-9A-Z]{6,20}")
NUMERO_DOCUMENT = re.compile(r"[0-9A-Z]{6,20}")


def normaliser(saisie: str) -> str:
    """Give a typed number without spaces, dots or dashes, in capitals, with plain digits.

    Digits of other scripts (Arabic-Indic, Persian, Devanagari…) become 0–9: phones type them by default.
    """
    chiffres = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in saisie)
    return "".join(c for c in chiffres.upper() if c.isalnum())


def normaliser_identifiant(saisie: str) -> str:
    """Give a typed login as it is stored: a number normalised, a staff login in lower case.

    What has five digits or more is a number: staff logins are words, with a few digits at most.
    """
    numero = normaliser(saisie)
    if sum(c.isdigit() for c in numero) >= 5 and NUMERO_VISA.fullmatch(numero):
        return numero
    return saisie.strip().lower()
