"""What the tests of the examination's operations share: an agent, a dossier."""

import pytest

from comptes.models import Compte
from demandes.etats import Etat
from demandes.models import Demande
from tests import examen_d_essai as examen


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture
def agent() -> Compte:
    """An instructeur of the Jura."""
    return examen.instructeur()


@pytest.fixture
def demande() -> Demande:
    """A refugee's first application, deposited in the Jura."""
    return examen.depose()


@pytest.fixture
def en_instruction(demande, agent) -> Demande:
    return examen.amener(demande, Etat.EN_INSTRUCTION, agent)
