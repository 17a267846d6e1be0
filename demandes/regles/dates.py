"""Arithmetic of legal delays (R-REGLES-6). Total: results stop at the ends of the calendar."""

from calendar import monthrange
from datetime import date, timedelta

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def _decale(jour: date, mois: int) -> tuple[int, int, int]:
    # A tuple and not a date: the year may leave the calendar, and comparisons must stay exact there.
    annee, index = divmod(jour.year * 12 + jour.month - 1 + mois, 12)
    # The Gregorian calendar repeats itself every 400 years.
    dernier = monthrange(2000 + annee % 400, index + 1)[1]
    return annee, index + 1, min(jour.day, dernier)


def ajouter_mois(jour: date, mois: int) -> date:
    """The day ``mois`` months after ``jour``, before if negative: same day of the month, else its last."""
    annee, numero, quantieme = _decale(jour, mois)
    if annee > date.max.year:
        return date.max
    if annee < date.min.year:
        return date.min
    return date(annee, numero, quantieme)


def echu(depart: date, mois: int, au: date) -> bool:
    """Whether ``mois`` months have passed since ``depart`` on the day ``au``: depart + mois <= au."""
    return _decale(depart, mois) <= (au.year, au.month, au.day)


def fin_de_validite(debut: date, mois: int) -> date:
    """Last day of a validity of ``mois`` months that starts on ``debut``: the day before debut + mois."""
    fin = ajouter_mois(debut, mois)
    return fin if fin == date.max else fin - timedelta(days=1)


def lendemain(jour: date) -> date:
    """The day after ``jour``, or the calendar's last day."""
    return date.fromordinal(min(jour.toordinal() + 1, date.max.toordinal()))


def age_au(naissance: date, au: date) -> int:
    """Age in full years. Reached on the birthday; born on 29 February, on 1 March of a common year.

    Negative before the birth.
    """
    return au.year - naissance.year - ((au.month, au.day) < (naissance.month, naissance.day))


def anniversaire(naissance: date, ans: int) -> date:
    """The day on which ``ans`` years are reached; born on 29 February, 1 March of a common year."""
    jour = ajouter_mois(naissance, 12 * ans)
    return jour if jour.day == naissance.day or jour == date.max else jour + timedelta(days=1)


def plus_de_jours_avant(au: date, echeance: date, jours: int) -> bool:
    """Whether ``au`` is strictly after the day that comes ``jours`` days before ``echeance``."""
    return au.toordinal() > echeance.toordinal() - jours


def reculer_de_jours(jour: date, jours: int) -> date:
    """The day ``jours`` days before ``jour``, or the calendar's first day."""
    return date.fromordinal(max(jour.toordinal() - jours, date.min.toordinal()))


def en_francais(jour: date) -> str:
    """« 1er mars 2027 »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme} {MOIS[jour.month - 1]} {jour.year}"
