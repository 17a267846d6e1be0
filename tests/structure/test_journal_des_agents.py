"""Every event that the code writes in a journal has its sentence for the agent."""

import re

from demandes.admin.dossier.journal import PHRASES
from demandes.etats import PAR_CODE
from demandes.models import Piece, Rectification
from tests.structure.arbre import lire, python

ECRITURES = (
    # noter(demande, "type", …) and Evenement.objects.create(…, type="type"); a constant is read where it is set.
    re.compile(r'\bnoter\w*\(\s*\w+,\s*"(\w+)"'),
    re.compile(r'Evenement\.objects\.create\((?:[^()]|\([^()]*\))*?type="(\w+)"'),
    re.compile(r'\btype_="(\w+)"'),
)
PRECISIONS = {"examiner_piece": Piece.Avis.values, "traiter_rectification": ["corrigee", "refusee"]}


def types_ecrits() -> set[str]:
    textes = [lire(chemin) for chemin in python() if chemin.parts[0] == "demandes"]
    return {type_ for texte in textes for motif in ECRITURES for type_ in motif.findall(texte)} | set(
        PAR_CODE
    )


def test_the_types_of_events_are_found_in_the_code():
    assert {"corriger", "ephoto_valide", "consultation", "etat_civil_recu", "convoquer"} <= types_ecrits()


def test_every_event_has_its_sentence():
    attendues = set()
    for type_ in types_ecrits():
        precisions = PRECISIONS.get(type_)
        attendues |= {f"{type_}:{precision}" for precision in precisions} if precisions else {type_}

    assert attendues <= set(PHRASES)


def test_no_sentence_is_for_an_event_that_nobody_writes():
    assert {cle.partition(":")[0] for cle in PHRASES} <= types_ecrits()


def test_an_answer_to_a_report_is_one_of_two():
    assert set(PRECISIONS["traiter_rectification"]) == set(Rectification.Etat.values) - {"ouverte"}
