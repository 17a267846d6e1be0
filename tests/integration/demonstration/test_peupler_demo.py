"""peupler_demo: everyone is there, again adds nothing, never outside demonstration."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from comptes.models import Compte
from demandes.demonstration import MOT_DE_PASSE, ephotos
from demandes.demonstration.personnages import personnages
from demandes.models import Demande
from referentiels import agdref, ephoto
from referentiels.ephoto import EtatEphoto
from referentiels.models import PersonneAgdref

pytestmark = pytest.mark.django_db


@pytest.fixture
def peuple(settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    call_command("peupler_demo", verbosity=0)


def test_it_fills_everything_and_again_changes_nothing(peuple: None) -> None:
    gens = personnages(timezone.localdate())
    assert all(agdref.service().personne(p.identifiant) for p in gens)
    assert Compte.objects.filter(role="usager").count() == sum(p.compte for p in gens)
    assert Compte.objects.get(identifiant="instructeur-ara").prefectures.count() == 2
    depose = Demande.objects.get()
    assert (depose.etat, depose.prefecture_id, depose.controle) == ("deposee", "39", "confirme")

    Compte.objects.filter(identifiant="9900000001").update(email="change@exemple.fr")
    PersonneAgdref.objects.filter(numero_etranger="9900000002").update(nom="CORRIGE-SPECIMEN")
    avant = list(Compte.objects.order_by("pk").values()), list(PersonneAgdref.objects.order_by("pk").values())
    call_command("peupler_demo", verbosity=0)
    assert avant == (
        list(Compte.objects.order_by("pk").values()), list(PersonneAgdref.objects.order_by("pk").values())
    )  # fmt: skip
    assert Demande.objects.count() == 1

    maintenant = timezone.now()
    etats = {
        code: ephoto.service().consulter(code, maintenant)
        for code in (ephotos.VALIDES[-1], ephotos.VALIDE_21, ephotos.EXPIREE, ephotos.UTILISEE, ephotos.EN_ATTENTE,
                     ephotos.INCONNUE, ephotos.DEPOSEE)
    }  # fmt: skip
    assert list(etats.values()) == [
        EtatEphoto.VALIDE, EtatEphoto.VALIDE, EtatEphoto.EXPIRE, EtatEphoto.UTILISE, EtatEphoto.PAS_ENCORE_ACTIVE,
        EtatEphoto.INCONNU, EtatEphoto.UTILISE,
    ]  # fmt: skip


def test_the_public_password_opens_the_accounts(peuple: None) -> None:
    for identifiant in ("9900000001", "FRA900000031", "responsable-2A"):
        assert Compte.objects.get(identifiant=identifiant).check_password(MOT_DE_PASSE)


def test_outside_demonstration_it_refuses_and_writes_nothing(settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="démonstration"):
        call_command("peupler_demo")
    assert not Compte.objects.exists()


def test_the_logins_are_printed_without_writing_anything() -> None:
    sortie = StringIO()
    call_command("peupler_demo", "--identifiants", stdout=sortie)
    assert MOT_DE_PASSE in sortie.getvalue()
    assert "9900000066" in sortie.getvalue()
    assert not Compte.objects.exists()
