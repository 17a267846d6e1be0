"""The page of caught mail: in demonstration only, and harmless whatever a mail holds."""

import mailbox
from email.message import EmailMessage

import pytest
from django.urls import reverse


@pytest.fixture
def boite(settings, tmp_path):
    settings.DEMONSTRATION = True
    settings.COURRIELS_DEMONSTRATION = str(tmp_path / "courriels")
    return mailbox.Maildir(settings.COURRIELS_DEMONSTRATION)


@pytest.fixture
def cle(boite) -> str:
    courriel = EmailMessage()
    courriel["Subject"] = "Votre attestation est prête"
    courriel["To"] = "amina@exemple.example"
    courriel.set_content("Bonjour, voici votre attestation. <script>1</script>")
    courriel.add_alternative("<p onclick='x()'>Bonjour</p><script>alert(1)</script>", subtype="html")
    courriel.add_attachment(
        b"%PDF-1.7 fictif", maintype="application", subtype="pdf", filename="attestation.pdf"
    )
    return boite.add(courriel)


def test_mail_is_listed_and_its_text_escaped(client, cle):
    assert "Votre attestation est prête" in client.get(reverse("courriels_demonstration")).content.decode()
    page = client.get(reverse("courriel_demonstration", args=[cle])).content.decode()
    assert "&lt;script&gt;1&lt;/script&gt;" in page
    assert "sandbox" in page


def test_the_html_of_a_mail_can_run_nothing(client, cle):
    reponse = client.get(reverse("corps_demonstration", args=[cle]))
    directives = reponse["Content-Security-Policy"].split("; ")
    assert "sandbox" in [directive.strip() for directive in directives]
    assert "default-src 'none'" in directives
    assert not any(directive.startswith("script-src") for directive in directives)


def test_an_attachment_is_downloaded_as_it_was_sent(client, cle):
    reponse = client.get(reverse("piece_demonstration", args=[cle, 0]))
    assert reponse.content == b"%PDF-1.7 fictif"
    assert reponse["Content-Disposition"] == 'attachment; filename="attestation.pdf"'
    assert client.get(reverse("piece_demonstration", args=[cle, 1])).status_code == 404


@pytest.mark.parametrize("fausse", ["..", "inconnue", "..%2fnew", "%2e%2e"])
def test_only_a_mail_of_the_mailbox_can_be_read(client, cle, fausse):
    assert client.get(f"/demonstration/courriels/{fausse}/").status_code == 404


def test_an_empty_mailbox_says_to_wait(client, settings, tmp_path):
    settings.DEMONSTRATION, settings.COURRIELS_DEMONSTRATION = True, str(tmp_path / "rien")
    assert "Aucun courriel" in client.get(reverse("courriels_demonstration")).content.decode()


def test_outside_demonstration_there_is_no_such_page(client, settings, cle):
    settings.DEMONSTRATION = False
    for nom, arguments in (
        ("courriels_demonstration", []),
        ("courriel_demonstration", [cle]),
        ("corps_demonstration", [cle]),
        ("piece_demonstration", [cle, 0]),
    ):
        assert client.get(reverse(nom, args=arguments)).status_code == 404
