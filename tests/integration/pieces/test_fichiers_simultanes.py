"""Real threads, real commits: what two hands do to the same files at once."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.files.base import ContentFile
from django.db import connection, connections, transaction

from demandes.models import Fichier
from demandes.operations.ajouter_fichier import ajouter_fichier
from demandes.operations.refus import FichierOccupe, TropDeFichiers
from demandes.operations.retirer_fichier import retirer_fichier
from demandes.operations.traiter_fichier import traiter_en_attente, traiter_fichier
from tests import fichiers_d_essai as essai
from tests.integration.pieces.conftest import CODE


def en_meme_temps(*gestes):
    """Run each in its own thread and connection, from one start; gives their results or exceptions."""
    depart = Barrier(len(gestes))

    def faire(geste):
        try:
            depart.wait(10)
            return geste()
        except Exception as erreur:  # noqa: BLE001 - the test looks at it
            return erreur
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(gestes)) as fils:
        return list(fils.map(faire, gestes))


@pytest.fixture
def ajouter(demande):
    photo = essai.photo(taille=(40, 30))

    def _ajouter():
        return ajouter_fichier(
            demande_id=demande.pk,
            compte_id=demande.compte_id,
            code=CODE,
            nom="p.jpg",
            contenu=ContentFile(photo),
        )

    return _ajouter


def test_two_tabs_that_add_the_tenth_file_at_once_add_one(ajouter, stockes, monkeypatch):
    for _ in range(9):
        ajouter()
    # Between the count and the new row, whoever got there waits for the others: with the draft locked they never
    # come, and the wait ends by itself.
    ensemble = Barrier(6)

    def attendre_les_autres(nom):
        with contextlib.suppress(BrokenBarrierError):
            ensemble.wait(0.5)
        return nom

    monkeypatch.setattr("demandes.operations.ajouter_fichier.nettoyer_nom", attendre_les_autres)
    resultats = en_meme_temps(*[ajouter] * 6)
    assert sum(isinstance(resultat, Fichier) for resultat in resultats) == 1
    assert sum(isinstance(resultat, TropDeFichiers) for resultat in resultats) == 5
    assert Fichier.objects.count() == 10
    assert len(stockes()) == 10


def test_two_workers_check_one_file_once(ajouter, stockes):
    fichier = ajouter()
    resultats = en_meme_temps(*[lambda: traiter_fichier(fichier.pk)] * 4)
    assert sorted(resultats) == [False, False, False, True]
    assert len(stockes()) == 2


def test_the_page_waits_for_the_worker_that_has_the_file(ajouter, demande, stockes):
    fichier = ajouter()
    resultats = en_meme_temps(lambda: traiter_fichier(fichier.pk), lambda: traiter_en_attente(demande.pk))
    assert resultats[1] == 0
    assert Fichier.objects.get(pk=fichier.pk).etat == Fichier.Etat.PRET
    assert len(stockes()) == 2


def test_a_file_under_check_is_not_removed_under_the_worker(ajouter, demande):
    fichier = ajouter()
    with transaction.atomic():
        Fichier.objects.select_for_update().get(pk=fichier.pk)
        (resultat,) = en_meme_temps(
            lambda: retirer_fichier(demande_id=demande.pk, compte_id=demande.compte_id, fichier_id=fichier.pk)
        )
    assert isinstance(resultat, FichierOccupe)
    assert Fichier.objects.filter(pk=fichier.pk).exists()


def test_the_page_gives_up_on_a_file_that_a_worker_holds_too_long(ajouter, demande, monkeypatch):
    monkeypatch.setattr("demandes.operations.traiter_fichier.ATTENTE_VERROU_MS", 50)
    fichier = ajouter()
    with transaction.atomic():
        Fichier.objects.select_for_update().get(pk=fichier.pk)
        (restants,) = en_meme_temps(lambda: traiter_en_attente(demande.pk))
    assert restants == 1
    assert connection.is_usable()
