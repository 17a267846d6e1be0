"""Situations for the tests of the rules: a person who may apply, changed by the facts of each case."""

from dataclasses import replace
from datetime import date

from demandes.regles.faits import (
    DateNaissance,
    Lien,
    Nature,
    Situation,
    Statut,
    StatutProtege,
    TitreDetenu,
    TypeTitre,
)

AU = date(2026, 11, 23)
MAJEUR = DateNaissance(1990, 3, 1)
DIX_SEPT_ANS = DateNaissance(2009, 3, 1)
DOUZE_ANS = DateNaissance(2014, 3, 1)
QUATRE_ANS_PILE = date(2022, 11, 23)
PRESQUE_QUATRE_ANS = date(2022, 11, 24)

REFUGIE = Situation(
    statut=Statut.REFUGIE, nature=Nature.PREMIERE, date_naissance=MAJEUR, numero_etranger="7503120521"
)
PROTEGE_SUBSIDIAIRE = replace(REFUGIE, statut=Statut.PROTECTION_SUBSIDIAIRE)
APATRIDE = replace(REFUGIE, statut=Statut.APATRIDE)
AUTRE = replace(REFUGIE, statut=Statut.AUTRE)


def famille(protege: str, lien: str = "conjoint") -> Situation:
    """A family member of a protected person of this status."""
    return replace(
        REFUGIE, statut=Statut.MEMBRE_FAMILLE, statut_du_protege=StatutProtege(protege), lien=Lien(lien)
    )


def titre(type_titre: str = "carte_resident", fin: date = date(2026, 12, 31)) -> TitreDetenu:
    """A permit held, that ends on ``fin``."""
    return TitreDetenu(TypeTitre(type_titre), date(2016, 1, 1) if fin > date(2016, 1, 1) else fin, fin)


def renouvelle(situation: Situation, type_titre: str = "carte_resident", **dates: date) -> Situation:
    """The same person renewing a permit of this type."""
    return replace(situation, nature=Nature.RENOUVELLEMENT, titre_detenu=titre(type_titre, **dates))
