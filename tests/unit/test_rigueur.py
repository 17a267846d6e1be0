"""What a unit test cannot reach."""

import socket

import pytest
from django.db import connection

from tests.rigueur.processus import environnement


def test_a_unit_test_has_no_network():
    with socket.socket() as prise, pytest.raises(AssertionError, match="se connecte"):
        prise.connect(("127.0.0.1", 9))


def test_a_unit_test_has_no_database():
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


def test_no_process_is_started_on_the_developers_database(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "portail")
    monkeypatch.setattr("tests.rigueur.processus.NOM_DE_LA_BASE", "portail")
    with pytest.raises(AssertionError, match="ne demande pas de base"):
        environnement()
