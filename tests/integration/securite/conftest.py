"""What the tests of attacks share: browsers of a stranger, limits counted alone."""

import uuid

import pytest


@pytest.fixture(autouse=True)
def _limites_a_zero(settings):
    """Each test counts its tries alone, also beside others on one Redis."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""
