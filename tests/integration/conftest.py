"""Integration tests: one file per operation, view, admin page, task, on a real PostgreSQL and a real Redis."""

import pytest

from referentiels import relance


@pytest.fixture(autouse=True)
def _disjoncteur_ferme(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that one test broke must not keep the next one from queuing."""
    monkeypatch.setattr(relance, "_muet_jusqu_a", 0.0)
