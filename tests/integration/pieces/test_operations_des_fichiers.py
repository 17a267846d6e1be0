import uuid
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.utils import timezone

from demandes.etats import Etat
from demandes.models import Demande, Evenement, Fichier
from demandes.operations import traiter_fichier as traitement
from demandes.operations.abandonner_brouillon import abandonner_brouillon
from demandes.operations.ajouter_fichier import ajouter_fichier
from demandes.operations.balayer_orphelins import balayer_orphelins
from demandes.operations.refus import (
    BrouillonIntrouvable,
    DejaDeposee,
    FichierIntrouvable,
    FichierRefuse,
    TropDeFichiers,
)
from demandes.operations.remplacer_fichier import remplacer_fichier
from demandes.operations.retirer_fichier import retirer_fichier
from demandes.operations.traiter_fichier import traiter_en_attente, traiter_fichier
from demandes.tasks import balayer_fichiers
from referentiels.models import Prefecture
from tests import fichiers_d_essai as essai
from tests.integration.pieces.conftest import CODE


@pytest.fixture
def ajouter(demande):
    def _ajouter(octets=None, *, nom="photo.jpg", **autres) -> Fichier:
        valeurs = {
            "demande_id": demande.pk,
            "compte_id": demande.compte_id,
            "code": CODE,
            "nom": nom,
        } | autres
        return ajouter_fichier(**valeurs, contenu=ContentFile(essai.photo() if octets is None else octets))

    return _ajouter


@pytest.fixture
def interrompre(monkeypatch):
    """Make the process that decodes die."""

    def _normaliser(*_args, **_options):
        raise traitement.Plantage("code -11")

    monkeypatch.setattr(traitement, "normaliser_a_part", _normaliser)


def test_an_upload_is_kept_as_it_came_until_it_is_checked(ajouter, lire):
    brut = essai.photo()
    fichier = ajouter(brut)
    assert fichier.etat == Fichier.Etat.A_TRAITER
    assert lire(fichier.brut) == brut


def test_its_name_in_the_storage_says_nothing(ajouter, demande):
    fichier = ajouter(nom="passeport-FICTIF.jpg")
    assert fichier.nom == "passeport-FICTIF.jpg"
    for mot in ("FICTIF", "passeport", CODE, str(demande.pk), demande.compte.identifiant):
        assert mot not in fichier.brut


def test_a_checked_photo_is_ready_and_its_raw_upload_is_gone(ajouter, lire, stockes):
    fichier = ajouter()
    brut = fichier.brut
    assert traiter_fichier(fichier.pk) is True
    fichier.refresh_from_db()
    assert (fichier.etat, fichier.type_mime, fichier.brut) == (Fichier.Etat.PRET, "image/jpeg", "")
    assert essai.SECRET not in lire(fichier.contenu)
    assert len(lire(fichier.contenu)) == fichier.taille
    assert stockes() == {fichier.contenu, fichier.apercu}
    assert brut not in stockes()


def test_checking_twice_changes_nothing(ajouter):
    fichier = ajouter()
    traiter_fichier(fichier.pk)
    fichier.refresh_from_db()
    avant = fichier.contenu
    assert traiter_fichier(fichier.pk) is False
    fichier.refresh_from_db()
    assert fichier.contenu == avant


def test_a_refused_file_stays_with_its_reason_and_without_its_bytes(ajouter, stockes):
    fichier = ajouter(essai.pdf(avec=essai.script), nom="bail.pdf")
    traiter_fichier(fichier.pk)
    fichier.refresh_from_db()
    assert (fichier.etat, fichier.motif) == (Fichier.Etat.REFUSE, "pdf_actif")
    assert "imprimez-le en PDF" in fichier.explication
    assert stockes() == set()


@pytest.mark.parametrize(
    ("octets", "motif"),
    [(b"", "vide"), (b"<html>", "type_inconnu"), (essai.photo() + b"\0" * (15 << 20), "trop_gros")],
    ids=["vide", "page", "gros"],
)
def test_what_is_plainly_wrong_is_refused_at_once_and_nothing_is_kept(ajouter, octets, motif, stockes):
    with pytest.raises(FichierRefuse) as refus:
        ajouter(octets)
    assert refus.value.code == motif
    assert not Fichier.objects.exists()
    assert stockes() == set()


def test_the_eleventh_file_of_a_piece_is_refused(ajouter, stockes):
    octets = essai.photo(taille=(40, 30))
    for _ in range(10):
        ajouter(octets)
    with pytest.raises(TropDeFichiers):
        ajouter(octets)
    assert Fichier.objects.count() == 10
    assert len(stockes()) == 10
    ajouter(octets, code="decision_protection")


def test_nothing_is_added_to_the_draft_of_someone_else(ajouter, stockes):
    with pytest.raises(BrouillonIntrouvable):
        ajouter(compte_id=0)
    assert stockes() == set()


@pytest.fixture
def deposer(demande):
    """Make the draft a dossier, as another tab would."""

    def _deposer():
        prefecture, _ = Prefecture.objects.get_or_create(
            code_departement="01", defaults={"nom": "Préfecture d’essai", "site": "0101"}
        )
        with transaction.atomic():
            Evenement.objects.create(demande=demande, type="deposer", de=Etat.BROUILLON, vers=Etat.DEPOSEE)
            Demande.objects.filter(pk=demande.pk).update(
                etat=Etat.DEPOSEE,
                numero="0" * 19,
                deposee_le=timezone.now(),
                prefecture=prefecture,
                beneficiaire="1",
            )

    return _deposer


