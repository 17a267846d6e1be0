"""The trigger of the database repeats the table of transitions, line for line (R-INSTR-1)."""

import importlib
import re

from demandes.etats import TABLE

MIGRATION = "demandes.migrations.0006_transitions_et_journal"


def test_the_pairs_of_the_trigger_are_those_of_the_table():
    sql = importlib.import_module(MIGRATION).CREER
    declencheur = sql[: sql.index("RAISE EXCEPTION 'no transition")]

    assert set(re.findall(r"\('(\w+)', '(\w+)'\)", declencheur)) == {
        (str(de), str(transition.vers)) for transition in TABLE for de in transition.de
    }
