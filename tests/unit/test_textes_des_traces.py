"""Each code of a trace or of a flag that the code writes has its words."""

import re
from pathlib import Path

from demandes.admin.signalements import SIGNALEMENTS
from demandes.operations.dossier import SIGNALEMENTS_D_UN_ETAT
from demandes.textes import TRACES

DEMANDES = Path(__file__).resolve().parents[2] / "demandes"


def test_every_trace_has_its_words_and_no_words_are_left_over():
    ecrits = {
        code
        for chemin in DEMANDES.rglob("*.py")
        for code in re.findall(r'quoi="(\w+)"', chemin.read_text(encoding="utf-8"))
    }
    conditions = {"accepter_declaration", "refuser_declaration"}
    assert ecrits | conditions == set(TRACES)


def test_every_flag_of_the_clocks_has_its_words():
    assert set(SIGNALEMENTS_D_UN_ETAT) <= set(SIGNALEMENTS)
