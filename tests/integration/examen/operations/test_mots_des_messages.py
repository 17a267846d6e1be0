"""The words of an appointment and of an answer to a reported error, as mail and as notification."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.template.loader import render_to_string

from comptes.models import Courriel, Notification
from comptes.redaction import rediger
from demandes.models import Demande
from demandes.operations.prevenir import prevenir
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen

# A night when the clocks change: the hour said is that of the wall in Paris.
LE = datetime(2027, 3, 30, 9, 30, tzinfo=ZoneInfo("Europe/Paris")).isoformat()
RENDEZ_VOUS = {
    "objet": "empreintes",
    "le": LE,
    "lieu": "Guichet 3",
    "a_apporter": "Le passeport",
    "remplace": False,
}
MESSAGES = {
    "convocation": RENDEZ_VOUS,
    "convocation, autre date": {**RENDEZ_VOUS, "remplace": True, "objet": "remise", "a_apporter": ""},
    "convocation_annulee": {"objet": "empreintes", "le": LE, "motif": "Guichet fermé."},
    "convocation_annulee, avec le dossier": {"objet": "empreintes", "le": LE, "motif": ""},
    "rectification_traitee": {"corrigee": True, "reponse": "C’est vu."},
    "rectification_traitee, refus": {"corrigee": False, "reponse": "C’est vu."},
}


def envoyer(demande: Demande, nom: str) -> tuple[str, str, str]:
    """(subject, text, notification) of one message."""
    type_ = nom.partition(",")[0]
    with transaction.atomic():
        prevenir(demande, type=type_, cle=f"essai:{nom}", **MESSAGES[nom])
    message = rediger(Courriel.objects.get(cle=f"essai:{nom}"))
    notification = Notification.objects.get(cle=f"essai:{nom}")
    return (
        message.subject,
        message.body,
        render_to_string(notification.gabarit, {"notification": notification}),
    )


@pytest.mark.parametrize("nom", MESSAGES)
def test_each_message_names_the_dossier_and_where_to_read_more(demande, nom):
    objet, texte, bulle = envoyer(demande, nom)

    assert f"/espace/demandes/{demande.pk}/" in texte
    assert demande.numero in texte
    assert demande.numero in bulle
    assert demande.numero not in objet
    assert "Guichet" not in objet


@pytest.mark.parametrize("nom", MESSAGES)
def test_each_message_to_a_parent_names_the_child_outside_the_subject(nom):
    objet, texte, bulle = envoyer(examen.depose(essai.enfant_mineur()), nom)

    assert "Nour" in texte
    assert "Nour" in bulle
    assert "Nour" not in objet


@pytest.mark.parametrize("nom", MESSAGES)
def test_no_sentence_is_longer_than_twenty_words(demande, nom):
    _objet, texte, bulle = envoyer(demande, nom)
    corps = texte.split("Bonjour,")[1].split("\n--")[0]

    for phrase in re.split(r"[.?!:;]\s|\n", f"{corps} . {re.sub(r'<[^>]+>', ' . ', bulle)}"):
        assert len(re.findall(r"[\w’'-]+", phrase)) <= 20, phrase


def test_an_appointment_says_when_where_why_and_what_to_bring(demande):
    _objet, texte, bulle = envoyer(demande, "convocation")

    for mots in ("mardi 30 mars 2027 à 09:30", "Guichet 3", "Le passeport", "empreintes"):
        assert mots in texte
        assert mots in bulle
    assert "Demandez une autre date" in texte


def test_a_new_date_says_that_the_old_one_is_over(demande):
    _objet, texte, bulle = envoyer(demande, "convocation, autre date")

    assert "Votre rendez-vous à la préfecture change" in texte
    assert "change" in bulle
    assert "À apporter" not in texte + bulle
    assert "retirer le titre de séjour" in texte


def test_a_cancelled_appointment_says_not_to_come(demande):
    for nom, explique in (("convocation_annulee", True), ("convocation_annulee, avec le dossier", False)):
        _objet, texte, bulle = envoyer(demande, nom)
        for ecrit in (texte, bulle):
            assert "Ne venez pas ce jour-là." in ecrit
            assert ("Guichet fermé." in ecrit) is explique


def test_an_answer_says_what_was_done_and_why(demande):
    for nom, fait in (("rectification_traitee", "corrigé"), ("rectification_traitee, refus", "rien changé")):
        _objet, texte, bulle = envoyer(demande, nom)
        assert fait in texte
        assert fait in bulle
        assert "C’est vu." in texte
        assert "C’est vu." in bulle
