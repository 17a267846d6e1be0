"""The journal of a dossier: each event has its sentence for the person, or is known as the agents' own."""

import re
from pathlib import Path

from demandes.chronologie import INTERNES, PHRASES
from demandes.etats import PAR_CODE
from tests.structure.arbre import lire, python

# An entry is written by `passer` and `noter`, by hand, or by a function that takes its type as `type_`.
ENTREES = (
    re.compile(r"""\b(?:passer|noter\w*)\(\s*demande,\s*"(\w+)\""""),
    re.compile(r"""\bEvenement\.objects\.create\((?:[^()]|\([^()]*\))*?\btype="(\w+)\""""),
    re.compile(r"""\btype_="(\w+)\""""),
)


def _types() -> set[str]:
    textes = [lire(chemin) for chemin in python() if Path("demandes/operations") in chemin.parents]
    return {type_ for texte in textes for entree in ENTREES for type_ in entree.findall(texte)} | set(
        PAR_CODE
    )


def test_every_event_of_the_journal_has_a_sentence_or_is_the_agents_own():
    """A new operation that concerns the person adds its line to PHRASES, another one to INTERNES."""
    assert {"corriger", "consultation", "ephoto_valide", "deposer"} <= _types()
    assert not _types() - set(PHRASES) - INTERNES


def test_an_event_is_told_to_the_person_or_kept_never_both():
    assert not set(PHRASES) & INTERNES
