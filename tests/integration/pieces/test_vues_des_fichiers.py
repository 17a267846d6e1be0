import json
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.urls import reverse

from comptes.models import Compte
from demandes.models import Demande, Fichier
from demandes.operations.traiter_fichier import traiter_en_attente
from demandes.vues.plafond import MARGE
from tests import fichiers_d_essai as essai
from tests.integration.pieces.conftest import CODE


@pytest.fixture
def connecte(client, compte):
    client.force_login(compte, backend="comptes.authentification.IdentifiantBackend")
    return client


def televerse(octets=None, nom="photo.jpg"):
    return SimpleUploadedFile(nom, essai.photo() if octets is None else octets, content_type="text/plain")


@pytest.fixture
def envoyer(connecte, demande):
    def _envoyer(*fichiers, code=CODE, **options):
        adresse = reverse("demandes:ajouter_fichier", args=[demande.pk, code])
        return connecte.post(adresse, {"fichiers": list(fichiers)}, **options)

    return _envoyer


def phrases(reponse):
    return [str(message) for message in reponse.context["messages"]]


def test_several_files_in_one_post_each_become_a_row(envoyer, demande):
    reponse = envoyer(televerse(), televerse(essai.pdf(), "bail.pdf"))
    etape = reverse("demandes:etape", kwargs={"demande_id": demande.pk, "step": "justificatifs"})
    assert reponse.status_code == 302
    assert reponse["Location"] == f"{etape}#piece-{CODE}"
    assert list(Fichier.objects.values_list("nom", flat=True)) == ["photo.jpg", "bail.pdf"]


def test_a_bad_file_among_good_ones_is_the_only_one_refused(envoyer):
    reponse = envoyer(televerse(), televerse(b"", "vide.jpg"), televerse(b"<html>", "page.jpg"), follow=True)
    assert Fichier.objects.count() == 1
    dites = phrases(reponse)
    assert any("vide.jpg" in phrase and "est vide" in phrase for phrase in dites)
    assert any("page.jpg" in phrase and "n’est pas accepté" in phrase for phrase in dites)


def test_40_megabytes_get_a_sentence_and_the_other_files_are_kept(envoyer, stockes):
    reponse = envoyer(televerse(essai.photo() + b"\0" * (40 << 20), "film.jpg"), televerse(), follow=True)
    assert reponse.status_code == 200
    assert any("film.jpg" in phrase and "15" in phrase for phrase in phrases(reponse))
    assert list(Fichier.objects.values_list("nom", flat=True)) == ["photo.jpg"]
    assert len(stockes()) == 1


def test_an_upload_is_not_written_to_the_disk_beyond_15_megabytes(envoyer, monkeypatch):
    ecrits = []
    ecrire = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda soi, octets, debut: ecrits.append(len(octets)) or ecrire(soi, octets, debut),
    )
    envoyer(televerse(essai.photo() + b"\0" * (40 << 20), "film.jpg"))
    assert 14 << 20 < sum(ecrits) <= (15 << 20) + MARGE


def test_no_file_chosen_gets_a_sentence(envoyer):
    assert any("Choisissez" in phrase for phrase in phrases(envoyer(follow=True)))


def test_the_eleventh_file_gets_a_sentence(envoyer):
    petite = essai.photo(taille=(40, 30))
    reponse = envoyer(*[televerse(petite, f"{rang}.jpg") for rang in range(11)], follow=True)
    assert Fichier.objects.count() == 10
    assert any("10 fichiers" in phrase for phrase in phrases(reponse))


@pytest.mark.parametrize("code", ["passeport", "inconnue", "ephoto"])
def test_a_piece_that_is_not_asked_for_takes_no_file(envoyer, code, stockes):
    assert envoyer(televerse(), code=code).status_code == 404
    assert stockes() == set()


