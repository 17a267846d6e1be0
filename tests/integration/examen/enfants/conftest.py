"""What the tests about a child's account share: a mother, her child of 16, their dossier, their browsers."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.utils import timezone

from comptes.models import Courriel
from comptes.operations.envoyer_courriel import envoyer
from demandes.models import Demande
from demandes.operations.deposer import deposer
from demandes.operations.prendre_en_charge import prendre_en_charge
from tests import dossiers_d_essai as essai


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture(autouse=True)
def _limites_a_zero(settings):
    """Each test counts its tries alone, also beside others on one Redis."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture
def deposee() -> Callable[..., Demande]:
    """`deposee(date_naissance=…)`: a mother's demande for her child, deposited today."""

    def faire(profil=essai.enfant_mineur, le: datetime | None = None, **options) -> Demande:
        le = le or timezone.now()
        rempli = profil(le=le, **options).remplir(au=timezone.localdate(le))
        return deposer(demande_id=rempli.demande.pk, compte_id=rempli.compte.pk, maintenant=le)

    return faire


@pytest.fixture
def demande(deposee) -> Demande:
    """Its examination has started."""
    return prendre(deposee())


def prendre(demande: Demande, maintenant: datetime | None = None) -> Demande:
    agent = essai.agent(essai.prefecture("39"))
    return prendre_en_charge(
        demande_id=demande.pk, agent_id=agent.pk, version=None, maintenant=maintenant or timezone.now()
    )


@pytest.fixture
def relever() -> Callable[[str], mail.EmailMultiAlternatives]:
    """Send what waits, as the worker does, and give the last mail of that type."""

    def derniere(type_: str) -> mail.EmailMultiAlternatives:
        for pk in (
            Courriel.objects.filter(type=type_, etat="a_envoyer").order_by("pk").values_list("pk", flat=True)
        ):
            envoyer(pk)
        return mail.outbox[-1]

    return derniere
