"""What the tests of the portal share."""

import pytest


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture(autouse=True)
def _fichiers_statiques(settings):
    """Static files as they lie in the checkout: the tests need no collectstatic."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
