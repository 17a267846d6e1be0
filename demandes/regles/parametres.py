"""The numbers of the law that may change, each with its source and the day from which it holds.

To change one, add a :class:`Valeur` with its date and keep the old one, so that a past day is still judged
by the value of that day. Where the FAQ of the procedure and the law differ, the FAQ's value stands.
"""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")

# The procedure opened on-line on this day; before it the first value of a series is used.
OUVERTURE_EN_LIGNE = date(2022, 5, 2)
# The recast of the CESEDA (ordonnance 2020-1733, décret 2020-1734) came into force on this day.
CESEDA_2021 = date(2021, 5, 1)


@dataclass(frozen=True, slots=True)
class Valeur(Generic[T]):
    """One value, where it comes from, and its first day."""

    valeur: T
    source: str
    effet: date


@dataclass(frozen=True, slots=True)
class Serie(Generic[T]):
    """The successive values of one parameter, oldest first."""

    valeurs: tuple[Valeur[T], ...]

    def au(self, jour: date) -> T:
        """The value in force on ``jour``; before the first one, the first one."""
        return self.ligne_au(jour).valeur

    def ligne_au(self, jour: date) -> Valeur[T]:
        """The same with its source and first day, for the screens that quote it."""
        en_vigueur = self.valeurs[0]
        for valeur in self.valeurs[1:]:
            if valeur.effet <= jour:
                en_vigueur = valeur
        return en_vigueur


def _depuis(effet: date, valeur: T, source: str) -> Serie[T]:
    return Serie((Valeur(valeur, source, effet),))


FAQ = "FAQ de la procédure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parametres:
    """Durations are in the unit of their name; ages in full years; amounts in euros."""

    renouvellement_mois_avant: Serie[int]
    renouvellement_mois_apres: Serie[int]
    delai_legal_premier_jour_avant: Serie[int]
    delai_legal_dernier_jour_avant: Serie[int]
    effets_mois_apres_expiration: Serie[int]
    majoration_retard_euros: Serie[int]
    apd_protege_mois: Serie[int]
    apd_famille_mois: Serie[int]
    apd_jours_avant_la_fin: Serie[int]
    residence_reguliere_mois: Serie[int]
    cst_pour_enfant_de_protege_subsidiaire: Serie[bool]
    age_titre_pour_travailler: Serie[int]
    age_majorite: Serie[int]
    age_limite_enfant: Serie[int]
    mariage_mois: Serie[int]


PARAMETRES = Parametres(
    # Renewal window of the portal (R-REGLES-5): the FAQ's, wider than R.431-5.
    renouvellement_mois_avant=_depuis(OUVERTURE_EN_LIGNE, 3, FAQ),
    renouvellement_mois_apres=_depuis(OUVERTURE_EN_LIGNE, 6, f"{FAQ}, R.431-8"),
    # The law's own window, told as information and used by HORS_DELAI_LEGAL.
    delai_legal_premier_jour_avant=_depuis(CESEDA_2021, 120, "R.431-5 1°"),
    delai_legal_dernier_jour_avant=_depuis(CESEDA_2021, 60, "R.431-5 1°"),
    effets_mois_apres_expiration=_depuis(CESEDA_2021, 3, "L.433-3"),
    majoration_retard_euros=_depuis(CESEDA_2021, 180, "L.436-5"),
    # Attestations de prolongation d'instruction (R-REGLES-3).
    apd_protege_mois=_depuis(OUVERTURE_EN_LIGNE, 6, f"{FAQ}, R.431-15-3, R.431-15-4"),
    apd_famille_mois=_depuis(CESEDA_2021, 3, "R.431-15-1"),
    # The law wants it renewed as long as nothing is decided; how long before the end is the portal's choice.
    apd_jours_avant_la_fin=_depuis(OUVERTURE_EN_LIGNE, 15, "choix du portail"),
    # « Four years' regular residence », counted in months from its first day.
    residence_reguliere_mois=_depuis(CESEDA_2021, 48, "L.424-13"),
    # A child of 16 to 18 of a beneficiary of subsidiary protection: L.421-35 would give a carte de séjour
    # temporaire, the FAQ gives the family's CSP. Off: the FAQ is followed.
    cst_pour_enfant_de_protege_subsidiaire=_depuis(OUVERTURE_EN_LIGNE, False, FAQ),
    age_titre_pour_travailler=_depuis(CESEDA_2021, 16, "L.421-35"),
    age_majorite=_depuis(CESEDA_2021, 18, "L.411-1, Code civil art. 414"),
    age_limite_enfant=_depuis(CESEDA_2021, 19, "R.431-5 2°"),
    mariage_mois=_depuis(CESEDA_2021, 12, "L.424-3 2°, L.424-11 2°"),
)
