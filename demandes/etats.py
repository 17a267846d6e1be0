"""States of a demande and the one table of transitions (R-INSTR-1).

Buttons, operations and tests read this table; a trigger of the database repeats it.
"""

from dataclasses import dataclass
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


class Acteur(StrEnum):
    """Who may make a transition. Staff roles bear the names of `comptes.models.Compte.Role`."""

    USAGER = "usager"
    INSTRUCTEUR = "instructeur"
    RESPONSABLE = "responsable"


AGENTS = frozenset({Acteur.INSTRUCTEUR, Acteur.RESPONSABLE})


@dataclass(frozen=True)
class Transition:
    """One line of the table. `code` names the operation, its file and the type of its journal entry."""

    code: str
    de: frozenset[Etat]
    vers: Etat
    par: frozenset[Acteur]


TABLE = (
    Transition("deposer", frozenset({Etat.BROUILLON}), Etat.DEPOSEE, frozenset({Acteur.USAGER})),
    Transition("retirer", frozenset({Etat.DEPOSEE}), Etat.RETIREE, frozenset({Acteur.USAGER})),
    Transition("prendre_en_charge", frozenset({Etat.DEPOSEE}), Etat.EN_INSTRUCTION, AGENTS),
    Transition("demander_complement", frozenset({Etat.EN_INSTRUCTION}), Etat.COMPLEMENT_DEMANDE, AGENTS),
    Transition(
        "transmettre_complement",
        frozenset({Etat.COMPLEMENT_DEMANDE}),
        Etat.EN_INSTRUCTION,
        frozenset({Acteur.USAGER}),
    ),
    Transition("renoncer_au_complement", frozenset({Etat.COMPLEMENT_DEMANDE}), Etat.EN_INSTRUCTION, AGENTS),
    Transition("decider_favorable", frozenset({Etat.EN_INSTRUCTION}), Etat.DECISION_FAVORABLE, AGENTS),
    Transition(
        "confirmer_refus",
        frozenset({Etat.EN_INSTRUCTION}),
        Etat.DECISION_DEFAVORABLE,
        frozenset({Acteur.RESPONSABLE}),
    ),
    Transition(
        "classer_sans_suite",
        frozenset({Etat.EN_INSTRUCTION, Etat.COMPLEMENT_DEMANDE}),
        Etat.CLASSEE_SANS_SUITE,
        AGENTS,
    ),
    Transition("annoncer_titre", frozenset({Etat.DECISION_FAVORABLE}), Etat.TITRE_DISPONIBLE, AGENTS),
    Transition("remettre_titre", frozenset({Etat.TITRE_DISPONIBLE}), Etat.TITRE_REMIS, AGENTS),
)
PAR_CODE = {transition.code: transition for transition in TABLE}

TRANSITIONS: dict[Etat, frozenset[Etat]] = {
    etat: frozenset(t.vers for t in TABLE if etat in t.de) for etat in Etat
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
# Not decided yet: the chain of attestations goes on, fields may be corrected, the dossier may move.
A_DECIDER = frozenset({Etat.DEPOSEE, Etat.EN_INSTRUCTION, Etat.COMPLEMENT_DEMANDE})


class TransitionInterdite(Exception):
    """The table has no such transition."""


def verifier_transition(de: Etat, vers: Etat) -> None:
    """Raise `TransitionInterdite` unless the table leads from `de` to `vers`."""
    if vers not in TRANSITIONS[de]:
        raise TransitionInterdite(f"{de} → {vers}")


def transitions_possibles(etat: Etat, acteur: str) -> tuple[Transition, ...]:
    """The lines of the table that `acteur` (a role) may follow from `etat`, in the table's order."""
    return tuple(t for t in TABLE if etat in t.de and acteur in t.par)