def test_a_script_gets_the_address_and_the_messages_wait_for_the_page(envoyer, connecte, demande):
    reponse = envoyer(televerse(), headers={"Accept": "application/json"})
    assert reponse.json()["adresse"].endswith(f"#piece-{CODE}")
    page = connecte.get(reponse.json()["adresse"], follow=True)
    assert any("reçu" in phrase for phrase in phrases(page))


@pytest.fixture
def pret(envoyer, demande):
    envoyer(televerse(nom="passeport FICTIF.jpg"))
    traiter_en_attente(demande.pk)
    return Fichier.objects.get()


def adresse(nom, fichier, demande=None):
    return reverse(f"demandes:{nom}", args=[demande or fichier.piece.demande_id, fichier.pk])


def test_a_download_is_an_attachment_that_cannot_act_and_whose_name_says_nothing(connecte, pret, lire):
    reponse = connecte.get(adresse("fichier", pret))
    assert b"".join(reponse.streaming_content) == lire(pret.contenu)
    assert reponse["Content-Disposition"] == f'attachment; filename="{CODE}-1.jpg"'
    assert reponse["Content-Type"] == "image/jpeg"
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in reponse["Cache-Control"]


def test_the_preview_is_an_image_shown_in_the_page(connecte, pret):
    reponse = connecte.get(adresse("apercu", pret))
    assert b"".join(reponse.streaming_content).startswith(b"\xff\xd8\xff")
    assert reponse["Content-Disposition"].startswith("inline")
    assert reponse["X-Content-Type-Options"] == "nosniff"


def test_a_file_under_check_cannot_be_downloaded(envoyer, connecte):
    envoyer(televerse())
    for nom in ("fichier", "apercu"):
        assert connecte.get(adresse(nom, Fichier.objects.get())).status_code == 404


def test_bytes_lost_by_the_storage_are_a_404(connecte, pret, stockage):
    (stockage / pret.contenu).unlink()
    assert connecte.get(adresse("fichier", pret)).status_code == 404


def test_removing_takes_the_file_away(connecte, pret, stockes):
    reponse = connecte.post(adresse("retirer_fichier", pret), follow=True)
    assert any("retiré" in phrase for phrase in phrases(reponse))
    assert not Fichier.objects.exists()
    assert stockes() == set()


def test_replacing_gives_a_new_file(connecte, pret):
    connecte.post(adresse("remplacer_fichier", pret), {"fichiers": televerse(nom="mieux.jpg")})
    assert Fichier.objects.get().nom == "mieux.jpg"


def test_a_bad_replacement_leaves_the_old_file_and_says_why(connecte, pret):
    reponse = connecte.post(
        adresse("remplacer_fichier", pret), {"fichiers": televerse(b"", "vide.jpg")}, follow=True
    )
    assert any("est vide" in phrase for phrase in phrases(reponse))
    assert Fichier.objects.get().pk == pret.pk


def test_the_states_are_told_to_the_page_that_waits(connecte, pret, demande, envoyer):
    envoyer(televerse())
    reponse = connecte.get(reverse("demandes:etats_fichiers", args=[demande.pk]))
    assert sorted(json.loads(reponse.content).values()) == ["a_traiter", "pret"]
    assert "no-store" in reponse["Cache-Control"]


LECTURES, GESTES = ("fichier", "apercu"), ("retirer_fichier", "remplacer_fichier")


def demander(client, nom, *args):
    methode = client.get if nom in LECTURES else client.post
    return methode(reverse(f"demandes:{nom}", args=args))


@pytest.mark.parametrize("nom", LECTURES + GESTES)
def test_the_file_of_someone_else_looks_unknown(client, pret, nom):
    autre = Compte.objects.create(identifiant="9200000002", numero_etranger="9200000002")
    client.force_login(autre, backend="comptes.authentification.IdentifiantBackend")
    assert demander(client, nom, pret.piece.demande_id, pret.pk).status_code == 404
    # Nor through a draft of one's own.
    sien = Demande.objects.create(compte=autre)
    assert demander(client, nom, sien.pk, pret.pk).status_code == 404
    assert demander(client, nom, sien.pk, uuid4()).status_code == 404
    assert Fichier.objects.filter(pk=pret.pk).exists()


