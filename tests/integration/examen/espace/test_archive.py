"""Everything of a dossier in one ZIP: complete, for its owner alone, whatever one part has become."""

import io
import json
import uuid
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from attestations.erreurs import ProductionImpossible
from attestations.models import Attestation
from demandes.models import Fichier, Rectification
from demandes.operations.journaliser_consultation import journaliser_consultation
from demandes.vues.suivi.archive import ARCHIVES_PAR_HEURE
from tests import dossiers_d_essai as essai
from tests.integration.examen.espace.conftest import DOMICILE, joindre


@pytest.fixture(autouse=True)
def _limites_a_zero(settings):
    """Each test counts its downloads alone."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture(autouse=True)
def _octets(demande):
    """Each file of the dossier has bytes, which say its id."""
    for fichier in Fichier.objects.filter(piece__demande=demande):
        ecrire(fichier)


def ecrire(fichier: Fichier) -> None:
    fichier.contenu = default_storage.save(
        f"pieces/{uuid.uuid4().hex}", ContentFile(str(fichier.pk).encode())
    )
    fichier.save()


def telecharger(navigateur, demande):
    reponse = navigateur.get(f"/espace/demandes/{demande.pk}/archive/")
    assert reponse.status_code == 200, reponse
    return reponse, zipfile.ZipFile(io.BytesIO(b"".join(reponse.streaming_content)))


@pytest.fixture
def navigateur(connecter, demande):
    return connecter(demande.compte)


def test_the_archive_is_a_sealed_attachment_whose_name_says_nothing(navigateur, demande):
    reponse, archive = telecharger(navigateur, demande)

    assert (
        reponse["Content-Disposition"]
        == f'attachment; filename="dossier-{timezone.localdate():%Y-%m-%d}.zip"'
    )
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Cache-Control"] == "private, no-store"
    assert archive.testzip() is None


def test_it_holds_attestations_files_and_answers(navigateur, demande):
    _reponse, archive = telecharger(navigateur, demande)

    noms = archive.namelist()
    assert {"dossier.html", "dossier.json", f"pieces/{DOMICILE}/1.jpg"} <= set(noms)
    (pdf,) = [nom for nom in noms if nom.startswith("attestations/")]
    assert archive.read(pdf).startswith(b"%PDF")
    page = archive.read("dossier.html").decode()
    for mots in (demande.numero, "La demande est déposée.", "Téléphone", "votre attestation est prête"):
        assert mots in page


def test_older_versions_come_along_and_the_answer_under_way_does_not(navigateur, demande, complement):
    ancien = Fichier.objects.get(piece__demande=demande, piece__code=DOMICILE, complement=None)
    Fichier.objects.filter(pk=ancien.pk).update(remplace_le=timezone.now())
    ecrire(joindre(complement))

    _reponse, archive = telecharger(navigateur, demande)

    assert archive.read(f"pieces/{DOMICILE}/anciens/1.jpg") == str(ancien.pk).encode()
    assert f"pieces/{DOMICILE}/1.jpg" not in archive.namelist()


def test_what_the_person_and_the_prefecture_told_each_other_is_there(navigateur, demande, complement, agent):
    Rectification.objects.create(
        demande=demande, champ="nom", valeur="X-FICTIF", explication="Une lettre", reponse="Non"
    )
    journaliser_consultation(demande_id=demande.pk, agent_id=agent.pk, objet="dossier")

    _reponse, archive = telecharger(navigateur, demande)

    page, donnees = archive.read("dossier.html").decode(), json.loads(archive.read("dossier.json"))
    for mots in (
        "Il date de 2019.",
        "Une lettre",
        "Préfecture du Jura",
        "La préfecture demande un complément",
    ):
        assert mots in page
    assert donnees["complements"][0]["pieces"][0]["phrase"] == "Il date de 2019."
    assert donnees["erreurs_signalees"][0]["reponse"] == "Non"
    assert donnees["depot"]["civil"]["nom"] == demande.donnees["civil"]["nom"]
    assert agent.nom not in page


def test_a_document_that_cannot_be_had_leaves_a_note_and_the_rest(navigateur, demande, monkeypatch):
    perdu = Fichier.objects.filter(piece__demande=demande, piece__code=DOMICILE).get()
    default_storage.delete(perdu.contenu)

    def impossible(_attestation):
        raise ProductionImpossible

    monkeypatch.setattr(Attestation, "contenu_pdf", impossible)
    _reponse, archive = telecharger(navigateur, demande)

    notes = [nom for nom in archive.namelist() if nom.endswith(".txt")]
    assert len(notes) == 2
    assert "n’a pas pu être lu" in archive.read(f"pieces/{DOMICILE}/1.txt").decode()
    assert "pieces/decision_protection/1.jpg" in archive.namelist()


def test_only_who_sees_the_dossier_has_the_archive(connecter, client, demande, agent):
    adresse = f"/espace/demandes/{demande.pk}/archive/"

    assert client.get(adresse).status_code == 302
    for intrus in (agent, essai.refugie().compte, essai.agent(essai.prefecture("39"), role="responsable")):
        assert connecter(intrus).get(adresse).status_code == 404


def test_downloading_again_and_again_is_slowed_down_with_a_sentence(navigateur, demande):
    for _rang in range(ARCHIVES_PAR_HEURE):
        telecharger(navigateur, demande)

    reponse = navigateur.get(f"/espace/demandes/{demande.pk}/archive/", follow=True)

    assert "Réessayez dans" in reponse.content.decode()