def test_a_dossier_keeps_its_files_whatever_a_stale_page_asks(ajouter, demande, deposer, stockes):
    fichier = ajouter()
    deposer()
    cles = {"demande_id": demande.pk, "compte_id": demande.compte_id}
    with pytest.raises(DejaDeposee):
        ajouter()
    with pytest.raises(DejaDeposee):
        retirer_fichier(**cles, fichier_id=fichier.pk)
    with pytest.raises(DejaDeposee):
        remplacer_fichier(**cles, fichier_id=fichier.pk, nom="x", contenu=ContentFile(essai.photo()))
    assert stockes() == {fichier.brut}


def test_a_removed_file_leaves_nothing(ajouter, demande, stockes):
    fichier = ajouter()
    traiter_fichier(fichier.pk)
    code = retirer_fichier(demande_id=demande.pk, compte_id=demande.compte_id, fichier_id=fichier.pk)
    assert code == CODE
    assert not Fichier.objects.exists()
    assert stockes() == set()


def test_a_file_of_another_draft_cannot_be_removed(ajouter, demande, compte):
    fichier = ajouter()
    autre = Demande.objects.create(compte=compte)
    with pytest.raises(FichierIntrouvable):
        retirer_fichier(demande_id=autre.pk, compte_id=compte.pk, fichier_id=fichier.pk)
    with pytest.raises(BrouillonIntrouvable):
        retirer_fichier(demande_id=demande.pk, compte_id=0, fichier_id=fichier.pk)


def test_a_replaced_file_gives_its_place_to_the_new_one(ajouter, demande, stockes):
    recto, verso = ajouter(nom="recto.jpg"), ajouter(nom="verso.jpg")
    nouveau = remplacer_fichier(
        demande_id=demande.pk, compte_id=demande.compte_id, fichier_id=recto.pk, nom="recto net.jpg",
        contenu=ContentFile(essai.photo()),
    )  # fmt: skip
    noms = [fichier.nom for fichier in verso.piece.fichiers.all()]
    assert noms == ["recto net.jpg", "verso.jpg"]
    assert stockes() == {nouveau.brut, verso.brut}


def test_a_refused_replacement_leaves_the_old_file(ajouter, demande, stockes):
    fichier = ajouter()
    with pytest.raises(FichierRefuse):
        remplacer_fichier(
            demande_id=demande.pk,
            compte_id=demande.compte_id,
            fichier_id=fichier.pk,
            nom="x",
            contenu=ContentFile(b""),
        )
    assert stockes() == {fichier.brut}


def test_a_file_whose_check_dies_is_tried_three_times_then_refused(ajouter, interrompre, stockes):
    fichier = ajouter()
    for essais in (1, 2):
        balayer_fichiers()
        fichier.refresh_from_db()
        assert (fichier.etat, fichier.essais) == (Fichier.Etat.A_TRAITER, essais)
        assert fichier.brut in stockes()
    balayer_fichiers()
    fichier.refresh_from_db()
    assert (fichier.etat, fichier.motif) == (Fichier.Etat.REFUSE, "illisible")
    assert stockes() == set()


def test_the_sweep_checks_what_the_queue_lost(ajouter):
    fichiers = [ajouter(), ajouter(essai.pdf(), nom="bail.pdf")]
    balayer_fichiers()
    assert {Fichier.objects.get(pk=fichier.pk).etat for fichier in fichiers} == {Fichier.Etat.PRET}


def test_a_storage_that_fails_is_not_held_against_the_file(ajouter, monkeypatch, stockes):
    fichier = ajouter()

    def plein(*_args, **_options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as panne:
        panne.setattr(FileSystemStorage, "save", plein)
        balayer_fichiers()
    fichier.refresh_from_db()
    assert (fichier.etat, fichier.essais) == (Fichier.Etat.A_TRAITER, 0)
    balayer_fichiers()
    fichier.refresh_from_db()
    assert fichier.etat == Fichier.Etat.PRET


def test_the_page_checks_what_waits_without_a_worker(ajouter, demande):
    ajouter()
    ajouter(essai.pdf(avec=essai.fichier_joint))
    assert traiter_en_attente(demande.pk) == 0
    assert set(Fichier.objects.values_list("etat", flat=True)) == {Fichier.Etat.PRET, Fichier.Etat.REFUSE}


def test_a_discarded_draft_leaves_no_bytes(ajouter, demande, stockes):
    traiter_fichier(ajouter().pk)
    ajouter()
    abandonner_brouillon(demande_id=demande.pk, compte_id=demande.compte_id)
    assert stockes() == set()


def test_bytes_that_no_file_names_are_swept_after_a_day(ajouter, stockage, stockes, monkeypatch):
    fichier = ajouter()
    orphelin = f"pieces/ab/{uuid.uuid4().hex}"
    default_storage.save(orphelin, ContentFile(b"x"))
    assert balayer_orphelins() == 0
    demain = timezone.now() + timedelta(days=1, hours=1)
    monkeypatch.setattr("demandes.operations.balayer_orphelins.timezone.now", lambda: demain)
    assert balayer_orphelins() == 1
    assert stockes() == {fichier.brut}


def test_an_empty_storage_is_swept_without_a_word(stockage, transactional_db):
    assert balayer_orphelins() == 0