def test_the_draft_of_someone_else_takes_no_file_and_tells_no_state(client, demande, stockes):
    autre = Compte.objects.create(identifiant="9200000002", numero_etranger="9200000002")
    client.force_login(autre, backend="comptes.authentification.IdentifiantBackend")
    reponse = client.post(
        reverse("demandes:ajouter_fichier", args=[demande.pk, CODE]), {"fichiers": televerse()}
    )
    assert reponse.status_code == 404
    assert client.get(reverse("demandes:etats_fichiers", args=[demande.pk])).status_code == 404
    assert stockes() == set()


@pytest.mark.parametrize("nom", LECTURES + GESTES)
def test_an_anonymous_visitor_is_sent_to_the_login_page(client, connecte, pret, nom):
    connecte.logout()
    reponse = demander(client, nom, pret.piece.demande_id, pret.pk)
    assert reponse.status_code == 302
    assert reponse["Location"].startswith(reverse("comptes:connexion"))


@pytest.mark.parametrize("nom", GESTES)
def test_a_link_cannot_change_a_file(connecte, pret, nom):
    assert connecte.get(adresse(nom, pret)).status_code == 405
    assert Fichier.objects.filter(pk=pret.pk).exists()


def test_a_hostile_name_is_text_on_the_page(envoyer, connecte, demande):
    reponse = envoyer(
        televerse(nom="<img src=x onerror=alert(1)>\u202e.jpg"), televerse(b"", "<b>vide.jpg"), follow=True
    )
    page = reponse.content.decode()
    assert "<img src=x" not in page
    assert "<b>vide" not in page
    assert "\u202e" not in page


def test_too_many_uploads_in_an_hour_get_a_sentence(envoyer, monkeypatch):
    monkeypatch.setattr("demandes.vues.fichiers.ENVOIS_PAR_HEURE", 2)
    petite = essai.photo(taille=(40, 30))
    reponse = envoyer(*[televerse(petite) for _ in range(4)], follow=True)
    assert Fichier.objects.count() == 2
    assert any("Réessayez" in phrase for phrase in phrases(reponse))


@pytest.fixture
def page(connecte, demande):
    """The page of step 4, as text."""

    def _page() -> str:
        etape = reverse("demandes:etape", kwargs={"demande_id": demande.pk, "step": "justificatifs"})
        reponse = connecte.get(etape)
        assert reponse.status_code == 200
        return reponse.content.decode()

    return _page


def test_the_page_shows_each_piece_with_its_form_and_takes_photos_and_pdfs(page, demande):
    html = page()
    for code in ("decision_protection", CODE, "contrat_engagement"):
        assert f'id="piece-{code}"' in html
        assert reverse("demandes:ajouter_fichier", args=[demande.pk, code]) in html
    assert 'accept="image/*,application/pdf"' in html
    assert 'id="piece-ephoto"' not in html


def test_the_page_shows_what_became_of_each_file(page, envoyer, pret, demande):
    envoyer(televerse(essai.pdf(pages=3, avec=essai.script), "bail.pdf"))
    traiter_en_attente(demande.pk)
    envoyer(televerse(nom="quittance.jpg"))
    html = page()
    refuse = Fichier.objects.get(nom="bail.pdf")
    assert reverse("demandes:apercu", args=[demande.pk, pret.pk]) in html
    assert "Refusé" in html
    assert "un programme ou un fichier joint" in html
    assert reverse("demandes:remplacer_fichier", args=[demande.pk, refuse.pk]) in html
    assert reverse("demandes:apercu", args=[demande.pk, refuse.pk]) not in html
    assert "Vérification en cours" in html


def test_the_page_stays_light_with_ten_files(page, envoyer):
    petite = essai.photo(taille=(40, 30))
    envoyer(*[televerse(petite, f"{rang}.jpg") for rang in range(10)])
    html = page()
    assert "c’est le maximum" in html
    assert len(html.encode()) < 40_000
