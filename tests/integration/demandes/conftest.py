"""What the tests of the heart share: logged-in browsers."""

import pytest


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""
