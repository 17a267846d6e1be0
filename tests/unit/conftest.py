"""Unit tests run on pure Python: neither a database nor the network."""

import socket

import hypothesis
import pytest

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile(
    "portail", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("portail")

FIXTURES_DE_BASE = frozenset({"db", "transactional_db", "live_server", "celery_worker_process"})


def pytest_itemcollected(item: pytest.Item) -> None:
    if item.get_closest_marker("django_db") or FIXTURES_DE_BASE & set(getattr(item, "fixturenames", ())):
        raise pytest.UsageError(f"{item.nodeid} demande une base : sa place est dans tests/integration")


@pytest.fixture(autouse=True)
def _sans_reseau(monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest-django already refuses the database to tests that do not ask for it."""

    def refuser(self: socket.socket, adresse: object) -> None:
        raise AssertionError(f"Un test unitaire se connecte à {adresse}")

    monkeypatch.setattr(socket.socket, "connect", refuser)
