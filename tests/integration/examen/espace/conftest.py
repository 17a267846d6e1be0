"""What the tests of the applicant's side share."""

import pytest


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""
