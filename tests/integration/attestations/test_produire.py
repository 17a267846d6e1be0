import hashlib
import io
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections, transaction
from django.utils import timezone
from pypdf import PdfReader

from attestations import rendu
from attestations.deuxddoc.cles import creer_cle
from attestations.deuxddoc.verification import verifier
from attestations.erreurs import (
    FichierAltere,
    ProductionEnCours,
    ProductionImpossible,
    SignatureImpossible,
    StockageRefuse,
)
from attestations.models import Attestation
from attestations.operations import produire as module
from attestations.operations.produire import ATTENTES, ESSAIS_MAXIMUM, produire, produire_suivante
from attestations.operations.reprendre import reprendre
from attestations.signataires import certificats
from attestations.tasks import balayer_attestations, produire_attestation
from tests.decodeur_2ddoc import decoder
from tests.donnees_attestation import apd_premiere

pytestmark = pytest.mark.django_db(transaction=True)


def fichiers(stockage):
    return [chemin for chemin in stockage.rglob("*") if chemin.is_file()] if stockage.exists() else []


def echeance(attestation, quand=None):
    """Make the next try due, as if the wait were over."""
    Attestation.objects.filter(pk=attestation.pk).update(prochain_essai_le=quand or timezone.now())


@pytest.fixture
def rendu_impossible(monkeypatch):
    def refuser(modele, donnees, code):
        raise RuntimeError("HAÏDARI-FICTIF")

    monkeypatch.setattr(rendu, "pdf", refuser)


