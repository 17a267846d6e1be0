"""Days as a 2D-Doc writes them: in the header, and in its fields."""

from datetime import date, timedelta

ORIGINE = date(2000, 1, 1)
# « Sans date » (§3.3).
SANS_DATE = "FFFF"
DERNIER = ORIGINE + timedelta(days=0xFFFE)


def en_hexadecimal(jour: date | None) -> str:
    """Days since 1 January 2000, four hexadecimal digits: 31 December 2011 is "111E"; "FFFF" for None.

    Raises ValueError before 2000 and after 2179.
    """
    if jour is None:
        return SANS_DATE
    if not ORIGINE <= jour <= DERNIER:
        raise ValueError("the day cannot be written in a 2D-Doc")
    return f"{(jour - ORIGINE).days:04X}"


def depuis_hexadecimal(texte: str) -> date | None:
    """The inverse of `en_hexadecimal`. Raises ValueError for anything but four capital hexadecimal digits."""
    if len(texte) != 4 or not set(texte) <= set("0123456789ABCDEF"):
        raise ValueError("not four hexadecimal digits")
    return None if texte == SANS_DATE else ORIGINE + timedelta(days=int(texte, 16))


def jjmmaaaa(jour: date) -> str:
    """A day as the fields have it: "23112026"."""
    return f"{jour:%d%m}{jour.year:04d}"
