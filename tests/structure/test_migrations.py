"""The tables are those of the models."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation


def test_migrations_agree_with_the_models():
    charge = MigrationLoader(None)
    # Names in the interface's language are no change of a table.
    with translation.override(None):
        changements = MigrationAutodetector(charge.project_state(), ProjectState.from_apps(apps)).changes(
            graph=charge.graph
        )
    assert not {app: [str(op) for m in liste for op in m.operations] for app, liste in changements.items()}


def test_no_two_migrations_of_an_app_claim_to_be_the_last():
    assert not MigrationLoader(None).detect_conflicts()
