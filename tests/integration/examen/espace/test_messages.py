"""The words of every event of the examination, as mail and as notification, for an adult, a parent, a child."""

import re

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Courriel, Notification
from comptes.redaction import PieceJointe, rediger
from demandes.models import Demande
from demandes.operations.deposer import deposer
from demandes.operations.prevenir import prevenir
from tests import dossiers_d_essai as essai

MESSAGES = {
    "depot_apd": {},
    "depot_confirmation": {},
    "examen_commence": {},
    "complement_demande": {"echeance": "2027-01-07"},
    "complement_abandonne": {},
    "decision_favorable": {},
    "decision_defavorable": {},
    "classement": {},
    "retrait": {},
    "statut_verifie": {"apd": True},
    "etat_civil_recu": {},
    "titre_disponible": {"euros": 250, "ancien_titre": True},
    "titre_remis": {"fin": "2037-01-07"},
    "correction": {"champ": "nom", "refaite": True},
    "transfert": {"prefecture": "Préfecture du Jura"},
    "ephoto_a_refaire": {},
    "ephoto_introuvable": {},
}
PDF = PieceJointe("apd.pdf", b"%PDF")


def deposee(profil: essai.Profil) -> Demande:
    profil.remplir(au=timezone.localdate())
    return deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())


@pytest.fixture
def demande() -> Demande:
    return deposee(essai.refugie(le=timezone.now()))


@pytest.fixture
def demande_d_enfant() -> Demande:
    return deposee(essai.enfant_mineur(le=timezone.now()))


def envoyer(demande: Demande, type_: str, **valeurs) -> tuple[list[str], str]:
    """Send one message; gives the subject, the text and the HTML of the mail, then the notification."""
    with transaction.atomic():
        prevenir(demande, type=type_, cle=f"essai:{type_}", **valeurs)
    courriel, notification = (
        Courriel.objects.get(cle=f"essai:{type_}"),
        Notification.objects.get(cle=f"essai:{type_}"),
    )
    courriel_redige = rediger(courriel)
    return [courriel_redige.subject, courriel_redige.body, courriel_redige.alternatives[0].content], bulle(
        notification
    )


def bulle(notification: Notification) -> str:
    return render_to_string(
        notification.gabarit, {"notification": notification, "telephone_ccc": "0 806 001 620"}
    )


@pytest.mark.parametrize("type_", MESSAGES)
def test_each_message_names_the_dossier_and_says_where_to_read_more(demande, type_):
    (objet, texte, html), notification = envoyer(demande, type_, **MESSAGES[type_])

    assert f"/espace/demandes/{demande.pk}/" in texte
    assert demande.numero in texte
    assert demande.numero in html
    assert demande.numero in notification
    assert demande.numero not in objet
    assert "pour  " not in texte + notification


@pytest.mark.parametrize("type_", MESSAGES)
def test_each_message_to_a_parent_names_the_child_outside_the_subject(demande_d_enfant, type_):
    (objet, texte, _html), notification = envoyer(demande_d_enfant, type_, **MESSAGES[type_])

    assert "Nour" in texte
    assert "Nour" in notification
    assert "Nour" not in objet


@pytest.mark.parametrize("type_", MESSAGES)
def test_no_sentence_is_longer_than_twenty_words(demande, type_):
    (_objet, texte, _html), notification = envoyer(demande, type_, **MESSAGES[type_])
    corps = texte.split("Bonjour,")[1].split("\n--")[0]
    sans_balises = re.sub(r"<[^>]+>", " . ", notification)

    for phrase in re.split(r"[.?!:;]\s|\n", f"{corps} . {sans_balises}"):
        assert len(re.findall(r"[\w’'-]+", phrase)) <= 20, phrase


@pytest.mark.parametrize("type_", ["decision_favorable", "statut_verifie", "correction"])
def test_a_mail_says_where_the_attestation_is_whether_it_is_attached_or_not(demande, type_):
    with transaction.atomic():
        prevenir(
            demande,
            type=type_,
            cle=f"essai:{type_}",
            attestation=Attestation.objects.get(),
            **MESSAGES[type_],
        )
    courriel = Courriel.objects.get(cle=f"essai:{type_}")

    assert courriel.attestation == Attestation.objects.get()
    assert "jointe à ce message" in rediger(courriel, PDF).body
    assert "dans votre compte" in rediger(courriel).body


def test_a_renewal_is_told_that_the_attestation_needs_the_former_permit():
    demande = deposee(essai.refugie_renouvellement(au=timezone.localdate(), le=timezone.now()))

    (_objet, texte, _html), notification = envoyer(demande, "decision_favorable")

    assert "Montrez toujours l’ancien titre" in texte
    assert "Montrez toujours l’ancien titre" in notification


@pytest.mark.parametrize("type_", ["decision_defavorable", "classement"])
def test_a_negative_answer_says_how_to_contest_it_by_when_and_who_helps(demande, type_):
    (objet, texte, _html), notification = envoyer(demande, type_)

    assert "refus" not in objet
    for mots in ("gracieux", "hiérarchique", "tribunal administratif", "deux mois", "aide juridictionnelle"):
        assert mots in texte
    assert "deux mois" in notification


def test_the_card_that_is_ready_comes_with_its_price_and_where_to_pay_it(demande):
    (_objet, texte, _html), _notification = envoyer(
        demande, "titre_disponible", **MESSAGES["titre_disponible"]
    )

    for mots in (
        "250 euros",
        "bureau de tabac",
        "en espèces",
        "timbres.impots.gouv.fr",
        "papier",
        "l’ancien titre",
    ):
        assert mots in texte


def test_nobody_without_a_permit_is_asked_to_give_it_back(demande):
    (_objet, texte, _html), _notification = envoyer(demande, "titre_disponible", euros=50, ancien_titre=False)

    assert "ancien titre" not in texte


# --- who is told -----------------------------------------------------------------------------------------


def test_a_child_with_an_account_is_told_too_and_as_oneself(demande_d_enfant):
    enfant = essai.compte(numero_etranger=demande_d_enfant.beneficiaire, nom="ENFANT-FICTIF")

    with transaction.atomic():
        prevenir(demande_d_enfant, type="examen_commence", cle="essai")

    assert {c.compte for c in Courriel.objects.filter(cle__startswith="essai")} == {
        demande_d_enfant.compte,
        enfant,
    }
    sienne = Notification.objects.get(compte=enfant)
    assert "Nour" not in bulle(sienne)
    assert "Nour" in bulle(Notification.objects.get(cle="essai"))


def majeur(demande: Demande) -> Demande:
    demande.majorite_le = timezone.localdate()
    demande.save()
    return demande


def test_from_18_on_the_news_goes_to_the_person_alone(demande_d_enfant):
    enfant = essai.compte(numero_etranger=demande_d_enfant.beneficiaire)
    majeur(demande_d_enfant)

    with transaction.atomic():
        prevenir(demande_d_enfant, type="decision_defavorable", cle="essai")

    assert [c.compte for c in Courriel.objects.filter(cle__startswith="essai")] == [enfant]


def test_at_18_without_an_account_the_parent_learns_only_that_there_is_news(demande_d_enfant):
    majeur(demande_d_enfant)

    with transaction.atomic():
        prevenir(demande_d_enfant, type="decision_defavorable", cle="essai")

    courriel = Courriel.objects.get(cle__startswith="essai")
    texte = rediger(courriel).body
    assert courriel.compte == demande_d_enfant.compte
    assert courriel.demande is None
    assert "/compte/inscription/" in texte
    assert "refuse" not in texte + bulle(Notification.objects.get(cle__startswith="essai"))
