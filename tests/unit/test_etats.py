"""The states of a demande and their one table of transitions (R-INSTR-1)."""

import itertools

import pytest

from demandes.etats import CLOS, OUVERTS, TRANSITIONS, Etat, TransitionInterdite, verifier_transition

PERMISES = {
    ("brouillon", "deposee"),
    ("deposee", "en_instruction"),
    ("deposee", "retiree"),
    ("en_instruction", "complement_demande"),
    ("en_instruction", "decision_favorable"),
    ("en_instruction", "decision_defavorable"),
    ("en_instruction", "classee_sans_suite"),
    ("complement_demande", "en_instruction"),
    ("complement_demande", "classee_sans_suite"),
    ("decision_favorable", "titre_disponible"),
    ("titre_disponible", "titre_remis"),
}


@pytest.mark.parametrize(("de", "vers"), list(itertools.product(Etat, Etat)))
def test_only_the_transitions_of_the_specification_are_allowed(de, vers):
    if (de, vers) in PERMISES:
        verifier_transition(de, vers)
    else:
        with pytest.raises(TransitionInterdite):
            verifier_transition(de, vers)


def test_every_state_has_its_line_in_the_table():
    assert set(TRANSITIONS) == set(Etat)


def test_a_state_is_a_draft_open_or_closed_and_only_one_of_these():
    assert {Etat.BROUILLON} | OUVERTS | CLOS == set(Etat)
    assert not OUVERTS & CLOS
    assert Etat.BROUILLON not in OUVERTS | CLOS


def test_nothing_leaves_a_closed_state():
    assert not any(TRANSITIONS[etat] for etat in CLOS)


def test_every_state_can_be_reached_from_a_draft():
    atteints, a_voir = {Etat.BROUILLON}, [Etat.BROUILLON]
    while a_voir:
        nouveaux = TRANSITIONS[a_voir.pop()] - atteints
        atteints |= nouveaux
        a_voir += nouveaux

    assert atteints == set(Etat)


def test_every_open_demande_can_come_to_an_end():
    for etat in OUVERTS:
        atteints, a_voir = {etat}, [etat]
        while a_voir:
            nouveaux = TRANSITIONS[a_voir.pop()] - atteints
            atteints |= nouveaux
            a_voir += nouveaux
        assert atteints & CLOS
