"""peupler_demo: everyone is there, again adds nothing, never outside demonstration."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Compte, Courriel
from demandes.demonstration import MOT_DE_PASSE, ephotos, instruction, timbres
from demandes.demonstration.depot import faire_le_dossier
from demandes.demonstration.personnages import dossiers, personnages
from demandes.demonstration.peupler import peupler
from demandes.etats import Etat
from demandes.models import Complement, Demande, Evenement, Refus, Remise
from referentiels import agdref, ephoto
from referentiels import timbres as service_des_timbres
from referentiels.ephoto import EtatEphoto
from referentiels.models import PersonneAgdref, Tarif, Timbre

pytestmark = pytest.mark.django_db


@pytest.fixture
def stockage(settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


@pytest.fixture
def peuple(stockage: None) -> None:
    call_command("peupler_demo", verbosity=0)


def test_it_fills_everything_and_again_changes_nothing(peuple: None) -> None:
    gens = personnages(timezone.localdate())
    assert all(agdref.service().personne(p.identifiant) for p in gens)
    assert Compte.objects.filter(role="usager").count() == sum(p.compte for p in gens)
    assert Compte.objects.get(identifiant="instructeur-ara").prefectures.count() == 2
    depose = Demande.objects.get(beneficiaire="9900000066")
    assert (depose.etat, depose.prefecture_id, depose.controle) == ("deposee", "39", "confirme")
    nombre = Demande.objects.count()
    assert nombre == len(dossiers(timezone.localdate()))

    Compte.objects.filter(identifiant="9900000001").update(email="change@exemple.fr")
    PersonneAgdref.objects.filter(numero_etranger="9900000002").update(nom="CORRIGE-SPECIMEN")
    modeles = (Compte, PersonneAgdref, Demande, Evenement, Courriel, Timbre)
    avant = [list(modele.objects.order_by("pk").values()) for modele in modeles]
    call_command("peupler_demo", verbosity=0)
    assert avant == [list(modele.objects.order_by("pk").values()) for modele in modeles]

    maintenant = timezone.now()
    etats = {
        code: ephoto.service().consulter(code, maintenant)
        for code in (ephotos.VALIDES[-1], ephotos.VALIDE_21, ephotos.EXPIREE, ephotos.UTILISEE, ephotos.EN_ATTENTE,
                     ephotos.INCONNUE, depose.ephoto_code)
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


def le_dossier(numero: str) -> Demande:
    return Demande.objects.get(beneficiaire=numero)


def test_the_jura_has_dossiers_in_every_state_and_others_have_some(peuple: None) -> None:
    du_jura = Demande.objects.filter(prefecture="39")
    assert set(du_jura.values_list("etat", flat=True)) == set(Etat) - {Etat.BROUILLON}
    attente = du_jura.filter(etat=Etat.DEPOSEE)
    assert attente.count() >= 8
    assert attente.values("droits_jusqu_au").distinct().count() >= 8
    assert set(Demande.objects.values_list("prefecture_id", flat=True)) == {"39", "75", "69", "93", "973"}


def test_each_dossier_shows_what_the_documentation_says(peuple: None) -> None:
    au = timezone.localdate()
    assert le_dossier("9900000101").ofpra_en_attente
    assert le_dossier("9900000106").controle == "a_verifier"
    assert le_dossier("9900000104").droits_jusqu_au == au + timedelta(days=10)
    assert le_dossier("9900000105").droits_jusqu_au == au - timedelta(days=5)
    mineure = le_dossier("9900000108")
    assert (mineure.pour_mineur, mineure.compte.identifiant) == (True, "9900000107")
    assert "DELAI_LEGAL_DEPASSE" in le_dossier("9900000109").signalements
    assert Complement.objects.get(demande=le_dossier("9900000111")).rappels == [15]
    assert "COMPLEMENT_SANS_REPONSE" in le_dossier("9900000126").signalements
    assert Complement.objects.get(demande=le_dossier("9900000112")).etat == "transmis"
    propose = Refus.objects.get(etat="propose")
    assert (propose.demande, propose.propose_par.identifiant) == (le_dossier("9900000113"), "instructeur-39")
    assert Attestation.objects.filter(demande=le_dossier("9900000114"), type="ADF").count() == 1
    assert Remise.objects.get(demande=le_dossier("9900000115")).rappels == [30]
    remis = agdref.service().personne("9900000119").titre_detenu
    assert remis is not None
    assert remis.numero == Remise.objects.get(demande=le_dossier("9900000119")).titre_numero


def test_what_was_done_bears_the_day_on_which_it_was_done(peuple: None) -> None:
    """Journal, dates of the dossier, messages: the past of the demonstration holds together."""
    au = timezone.localdate()
    for dossier in dossiers(au):
        demande = le_dossier(dossier.identifiant)
        jours = [timezone.localdate(e.le) for e in demande.evenements.order_by("pk")]
        attendus = [au - timedelta(days=n) for n in (dossier.depose, *(n for _geste, n in dossier.gestes))]
        assert jours[: len(attendus)] == attendus, dossier.identifiant
        assert timezone.localdate(demande.deposee_le) == attendus[0]
        assert demande.numero[4:12] == f"{attendus[0]:%Y%m%d}"


def test_every_amount_that_can_be_due_has_stamps_good_and_used(peuple: None) -> None:
    service = service_des_timbres.service()
    for euros in timbres.MONTANTS:
        premiers = [service.consulter(numero) for numero in timbres.valides(euros)[:2]]
        assert all(timbre and timbre.euros == euros and not timbre.utilise for timbre in premiers)
        assert service.consulter(timbres.utilise(euros)).utilise
    dus = set()
    for (_titre, _fondement, nature, _du), lignes in _lignes_de_tarif().items():
        retard = 180 if nature == "renouvellement" else None
        dus |= {lignes} | ({lignes + retard} if retard else set())
    assert dus <= set(timbres.MONTANTS)
    assert {remise.euros for remise in Remise.objects.all()} <= set(timbres.MONTANTS)


def _lignes_de_tarif() -> dict[tuple[str, str, str, object], int]:
    """What is due for each title, ground, nature and period of the table."""
    sommes: dict[tuple[str, str, str, object], int] = {}
    for tarif in Tarif.objects.exclude(nature="retard"):
        cle = (tarif.titre_code, tarif.fondement, tarif.nature, tarif.du)
        sommes[cle] = sommes.get(cle, 0) + tarif.euros
    return sommes


def test_a_filling_that_was_stopped_is_finished_by_the_next_one(stockage, monkeypatch) -> None:
    """Stopped in the middle of a dossier: nothing of it stays."""
    au = timezone.localdate()
    with monkeypatch.context() as panne:
        panne.setitem(instruction.GESTES, "prendre", _tomber)
        with pytest.raises(RuntimeError):
            peupler(maintenant=timezone.now())
    faits = Demande.objects.count()
    assert faits == sum(not dossier.gestes for dossier in dossiers(au)[:11])
    assert not Demande.objects.filter(beneficiaire="9900000110").exists()
    suivant = next(dossier for dossier in dossiers(au) if dossier.identifiant == "9900000110")
    assert faire_le_dossier(suivant, au=au)
    assert not faire_le_dossier(suivant, au=au)


def _tomber(*_arguments: object) -> None:
    raise RuntimeError


@pytest.mark.parametrize(
    "jour", [datetime(2028, 2, 29, 9, tzinfo=UTC), datetime(2027, 8, 31, 22, 30, tzinfo=UTC)]
)
def test_it_fills_on_any_day(stockage, jour) -> None:
    with time_machine.travel(jour, tick=False):
        ajouts = peupler(maintenant=jour)
    assert ajouts.demandes == len(dossiers(timezone.localdate(jour)))
