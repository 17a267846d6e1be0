"""States of a demande and the one table of transitions (R-INSTR-1).

Buttons, operations and tests read this table; the database repeats the important parts as constraints.
"""

from enum import StrEnum


class Etat(StrEnum):
    BROUILLON = "brouillon"
    DEPOSEE = "deposee"
    EN_INSTRUCTION = "en_instruction"
    COMPLEMENT_DEMANDE = "complement_demande"
    DECISION_FAVORABLE = "decision_favorable"
    DECISION_DEFAVORABLE = "decision_defavorable"
    CLASSEE_SANS_SUITE = "classee_sans_suite"
    TITRE_DISPONIBLE = "titre_disponible"
    TITRE_REMIS = "titre_remis"
    RETIREE = "retiree"


TRANSITIONS: dict[Etat, frozenset[Etat]] = {
    Etat.BROUILLON: frozenset({Etat.DEPOSEE}),
    Etat.DEPOSEE: frozenset({Etat.EN_INSTRUCTION, Etat.RETIREE}),
    Etat.EN_INSTRUCTION: frozenset(
        {
            Etat.COMPLEMENT_DEMANDE,
            Etat.DECISION_FAVORABLE,
            Etat.DECISION_DEFAVORABLE,
            Etat.CLASSEE_SANS_SUITE,
        }
    ),
    Etat.COMPLEMENT_DEMANDE: frozenset({Etat.EN_INSTRUCTION, Etat.CLASSEE_SANS_SUITE}),
    Etat.DECISION_FAVORABLE: frozenset({Etat.TITRE_DISPONIBLE}),
    Etat.TITRE_DISPONIBLE: frozenset({Etat.TITRE_REMIS}),
    Etat.DECISION_DEFAVORABLE: frozenset(),
    Etat.CLASSEE_SANS_SUITE: frozenset(),
    Etat.TITRE_REMIS: frozenset(),
    Etat.RETIREE: frozenset(),
}

# An open demande forbids a second one for the same bénéficiaire (R-REGLES-4, DEMANDE_EN_COURS).
OUVERTS = frozenset(
    {
        Etat.DEPOSEE,
        Etat.EN_INSTRUCTION,
        Etat.COMPLEMENT_DEMANDE,
        Etat.DECISION_FAVORABLE,
        Etat.TITRE_DISPONIBLE,
    }
)
CLOS = frozenset({Etat.DECISION_DEFAVORABLE, Etat.CLASSEE_SANS_SUITE, Etat.TITRE_REMIS, Etat.RETIREE})


class TransitionInterdite(Exception):
    """The table has no such transition."""


def verifier_transition(de: Etat, vers: Etat) -> None:
    """Raise `TransitionInterdite` unless the table leads from `de` to `vers`."""
    if vers not in TRANSITIONS[de]:
        raise TransitionInterdite(f"{de} → {vers}")
