"""Countries and nationalities in French: ISO 3166-1 from django-countries, and the State's special codes.

The special codes are those of the 2D-Doc standard v3.2.6, part 15.2.
"""

import unicodedata
from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries import countries

# Not countries: they stand in place of a nationality.
NATIONALITES_SPECIALES = {
    "XA": _("Apatride"),
    "XB": _("Réfugié (convention de Genève)"),
    "XC": _("Réfugié (autre)"),
    "XX": _("Nationalité indéterminée"),
}
# Where django-countries' French is wrong (Guyana is not Guyane), misspelt or unusual.
NOMS_CORRIGES = {
    "GY": "Guyana",
    "MH": "Îles Marshall",
    "MK": "Macédoine du Nord",
    "SZ": "Eswatini",
}
# Places that ISO 3166-1 does not list.
PAYS_SPECIAUX = {"XH": _("Kosovo"), "XZ": _("Tibet")}


@cache
def pays() -> tuple[tuple[str, str], ...]:
    """Choices (two-letter code, French name) for a country of birth, by name."""
    with translation.override("fr"):
        noms = [(code, NOMS_CORRIGES.get(code, str(nom)).replace("'", "’")) for code, nom in countries]
        noms += [(code, str(nom)) for code, nom in PAYS_SPECIAUX.items()]
    return tuple(sorted(noms, key=lambda couple: _cle(couple[1])))


@cache
def nationalites() -> tuple[tuple[str, str], ...]:
    """Choices (two-letter code, French name) for a nationality: the countries, then the special cases."""
    with translation.override("fr"):
        return pays() + tuple((code, str(nom)) for code, nom in NATIONALITES_SPECIALES.items())


def nom_pays(code: str) -> str:
    """The French name of a country or special code, "" for an unknown one."""
    return _noms().get(code, "")


@cache
def _noms() -> dict[str, str]:
    return dict(nationalites())


def _cle(nom: str) -> str:
    """Sort « Égypte » with the E, as a French reader expects."""
    return "".join(c for c in unicodedata.normalize("NFD", nom.casefold()) if not unicodedata.combining(c))
