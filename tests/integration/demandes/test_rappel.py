"""« Recevoir un rappel »: asked for before the renewal window, written once when it opens (R-REGLES-4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comptes.models import Compte, Courriel, Notification
from demandes.models import Demande, Rappel
from demandes.regles.dates import ajouter_mois
from demandes.tasks import envoyer_rappels
from referentiels.models import DocumentAgdref, PersonneAgdref

NUMERO = "9977000001"


@pytest.fixture
def compte():
    return Compte.objects.create_user(NUMERO, numero_etranger=NUMERO, nom="ESSAI", email="essai@example.org")


@pytest.fixture
def titre(compte):
    """A carte de résident that ends in a year."""
    personne = PersonneAgdref.objects.create(
        numero_etranger=NUMERO, nom="ESSAI", prenoms=["Fictive"], sexe="F", date_naissance="1990-05-17",
        ville_naissance="Ville", pays_naissance="AF", nationalite="AF", statut="refugie",
    )  # fmt: skip
    fin = timezone.localdate() + timedelta(days=365)
    return DocumentAgdref.objects.create(
        personne=personne, nature="titre", type="carte_resident", numero="TITRE00001",
        debut=fin - timedelta(days=3650), fin=fin,
    )  # fmt: skip


def test_the_reminder_is_set_for_the_day_the_window_opens(connecter, compte, titre):
    navigateur = connecter(compte)
    reponse = navigateur.soumettre(navigateur.get("/espace/rappel/"), {}, formulaire="//main//form")
    assert reponse.status_code == 302
    assert Rappel.objects.get().jour == ajouter_mois(titre.fin, -3)


def test_asking_twice_sets_one_reminder(connecter, compte, titre):
    navigateur = connecter(compte)
    for _fois in range(2):
        navigateur.soumettre(navigateur.get("/espace/rappel/"), {}, formulaire="//main//form")
    assert Rappel.objects.count() == 1


def test_a_person_without_permit_is_told_so_and_nothing_is_set(connecter, compte):
    page = connecter(compte).get("/espace/rappel/")
    assert "ne connaît pas de titre" in page.content.decode()
    assert not Rappel.objects.exists()


def test_the_draft_of_somebody_else_is_unknown(connecter, compte, titre):
    autre = Compte.objects.create_user("9977000002", numero_etranger="9977000002")
    brouillon = Demande.objects.create(compte=autre)
    for adresse in (f"?demande={brouillon.pk}", "?demande=abc"):
        assert connecter(compte).get(f"/espace/rappel/{adresse}").status_code == 404


def test_a_reminder_whose_day_has_come_is_written_once(compte):
    hier = timezone.localdate() - timedelta(days=1)
    Rappel.objects.create(compte=compte, beneficiaire=NUMERO, jour=hier)
    envoyer_rappels()
    envoyer_rappels()
    assert Courriel.objects.filter(type="rappel_renouvellement").count() == 1
    assert Notification.objects.filter(compte=compte, type="rappel_renouvellement").count() == 1


def test_a_reminder_for_tomorrow_waits(compte):
    demain = timezone.localdate() + timedelta(days=1)
    Rappel.objects.create(compte=compte, beneficiaire=NUMERO, jour=demain)
    envoyer_rappels()
    assert not Courriel.objects.exists()