@pytest.fixture
def disque_plein(monkeypatch):
    def refuser(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", refuser)
    return monkeypatch


def test_the_pdf_is_stored_under_a_random_name_with_its_fingerprint(ordonner, stockage):
    attestation = produire(ordonner().pk)
    (chemin,) = fichiers(stockage)
    octets = chemin.read_bytes()
    assert attestation.etat == Attestation.Etat.PRODUITE
    assert attestation.sha256 == hashlib.sha256(octets).hexdigest()
    assert attestation.taille == len(octets)
    assert attestation.produite_le
    assert "FICTIF" not in str(chemin)
    assert chemin.stat().st_mode & 0o077 == 0
    assert len(PdfReader(io.BytesIO(octets)).pages) == 1


def test_what_was_ordered_is_printed_whatever_changed_since(ordonner, demande):
    attestation = ordonner(apd_premiere(nom="NOM-FICTIF-DU-DEPOT"))
    demande.compte.nom = "AUTRE-NOM"
    demande.compte.save()
    texte = PdfReader(io.BytesIO(attestation.contenu_pdf())).pages[0].extract_text()
    assert "NOM-FICTIF-DU-DEPOT" in texte
    assert "AUTRE-NOM" not in texte


def test_a_second_production_does_nothing(ordonner, stockage, monkeypatch):
    premiere = produire(ordonner().pk)
    monkeypatch.setattr(rendu, "pdf", None)
    seconde = produire(premiere.pk)
    produire_attestation(str(premiere.pk))
    assert (seconde.produite_le, seconde.sha256) == (premiere.produite_le, premiere.sha256)
    assert len(fichiers(stockage)) == 1


def test_asking_for_the_pdf_makes_it_when_no_worker_did(ordonner):
    attestation = ordonner()
    assert attestation.contenu_pdf().startswith(b"%PDF-1.7")
    attestation.refresh_from_db()
    assert attestation.etat == Attestation.Etat.PRODUITE
    assert attestation.contenu_pdf() == attestation.contenu_pdf()


def test_the_task_makes_one_pdf_and_the_sweep_all_that_wait(ordonner, stockage):
    attestations = [ordonner() for _ in range(4)]
    produire_attestation(str(attestations[2].pk))
    assert Attestation.objects.filter(etat="produite").count() == 1
    balayer_attestations()
    assert Attestation.objects.filter(etat="produite").count() == 4
    assert len(fichiers(stockage)) == 4


def test_a_task_for_an_unknown_id_does_nothing(db):
    produire_attestation("00000000-0000-0000-0000-000000000000")


def test_eight_productions_at_once_render_one_document(ordonner, stockage, monkeypatch):
    attestation = ordonner()
    vrai_rendu = rendu.pdf
    rendus = []
    depart = threading.Barrier(8)

    def compter(*args):
        rendus.append(1)
        return vrai_rendu(*args)

    monkeypatch.setattr(rendu, "pdf", compter)

    def courir():
        depart.wait()
        try:
            produire(attestation.pk)
        finally:
            connections.close_all()

    fils = [threading.Thread(target=courir) for _ in range(8)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert len(rendus) == 1
    assert len(fichiers(stockage)) == 1
    assert Attestation.objects.get().etat == Attestation.Etat.PRODUITE


def en_tenant(attestation, faire):
    """Call `faire` while another connection holds the row."""
    tenue, fini = threading.Event(), threading.Event()

    def tenir():
        try:
            with transaction.atomic():
                Attestation.objects.select_for_update().get(pk=attestation.pk)
                tenue.set()
                fini.wait(30)
        finally:
            connections.close_all()

    fil = threading.Thread(target=tenir)
    fil.start()
    tenue.wait(30)
    try:
        return faire()
    finally:
        fini.set()
        fil.join()


def test_a_worker_passes_over_a_row_held_by_another_and_makes_the_next(ordonner):
    tenue, libre = ordonner(), ordonner()
    en_tenant(tenue, balayer_attestations)
    tenue.refresh_from_db()
    libre.refresh_from_db()
    assert (tenue.etat, libre.etat) == ("a_produire", "produite")
    assert tenue.essais == 0


def test_who_waits_too_long_for_the_pdf_is_told_so(ordonner, monkeypatch):
    attestation = ordonner()
    monkeypatch.setattr(module, "ATTENTE_VERROU", timedelta(milliseconds=50))
    with pytest.raises(ProductionEnCours):
        en_tenant(attestation, attestation.contenu_pdf)


def test_a_failing_document_waits_longer_and_longer_then_is_given_up(ordonner, rendu_impossible):
    attestation = ordonner()
    for essai in range(ESSAIS_MAXIMUM):
        attestation.refresh_from_db()
        assert (attestation.etat, attestation.essais) == ("a_produire", essai)
        echeance(attestation)
        avant = timezone.now()
        balayer_attestations()
        attestation.refresh_from_db()
        assert attestation.prochain_essai_le >= avant + ATTENTES[essai]
    assert attestation.etat == Attestation.Etat.ECHEC
    echeance(attestation)
    assert not produire_suivante()


def test_a_failing_document_does_not_stop_the_others(ordonner, monkeypatch):
    premiere, seconde = ordonner(apd_premiere(nom="QUI-ECHOUE")), ordonner()
    vrai_rendu = rendu.pdf

    def refuser(modele, donnees, code):
        if donnees.nom == "QUI-ECHOUE":
            raise RuntimeError
        return vrai_rendu(modele, donnees, code)

    monkeypatch.setattr(rendu, "pdf", refuser)
    balayer_attestations()
    premiere.refresh_from_db()
    seconde.refresh_from_db()
    assert (premiere.etat, premiere.essais, seconde.etat) == ("a_produire", 1, "produite")


def test_what_failed_is_said_without_the_data(ordonner, rendu_impossible, caplog):
    attestation = ordonner()
    with pytest.raises(ProductionImpossible) as erreur:
        produire(attestation.pk)
    produire_attestation(str(attestation.pk))
    assert "FICTIF" not in str(erreur.value)
    assert "ProductionImpossible" in caplog.text
    assert "FICTIF" not in caplog.text


def test_asking_again_does_not_use_up_the_tries_of_the_workers(ordonner, rendu_impossible):
    attestation = ordonner()
    for _ in range(ESSAIS_MAXIMUM + 1):
        with pytest.raises(ProductionImpossible):
            attestation.contenu_pdf()
    attestation.refresh_from_db()
    assert (attestation.etat, attestation.essais) == ("a_produire", 0)


def test_a_given_up_document_can_be_had_again_once_repaired(ordonner):
    attestation, autre = ordonner(), ordonner()
    Attestation.objects.update(etat="echec", essais=ESSAIS_MAXIMUM)
    assert attestation.contenu_pdf()
    assert reprendre() == 1
    balayer_attestations()
    autre.refresh_from_db()
    assert autre.etat == Attestation.Etat.PRODUITE


def test_a_document_that_kills_its_worker_every_time_is_given_up(ordonner):
    """The try is counted before it starts: a killed worker writes nothing afterwards."""
    mortel, autre = ordonner(), ordonner()
    for _ in range(ESSAIS_MAXIMUM):
        assert module._prendre(mortel.pk) == mortel.pk
    echeance(mortel, timezone.now() - timedelta(hours=1))
    balayer_attestations()
    mortel.refresh_from_db()
    autre.refresh_from_db()
    assert (mortel.etat, autre.etat) == ("echec", "produite")


def test_a_worker_that_died_is_replaced_at_the_next_due_sweep(ordonner):
    attestation = ordonner()
    module._prendre(attestation.pk)
    assert not produire_suivante()
    echeance(attestation)
    assert produire_suivante()
    attestation.refresh_from_db()
    assert attestation.etat == Attestation.Etat.PRODUITE


def test_dying_between_the_file_and_the_row_leaves_one_file_in_the_end(ordonner, stockage, monkeypatch):
    attestation = ordonner()

    def mourir(self, *args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as coupure:
        coupure.setattr(Attestation, "save", mourir)
        with pytest.raises(KeyboardInterrupt):
            produire(attestation.pk)
    assert len(fichiers(stockage)) == 1
    attestation.refresh_from_db()
    assert attestation.etat == "a_produire"
    attestation = produire(attestation.pk)
    (chemin,) = fichiers(stockage)
    assert hashlib.sha256(chemin.read_bytes()).hexdigest() == attestation.sha256


def test_half_a_file_left_by_a_dead_worker_is_written_over(ordonner, stockage):
    attestation = ordonner()
    chemin = stockage / attestation.fichier
    chemin.parent.mkdir(parents=True)
    chemin.write_bytes(b"%PDF-1.7 half")
    assert attestation.contenu_pdf() == chemin.read_bytes()
    assert len(fichiers(stockage)) == 1


def test_a_full_disk_is_tried_for_ever_and_the_person_has_the_pdf_meanwhile(ordonner, disque_plein):
    attestation = ordonner()
    for _ in range(ESSAIS_MAXIMUM * 2):
        echeance(attestation)
        balayer_attestations()
    attestation.refresh_from_db()
    assert attestation.etat == "a_produire"
    assert attestation.prochain_essai_le < timezone.now() + timedelta(hours=1)
    pendant = attestation.contenu_pdf()
    with pytest.raises(StockageRefuse):
        produire(attestation.pk)
    disque_plein.undo()
    assert produire(attestation.pk).contenu_pdf() == pendant


def test_a_lost_file_is_made_again_to_the_byte(ordonner, stockage):
    attestation = produire(ordonner().pk)
    (chemin,) = fichiers(stockage)
    octets = chemin.read_bytes()
    chemin.unlink()
    assert attestation.contenu_pdf() == octets
    assert chemin.read_bytes() == octets


def test_an_altered_file_is_never_given(ordonner, stockage, caplog):
    attestation = produire(ordonner().pk)
    (chemin,) = fichiers(stockage)
    octets = chemin.read_bytes()
    chemin.write_bytes(octets.replace(b"%PDF", b"%PDX"))
    assert attestation.contenu_pdf() == octets
    assert "altered" in caplog.text


def test_an_altered_file_that_cannot_be_made_again_is_an_alarm(ordonner, stockage, monkeypatch):
    attestation = produire(ordonner().pk)
    (chemin,) = fichiers(stockage)
    chemin.write_bytes(b"autre chose")
    monkeypatch.setattr(rendu, "pdf", lambda *args: b"another version of the renderer")
    with pytest.raises(FichierAltere):
        attestation.contenu_pdf()
    assert chemin.read_bytes() == b"autre chose"


def test_the_code_is_signed_once_and_frozen_on_the_row(ordonner, monkeypatch):
    attestation = produire(ordonner().pk)
    lu = decoder(attestation.texte_2ddoc.encode())
    assert lu.champs["6K"] == attestation.donnees["numero"]
    assert lu.signature_valide(Path(settings.DOSSIER_2DDOC) / "certificats")
    octets = attestation.contenu_pdf()
    default_storage.delete(attestation.fichier)
    monkeypatch.setattr(module, "signataire", None)
    assert attestation.contenu_pdf() == octets


def test_a_document_made_again_after_the_key_was_replaced_keeps_its_first_signature(
    ordonner, settings, tmp_path
):
    settings.DOSSIER_2DDOC = tmp_path / "2ddoc"
    creer_cle(settings.DOSSIER_2DDOC)
    ancien = produire(ordonner().pk)
    octets = ancien.contenu_pdf()
    assert creer_cle(settings.DOSSIER_2DDOC, nouvelle=True) == "FR00B002"
    nouveau = produire(ordonner().pk)
    assert decoder(nouveau.texte_2ddoc.encode()).certificat == "B002"
    default_storage.delete(ancien.fichier)
    assert ancien.contenu_pdf() == octets
    for texte in (ancien.texte_2ddoc, nouveau.texte_2ddoc):
        assert verifier(texte, certificats()).authentique


def test_without_a_key_documents_wait_for_ever_and_nothing_unsigned_is_given(ordonner, settings, tmp_path):
    settings.DOSSIER_2DDOC = tmp_path / "2ddoc"
    attestation = ordonner()
    with pytest.raises(SignatureImpossible):
        attestation.contenu_pdf()
    for _ in range(ESSAIS_MAXIMUM * 2):
        echeance(attestation)
        balayer_attestations()
    attestation.refresh_from_db()
    assert (attestation.etat, attestation.texte_2ddoc) == ("a_produire", "")
    assert attestation.prochain_essai_le < timezone.now() + timedelta(hours=1)
    creer_cle(settings.DOSSIER_2DDOC)
    assert produire(attestation.pk).texte_2ddoc


def test_a_signature_that_was_given_while_the_disk_was_full_is_kept_whatever_key_signs_next(
    ordonner, disque_plein, settings, tmp_path
):
    settings.DOSSIER_2DDOC = tmp_path / "2ddoc"
    creer_cle(settings.DOSSIER_2DDOC)
    attestation = ordonner()
    pendant = attestation.contenu_pdf()
    creer_cle(settings.DOSSIER_2DDOC, nouvelle=True)
    disque_plein.undo()
    assert decoder(produire(attestation.pk).texte_2ddoc.encode()).certificat == "B001"
    assert attestation.contenu_pdf() == pendant


def test_each_document_costs_few_queries(ordonner, django_assert_max_num_queries):
    attestation = ordonner()
    with django_assert_max_num_queries(9):
        produire_suivante(attestation.pk)


def test_the_sweep_finds_what_is_due_by_its_index(ordonner):
    ordonner()
    with connection.cursor() as curseur:
        curseur.execute("SET enable_seqscan = off")
        curseur.execute(
            "EXPLAIN SELECT id FROM attestations_attestation WHERE etat = 'a_produire'"
            " AND prochain_essai_le <= now() ORDER BY prochain_essai_le LIMIT 1"
        )
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
        curseur.execute("RESET enable_seqscan")
    assert "attestation_a_produire" in plan
