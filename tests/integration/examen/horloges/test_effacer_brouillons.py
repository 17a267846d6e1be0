"""Drafts left aside: the person is warned at 75 days, the draft and its files go at 90 (retention, quality)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from demandes.models import Demande, Fichier, Piece
from demandes.operations.ajouter_fichier import ajouter_fichier
from demandes.operations.deposer import deposer
from demandes.operations.horloges.effacer_brouillons import effacer_les_brouillons
from demandes.operations.retirer_fichier import retirer_fichier
from tests import dossiers_d_essai as essai
from tests.fichiers_d_essai import photo

LAISSE_LE = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
JOUR = LAISSE_LE.date()


@pytest.fixture
def brouillon() -> Demande:
    """A draft touched for the last time on `LAISSE_LE`."""
    return laisser(essai.refugie().remplir("identite").demande)


def laisser(demande: Demande, le: datetime = LAISSE_LE) -> Demande:
    Demande.objects.filter(pk=demande.pk).update(modifie_le=le)
    demande.refresh_from_db()
    return demande


def apres(jours: float) -> int:
    return effacer_les_brouillons(maintenant=LAISSE_LE + timedelta(days=jours))


def test_the_person_is_warned_at_75_days_and_the_draft_goes_at_90(brouillon, messages):
    jours_passes = [jour for jour in range(1, 120) if apres(jour)]

    assert jours_passes == [75, 90]
    assert messages("brouillons_a_effacer") == [{"nombre": 1, "jour": str(JOUR + timedelta(days=90))}]
    assert not Demande.objects.exists()


def test_the_files_go_with_the_draft(brouillon, django_capture_on_commit_callbacks):
    piece = Piece.objects.create(demande=brouillon, code="decision_protection")
    noms = [default_storage.save(f"pieces/ab/{nom}", ContentFile(b"x")) for nom in ("contenu", "apercu")]
    essai.fichier_pret(piece, contenu=noms[0], apercu=noms[1])
    laisser(brouillon)
    apres(75)
    with django_capture_on_commit_callbacks(execute=True):
        apres(90)
    assert not Fichier.objects.exists()
    assert not any(default_storage.exists(nom) for nom in noms)


@pytest.mark.parametrize("arret", [7, 14, 30])
def test_where_beat_was_stopped_the_warning_comes_late_and_so_does_the_end(brouillon, messages, arret):
    """Nobody loses a draft without fifteen days to save it."""
    assert apres(75 + arret) == 1
    assert apres(75 + arret + 14) == 0
    assert messages("brouillons_a_effacer") == [
        {"nombre": 1, "jour": str(JOUR + timedelta(days=75 + arret + 15))}
    ]
    assert apres(75 + arret + 15) == 1
    assert not Demande.objects.exists()


def test_several_drafts_of_one_account_are_one_message(brouillon, messages):
    laisser(Demande.objects.create(compte=brouillon.compte), LAISSE_LE - timedelta(days=1))
    assert apres(75) == 1
    assert messages("brouillons_a_effacer") == [{"nombre": 2, "jour": str(JOUR + timedelta(days=90))}]


def test_a_person_who_comes_back_keeps_the_draft_and_is_warned_anew_one_day(brouillon, messages):
    apres(75)
    essai.enregistrer(brouillon, "situation", essai.SITUATION)
    laisser(brouillon, LAISSE_LE + timedelta(days=80))

    assert [jour for jour in range(81, 200) if apres(jour)] == [155, 170]
    assert len(messages("brouillons_a_effacer")) == 2


@pytest.mark.parametrize("geste", ["ajouter", "retirer"])
def test_a_file_added_or_removed_is_a_visit(brouillon, geste):
    piece = Piece.objects.create(demande=brouillon, code="decision_protection")
    fichier = essai.fichier_pret(piece)
    laisser(brouillon)
    if geste == "ajouter":
        ajouter_fichier(
            demande_id=brouillon.pk, compte_id=brouillon.compte_id, code=piece.code, nom="a.jpg",
            contenu=ContentFile(photo()),
        )  # fmt: skip
    else:
        retirer_fichier(demande_id=brouillon.pk, compte_id=brouillon.compte_id, fichier_id=fichier.pk)
    brouillon.refresh_from_db()
    assert brouillon.modifie_le > LAISSE_LE


def test_the_warning_itself_is_no_visit(brouillon):
    apres(75)
    brouillon.refresh_from_db()
    assert brouillon.modifie_le == LAISSE_LE


def test_a_dossier_is_never_deleted(messages):
    profil = essai.refugie().remplir()
    deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=essai.MAINTENANT)
    laisser(profil.demande)
    for jour in (75, 90, 400):
        assert apres(jour) == 0
    assert Demande.objects.count() == 1
    assert messages("brouillons_a_effacer") == []


def test_the_days_are_those_of_paris():
    """Left on 31 December at 23:30 UTC, which is 1 January in Paris."""
    profil = essai.refugie()
    laisser(profil.demande, datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    # 1 January + 75 days is 17 March; midnight in Paris is 23:00 UTC.
    assert effacer_les_brouillons(maintenant=datetime(2027, 3, 16, 22, 59, tzinfo=UTC)) == 0
    assert effacer_les_brouillons(maintenant=datetime(2027, 3, 16, 23, 0, tzinfo=UTC)) == 1
    assert date(2027, 1, 1) + timedelta(days=75) == date(2027, 3, 17)
