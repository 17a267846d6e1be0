"""Waiting for what another process does: a condition and a deadline, never a fixed time."""

import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from django.db import connection

PAS_S = 0.05


def attendre(condition: Callable[[], Any], *, delai: float = 40, quoi: str = "") -> Any:
    """Give the first true value of `condition`; raises AssertionError after `delai` seconds."""
    limite = time.monotonic() + delai
    while not (valeur := condition()):
        assert time.monotonic() < limite, f"Pas arrivé en {delai} s : {quoi or condition}"
        time.sleep(PAS_S)
    return valeur


@contextmanager
def arret_avant(table: str, etat: str):
    """Hold, in whatever process, every update that would bring a row of `table` to `etat`.

    Gives `atteint()`: whether somebody stands at that line. Whoever stands there when the block ends is cut off:
    the statement of a process that was killed must not come through after its death.
    """
    cle = 20_000_000 + hash(table) % 1_000_000
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_lock(%s)", [cle])
        curseur.execute(
            f"CREATE FUNCTION essai_arret() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN PERFORM pg_advisory_lock_shared({cle}); "
            f"PERFORM pg_advisory_unlock_shared({cle}); RETURN NEW; END $$;"
            f"CREATE TRIGGER essai_arret BEFORE UPDATE ON {table} FOR EACH ROW "
            f"WHEN (NEW.etat = '{etat}') EXECUTE FUNCTION essai_arret()"
        )
    try:
        yield lambda: _quelqu_un_attend(cle)
    finally:
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                "WHERE locktype = 'advisory' AND objid = %s AND NOT granted",
                [cle],
            )
            curseur.execute("SELECT pg_advisory_unlock(%s)", [cle])
            # Waits for the end of whoever was held.
            curseur.execute(f"DROP TRIGGER essai_arret ON {table}; DROP FUNCTION essai_arret()")


def _quelqu_un_attend(cle: int) -> bool:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted", [cle]
        )
        return curseur.fetchone() is not None
