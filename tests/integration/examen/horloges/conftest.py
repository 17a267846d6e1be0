"""What the tests of the clocks share: dossiers in the state that a clock looks for, at a day of their own."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from comptes.models import Courriel, Notification
from demandes.models import Demande
from demandes.operations.deposer import deposer
from tests import dossiers_d_essai as essai


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture
def dossier() -> Callable[..., Demande]:
    """`dossier(etat, le=…, profil=…)`: a dossier deposited on that day, led to that state, nobody told yet."""

    def faire(etat: str = "deposee", *, le: datetime = essai.MAINTENANT, profil=essai.refugie) -> Demande:
        jour = timezone.localdate(le)
        rempli = profil(le=le).remplir(au=jour)
        demande = deposer(demande_id=rempli.demande.pk, compte_id=rempli.compte.pk, maintenant=le)
        essai.amener(demande, etat)
        Courriel.objects.filter(demande=demande).delete()
        Notification.objects.filter(demande=demande).delete()
        return demande

    return faire


@pytest.fixture
def messages() -> Callable[[str], list[dict]]:
    """The values of every mail of a type ordered so far; each has its notification."""

    def lire(type_: str) -> list[dict]:
        courriels = list(Courriel.objects.filter(type=type_).order_by("pk").values_list("valeurs", flat=True))
        assert Notification.objects.filter(type=type_).count() == len(courriels)
        return courriels

    return lire
