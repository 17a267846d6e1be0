import pytest
from django.core.management import call_command

from attestations import rendu
from attestations.models import Attestation
from attestations.vues import reponse_pdf
from tests.donnees_attestation import confirmation

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pdf_comes_as_an_attachment_that_nothing_keeps(ordonner, rf):
    reponse = reponse_pdf(rf.get("/"), ordonner(confirmation()))
    assert reponse.content.startswith(b"%PDF")
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse["Content-Disposition"] == 'attachment; filename="confirmation-depot-2026-11-23.pdf"'
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Cache-Control"] == "private, no-store"


def test_a_pdf_that_cannot_be_made_gives_a_page_that_says_when_to_come_back(
    ordonner, rf, monkeypatch, settings
):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    monkeypatch.setattr(rendu, "pdf", lambda *args: 1 / 0)
    reponse = reponse_pdf(rf.get("/espace/attestations/x/"), ordonner())
    assert reponse.status_code == 503
    assert reponse["Retry-After"] == "30"
    assert "Attendez quelques minutes" in reponse.content.decode()


def test_the_command_puts_given_up_attestations_back(ordonner, capsys):
    ordonner()
    Attestation.objects.update(etat="echec")
    call_command("reprendre_attestations")
    assert "1 attestation sera produite" in capsys.readouterr().out
    assert Attestation.objects.get().etat == "a_produire"
