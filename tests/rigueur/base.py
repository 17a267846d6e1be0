"""The reference data are loaded once per test database and survive the tests that really commit."""

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

# Loaded with the database: emptying and filling them again would take seconds after each such test.
MODELES_GARDES = (
    "contenttypes.ContentType",
    "auth.Permission",
    "auth.Group",
    "referentiels.Prefecture",
    "referentiels.Commune",
    "referentiels.Tarif",
)


def charger() -> None:
    """Load prefectures, communes and tariffs into the test database."""
    call_command("charger_referentiels", verbosity=0)


def installer() -> None:
    """Replace Django's flush after a committing test: it would empty every table, and be slower."""
    TransactionTestCase._fixture_teardown = _vider


def _vider(self: TransactionTestCase) -> None:
    gardees = {apps.get_model(nom)._meta.db_table for nom in MODELES_GARDES} | {"django_migrations"}
    with connection.cursor() as curseur:
        tables = [nom for nom in connection.introspection.table_names(curseur) if nom not in gardees]
        pleines = " UNION ALL ".join(
            f"SELECT '{nom}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(nom)})" for nom in tables
        )
        curseur.execute(pleines)
        a_vider = [connection.ops.quote_name(nom) for (nom,) in curseur.fetchall()]
        if a_vider:
            # Not DELETE: the journal refuses it. CASCADE reaches empty tables only, none of the kept ones.
            curseur.execute(f"TRUNCATE {', '.join(a_vider)} CASCADE")
