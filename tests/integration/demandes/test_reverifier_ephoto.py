"""A code that was not active at the deposit is asked for again until 72 hours (R-EPHOTO-1)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comptes.models import Courriel, Notification
from demandes.models import Demande, Evenement
from demandes.operations.deposer import deposer
from demandes.operations.reverifier_ephoto import reverifier_ephoto
from demandes.tasks import reverifier_ephotos
from referentiels import ephoto as service
from referentiels.ephoto import EphotoDejaUtilisee, EphotoIndisponible, EphotoLocale
from referentiels.models import Ephoto
from tests import dossiers_d_essai as essai
from tests.dossiers_d_essai import MAINTENANT


@pytest.fixture
def demande() -> Demande:
    """A dossier whose code the service does not know yet."""
    profil = essai.refugie(etat_ephoto="inconnu").remplir()
    deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=MAINTENANT)
    Courriel.objects.all().delete()
    Notification.objects.all().delete()
    return Demande.objects.get()


def reverifier(demande: Demande, heures: float) -> Demande:
    reverifier_ephoto(demande_id=demande.pk, maintenant=MAINTENANT + timedelta(hours=heures))
    demande.refresh_from_db()
    return demande


def evenements() -> list[str]:
    return list(Evenement.objects.exclude(type="deposer").values_list("type", flat=True))


def test_a_code_that_becomes_valid_is_taken_and_the_person_sees_it(demande):
    essai.ephoto(demande.ephoto_code)

    reverifier(demande, 24)

    assert demande.signalements == []
    assert Ephoto.objects.get().reference == demande.numero
    assert evenements() == ["ephoto_valide"]
    assert not Courriel.objects.exists()


@pytest.mark.parametrize("etat", ["expire", "utilise"])
def test_a_code_that_proves_expired_or_used_asks_for_a_new_one(demande, etat):
    essai.ephoto(demande.ephoto_code, etat=etat)

    reverifier(demande, 1)

    assert demande.signalements == ["EPHOTO_REFUSEE"]
    assert evenements() == ["ephoto_refusee"]
    assert Courriel.objects.get().type == Notification.objects.get().type == "ephoto_a_refaire"


@pytest.mark.parametrize("etat", ["inconnu", "pas_encore_active"])
def test_a_code_still_not_active_waits_until_72_hours_and_is_then_told(demande, etat):
    essai.ephoto(demande.ephoto_code, etat=etat, le=MAINTENANT + timedelta(hours=60))

    reverifier(demande, 71.9)
    assert demande.signalements == ["EPHOTO_EN_ATTENTE"]
    assert evenements() == []

    reverifier(demande, 72)
    assert demande.signalements == ["EPHOTO_INTROUVABLE"]
    assert evenements() == ["ephoto_introuvable"]
    assert Courriel.objects.get().type == Notification.objects.get().type == "ephoto_introuvable"


def test_what_is_settled_is_not_asked_again(demande):
    reverifier(demande, 73)
    essai.ephoto(demande.ephoto_code)

    reverifier(demande, 74)

    assert demande.signalements == ["EPHOTO_INTROUVABLE"]
    assert len(evenements()) == Courriel.objects.count() == 1


def test_a_closed_dossier_is_left_alone(demande):
    essai.amener(demande, "retiree")
    essai.ephoto(demande.ephoto_code)

    assert reverifier(demande, 24).signalements == ["EPHOTO_EN_ATTENTE"]
    assert Ephoto.objects.get().utilise_le is None


def test_a_code_that_somebody_takes_at_that_instant_is_used(demande, monkeypatch):
    essai.ephoto(demande.ephoto_code)

    def trop_tard(self, code, reference):
        raise EphotoDejaUtilisee

    monkeypatch.setattr(EphotoLocale, "marquer_utilise", trop_tard)

    assert reverifier(demande, 24).signalements == ["EPHOTO_REFUSEE"]


def test_the_sweep_settles_every_waiting_dossier_though_one_gets_no_answer(demande, monkeypatch):
    autre = essai.refugie(etat_ephoto="inconnu").remplir()
    deposer(
        demande_id=autre.demande.pk, compte_id=autre.compte.pk, maintenant=MAINTENANT + timedelta(minutes=1)
    )
    essai.ephoto(demande.ephoto_code)
    essai.ephoto(autre.code)
    Ephoto.objects.update(
        active_le=timezone.now() - timedelta(days=1), expire_le=timezone.now() + timedelta(days=9)
    )

    class EphotoCapricieuse(EphotoLocale):
        def consulter(self, code, le):
            if code == demande.ephoto_code:
                raise EphotoIndisponible
            return super().consulter(code, le)

    monkeypatch.setattr(service, "service", EphotoCapricieuse)
    reverifier_ephotos()

    demande.refresh_from_db()
    autre.demande.refresh_from_db()
    assert demande.signalements == ["EPHOTO_EN_ATTENTE"]
    assert autre.demande.signalements == []
