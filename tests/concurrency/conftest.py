"""Concurrency tests: real threads, real commits, real processes."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from referentiels import relance

ATTENTE_S = 60


@pytest.fixture(autouse=True)
def _base(transactional_db) -> None:
    """Every test here commits."""


@pytest.fixture(autouse=True)
def _disjoncteur_ferme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relance, "_muet_jusqu_a", 0.0)


@pytest.fixture
def en_parallele() -> Callable[..., list[Any]]:
    """`en_parallele(faire, 8)` runs `faire()` in 8 threads that start together, each on its own connection.

    With a list instead of a number, one thread per item: `faire(item)`. Gives what each returned, or the
    exception that it raised, in order; raises AssertionError when one is still running after a minute.
    """

    def lancer(faire: Callable[..., Any], combien: int | list[Any]) -> list[Any]:
        arguments = [()] * combien if isinstance(combien, int) else [(element,) for element in combien]
        resultats: list[Any] = [None] * len(arguments)
        depart = threading.Barrier(len(arguments))

        def courir(rang: int) -> None:
            try:
                # Connected before the start: they race for rows, not for connections.
                connection.ensure_connection()
                depart.wait(ATTENTE_S)
                resultats[rang] = faire(*arguments[rang])
            except Exception as erreur:  # noqa: BLE001 - given to the test, which judges it
                resultats[rang] = erreur
            finally:
                connection.close()

        fils = [threading.Thread(target=courir, args=(rang,), daemon=True) for rang in range(len(arguments))]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join(ATTENTE_S)
        assert not any(fil.is_alive() for fil in fils), "Un fil n’a pas fini : interblocage ?"
        return resultats

    return lancer
