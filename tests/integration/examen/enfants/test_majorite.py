"""At 18 the dossier is the child's alone: the view of the account that applied ends that day in Paris (R-COMPTE-4)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Courriel, Notification
from comptes.requetes import non_lues, notifications
from demandes.models import Demande, EchecDepot, Fichier
from demandes.operations.prevenir import prevenir
from demandes.requetes import demandes_de
from tests import dossiers_d_essai as essai
from tests.integration.examen.enfants.conftest import prendre

# Deposited at 16, in the portal's own time.
DEPOT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
# Born on 29 February: 18 on 1 March of a common year, 29 February of a leap year (R-REGLES-6).
NAISSANCES = [
    ("2010-03-14", date(2028, 3, 14)),
    ("2010-02-28", date(2028, 2, 28)),
    ("2009-12-31", date(2027, 12, 31)),
    ("2009-01-01", date(2027, 1, 1)),
    ("2009-00-00", date(2027, 1, 1)),
]


def minuit(jour: date) -> datetime:
    return timezone.make_aware(datetime(jour.year, jour.month, jour.day))


@pytest.fixture
def dossier(deposee) -> Demande:
    """Of a child born on 1 May 2010, under examination."""
    with time_machine.travel(DEPOT, tick=False):
        return prendre(deposee(le=DEPOT, date_naissance="2010-05-01"), DEPOT)


VEILLE = minuit(date(2028, 5, 1)) - timedelta(seconds=1)
JOUR = minuit(date(2028, 5, 1))


def adresses(demande: Demande) -> list[str]:
    """Every page, document and file of a dossier that its owner may open."""
    echec = EchecDepot.objects.create(demande=demande, reference=f"REF{demande.pk.hex[:9].upper()}")
    return [
        f"/espace/demandes/{demande.pk}/",
        f"/demarches/{demande.pk}/depose/",
        f"/demarches/{demande.pk}/echec/{echec.reference}/",
        f"/demarches/{demande.pk}/fichiers/etats/",
        *[f"/espace/attestations/{a.pk}/" for a in Attestation.objects.filter(demande=demande)],
    ]


@pytest.mark.parametrize(("naissance", "majorite"), NAISSANCES)
def test_the_day_is_the_18th_birthday(deposee, naissance, majorite):
    with time_machine.travel(DEPOT, tick=False):
        assert deposee(le=DEPOT, date_naissance=naissance).majorite_le == majorite


@pytest.mark.parametrize(
    ("depot", "naissance", "majorite"),
    [
        # 2026 and 2030 are common years, 2028 is a leap year.
        (datetime(2025, 1, 7, 10, tzinfo=UTC), "2008-02-29", date(2026, 3, 1)),
        (datetime(2029, 1, 8, 10, tzinfo=UTC), "2012-02-29", date(2030, 3, 1)),
    ],
)
def test_born_on_29_february_the_day_is_1_march(deposee, connecter, depot, naissance, majorite):
    with time_machine.travel(depot, tick=False):
        demande = deposee(le=depot, date_naissance=naissance)
    assert demande.majorite_le == majorite
    with time_machine.travel(minuit(majorite) - timedelta(seconds=1), tick=False):
        assert connecter(demande.compte).get(f"/espace/demandes/{demande.pk}/").status_code == 200
    with time_machine.travel(minuit(majorite), tick=False):
        assert connecter(demande.compte).get(f"/espace/demandes/{demande.pk}/").status_code == 404


def test_until_the_eve_both_see_everything(dossier, connecter):
    enfant = essai.compte(numero_etranger=dossier.beneficiaire)
    liste = adresses(dossier)
    with time_machine.travel(VEILLE, tick=False):
        for compte in (dossier.compte, enfant):
            navigateur = connecter(compte)
            for adresse in liste:
                reponse = navigateur.get(adresse)
                assert reponse.status_code == 200, (compte, adresse)
                b"".join(reponse)


def test_on_the_day_the_parent_sees_nothing_and_the_child_everything(dossier, connecter):
    enfant = essai.compte(numero_etranger=dossier.beneficiaire)
    liste = adresses(dossier)
    with time_machine.travel(JOUR, tick=False):
        parent, sien = connecter(dossier.compte), connecter(enfant)
        for adresse in liste:
            for methode in ("get", "head", "post"):
                assert getattr(parent, methode)(adresse).status_code in (403, 404, 405), adresse
            reponse = sien.get(adresse)
            assert reponse.status_code == 200, adresse
            b"".join(reponse)
        page = parent.get("/espace/").content.decode()
        assert dossier.numero not in page
        assert str(dossier.pk) not in page
        assert parent.get(f"/espace/demandes/{dossier.pk}/compte-de-l-enfant/").status_code == 404
        assert list(demandes_de(dossier.compte)) == []
        assert list(demandes_de(enfant)) == [dossier]


def test_the_half_hour_before_midnight_utc_is_already_the_day_in_paris(dossier, connecter):
    for instant, statut in (
        (datetime(2028, 4, 30, 21, 59, tzinfo=UTC), 200),
        (datetime(2028, 4, 30, 22, 0, tzinfo=UTC), 404),
    ):
        with time_machine.travel(instant, tick=False):
            assert connecter(dossier.compte).get(f"/espace/demandes/{dossier.pk}/").status_code == statut


def test_the_messages_about_the_dossier_leave_the_parent_and_the_others_stay(dossier, connecter):
    parent = dossier.compte
    Notification.objects.create(compte=parent, type="mot_de_passe_change", cle="autre")
    avec_dossier = Notification.objects.filter(compte=parent, demande=dossier).count()
    assert avec_dossier
    with time_machine.travel(VEILLE, tick=False):
        assert (
            non_lues(parent)
            == notifications(parent).count()
            == Notification.objects.filter(compte=parent).count()
        )
    with time_machine.travel(JOUR, tick=False):
        types = list(notifications(parent).values_list("type", flat=True))
        assert "mot_de_passe_change" in types
        assert "examen_commence" not in types
        assert non_lues(parent) == len(types)
        for adresse in ("/compte/notifications/", "/espace/"):
            assert dossier.numero not in connecter(parent).get(adresse).content.decode()


def test_a_parent_keeps_the_messages_about_their_own_dossier(deposee, dossier):
    with time_machine.travel(DEPOT, tick=False):
        rempli = essai.refugie(le=DEPOT)
    Notification.objects.create(compte=rempli.compte, demande=rempli.demande, type="depot_apd", cle="sien")
    with time_machine.travel(JOUR, tick=False):
        assert notifications(rempli.compte).count() == 1


def test_news_after_the_day_go_to_the_child_alone(dossier):
    enfant = essai.compte(numero_etranger=dossier.beneficiaire)
    Courriel.objects.all().delete()
    with time_machine.travel(JOUR, tick=False), transaction.atomic():
        prevenir(dossier, type="decision_favorable", cle="essai")
    assert [c.compte_id for c in Courriel.objects.all()] == [enfant.pk]


def test_without_an_account_of_the_child_the_parent_learns_that_there_is_news_and_no_more(dossier):
    Courriel.objects.all().delete()
    with time_machine.travel(JOUR, tick=False), transaction.atomic():
        attestation = Attestation.objects.filter(demande=dossier).first()
        prevenir(dossier, type="decision_favorable", cle="essai", attestation=attestation)
    courriel = Courriel.objects.get()
    assert (courriel.type, courriel.attestation_id, courriel.demande_id) == ("dossier_du_majeur", None, None)
    assert dossier.numero not in str(courriel.valeurs)


def test_a_file_of_the_dossier_is_closed_to_the_parent_and_open_to_the_child(dossier, connecter):
    enfant = essai.compte(numero_etranger=dossier.beneficiaire)
    fichier = Fichier.objects.filter(piece__demande=dossier).first()
    fichier.contenu = fichier.apercu = default_storage.save("pieces/ab/majorite", ContentFile(b"contenu"))
    fichier.save()
    racine = f"/demarches/{dossier.pk}/fichiers/{fichier.pk}"
    with time_machine.travel(JOUR, tick=False):
        for fin in ("/", "/apercu/"):
            assert connecter(dossier.compte).get(racine + fin).status_code == 404
            reponse = connecter(enfant).get(racine + fin)
            assert reponse.status_code == 200
            b"".join(reponse)
