"""What the person and the agent are told, and that blocks nothing (R-REGLES-7): code → when."""

from collections.abc import Callable

from demandes.regles.codes import CodeAlerte
from demandes.regles.constats import Constats
from demandes.regles.dates import age_au, echu
from demandes.regles.faits import Lien


def _enfant_plus_de_19_ans(c: Constats) -> bool:
    # R.431-5 2°: until the eve of the 19th birthday; the alert starts on the birthday itself.
    return c.lien is Lien.ENFANT and c.premiere and c.age_ans >= c.parametres.age_limite_enfant.au(c.au)


def _ascendant_protege_majeur(c: Constats) -> bool:
    # L.424-3 4°, L.424-11 4°: the right of parents supposes a protected minor.
    naissance = c.situation.date_naissance_protege
    return (
        c.lien is Lien.ASCENDANT
        and naissance is not None
        and age_au(naissance, c.au) >= c.parametres.age_majorite.au(c.au)
    )


def _mariage_moins_d_un_an(c: Constats) -> bool:
    # L.424-3 2°, L.424-11 2°: a marriage later than the asylum request must be a year old.
    mariage, asile = c.situation.date_mariage, c.situation.date_demande_asile_protege
    return (
        c.lien is Lien.CONJOINT
        and c.premiere
        and mariage is not None
        and asile is not None
        and mariage > asile
        and not echu(mariage, c.parametres.mariage_mois.au(c.au), c.au)
    )


ALERTES: dict[CodeAlerte, Callable[[Constats], bool]] = {
    CodeAlerte.ENFANT_PLUS_DE_19_ANS: _enfant_plus_de_19_ans,
    CodeAlerte.ASCENDANT_PROTEGE_MAJEUR: _ascendant_protege_majeur,
    CodeAlerte.MARIAGE_MOINS_D_UN_AN: _mariage_moins_d_un_an,
    CodeAlerte.HORS_DELAI_LEGAL: lambda c: c.hors_delai_legal,
    CodeAlerte.NAISSANCE_APPROXIMATIVE: lambda c: c.situation.date_naissance.approximative,
}


def alertes_de(constats: Constats) -> tuple[CodeAlerte, ...]:
    """Every alert that applies, whether the request is possible or not, sorted by code."""
    return tuple(sorted(code for code, quand in ALERTES.items() if quand(constats)))
