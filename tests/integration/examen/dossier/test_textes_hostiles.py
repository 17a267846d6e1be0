"""Markup in every text that somebody types: shown and never run, on the page, in mail, in the account, in the PDF."""

import html
import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from attestations import rendu
from attestations.donnees import DonneesAttestation
from attestations.models import Attestation
from comptes.models import Courriel, Notification
from comptes.redaction import rediger
from demandes.etats import Etat
from demandes.models import Convocation, Demande, Rectification
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.convoquer import annuler_convocation, convoquer
from demandes.operations.corriger import corriger
from demandes.operations.demander_complement import (
    PieceACompleter,
    demander_complement,
    renoncer_au_complement,
)
from demandes.operations.examiner_piece import examiner_piece
from demandes.operations.refuser import confirmer_refus, proposer_refus, renvoyer_refus
from demandes.operations.traiter_rectification import traiter_rectification
from tests import examen_d_essai as examen

MECHANT = (
    '<script>alert(1)</script><!-- fin --><img src=x onerror=alert(1)>{{ 7|add:1 }}{% now "Y" %}&lt;b&gt;"\''
)
LE = timezone.now() + timedelta(days=9)


def convoquee(demande, agent):
    return examen.faire(
        convoquer, demande, agent, objet="empreintes", le=LE, lieu=MECHANT, a_apporter=MECHANT
    )


def signalee(demande) -> Rectification:
    return Rectification.objects.create(demande=demande, champ="nom", valeur=MECHANT, explication=MECHANT)


def refuser(demande, agent):
    examen.faire(proposer_refus, demande, agent, motif="autre", explication=MECHANT)


GESTES = {
    "pièce refusée": lambda d, a: examen.faire(
        examiner_piece, d, a, code="contrat_engagement", avis="refusee", motif="autre", phrase=MECHANT,
        vus=examen.fichiers_de(d, "contrat_engagement"),
    ),
    "complément": lambda d, a: examen.faire(
        demander_complement, d, a, pieces=[PieceACompleter("passeport", "autre", MECHANT)], message=MECHANT
    ),
    "complément abandonné": lambda d, a: (
        examen.faire(demander_complement, d, a, pieces=[examen.UNE_PIECE]),
        examen.faire(renoncer_au_complement, d, a, motif=MECHANT),
    ),
    "refus proposé": refuser,
    "refus renvoyé": lambda d, a: (
        refuser(d, a), examen.faire(renvoyer_refus, d, examen.responsable(), retour=MECHANT)
    ),
    "refus confirmé": lambda d, a: (refuser(d, a), examen.faire(confirmer_refus, d, examen.responsable())),
    "classement": lambda d, a: examen.faire(classer_sans_suite, d, a, motif="autre", explication=MECHANT),
    "correction": lambda d, a: examen.faire(corriger, d, a, champ="nom", valeur=MECHANT, motif=MECHANT),
    "rendez-vous": convoquee,
    "souhait": lambda d, a: (
        convoquee(d, a), Convocation.objects.update(etat="a_reporter", souhait=MECHANT)
    ),
    "rendez-vous annulé": lambda d, a: examen.faire(
        annuler_convocation, d, a, convocation_id=convoquee(d, a).pk, motif=MECHANT
    ),
    "erreur signalée": lambda d, _a: signalee(d),
    "réponse": lambda d, a: examen.faire(
        traiter_rectification, d, a, rectification_id=signalee(d).pk, etat="refusee", reponse=MECHANT
    ),
}  # fmt: skip


def inoffensif(page: str) -> None:
    """Nothing of the hostile text became markup, nor was a template of ours."""
    for danger in ("<script>alert", "<!-- fin", "<img src=x", "<b>"):
        assert danger not in page, danger


@pytest.mark.parametrize("geste", sorted(GESTES))
def test_nothing_that_is_typed_is_run(navigateur, en_instruction, agent, adresse, geste):
    GESTES[geste](en_instruction, agent)

    page = navigateur.get(adresse(en_instruction)).content.decode()
    inoffensif(page)
    assert MECHANT in html.unescape(page), "not shown at all"
    for courriel in Courriel.objects.order_by("pk"):
        message = rediger(courriel)
        inoffensif(message.alternatives[0].content)
        assert "alert" not in message.subject
    for notification in Notification.objects.order_by("pk"):
        inoffensif(
            render_to_string(notification.gabarit, {"notification": notification, "telephone_ccc": "0"})
        )
    for attestation in Attestation.objects.order_by("pk"):
        donnees = DonneesAttestation.depuis_dict(attestation.donnees)
        inoffensif(re.sub(r"<!--.*?-->", "", rendu.html(attestation.modele, donnees)))


@pytest.mark.parametrize(("code", "champs"), [
    ("classer_sans_suite", {"motif": "", "explication": MECHANT}),
    ("proposer_refus", {"motif": "", "explication": MECHANT}),
    ("demander_complement", {"message": MECHANT, "passeport-phrase": MECHANT, "passeport-demandee": "on"}),
    ("convoquer", {"lieu": MECHANT, "a_apporter": MECHANT, "heure": MECHANT}),
    ("transferer", {"motif": MECHANT}),
])  # fmt: skip
def test_what_is_typed_and_refused_comes_back_as_text(navigateur, en_instruction, adresse, code, champs):
    reponse = navigateur.soumettre(adresse(en_instruction, code), champs)

    assert reponse.status_code == 200
    inoffensif(reponse.content.decode())
    assert MECHANT in html.unescape(reponse.content.decode())


def test_a_hostile_name_of_a_file_and_of_a_person_is_text_everywhere(navigateur, demande, adresse, agent):
    examen.amener(demande, Etat.EN_INSTRUCTION, agent)
    demande.pieces.get(code="contrat_engagement").fichiers.update(nom=MECHANT)
    donnees = Demande.objects.get(pk=demande.pk).donnees
    donnees["civil"]["nom"] = donnees["adresse"]["ligne"] = MECHANT
    Demande.objects.filter(pk=demande.pk).update(donnees=donnees)

    for page in (
        adresse(demande), f"/gestion/demandes/demande/{demande.pk}/pieces/", adresse(demande, "corriger"),
        adresse(demande, "corriger", "champ=nom"), adresse(demande, "accepter_les_pieces"),
    ):  # fmt: skip
        contenu = navigateur.get(page).content.decode()
        inoffensif(contenu)
        assert MECHANT in html.unescape(contenu), page


@pytest.mark.parametrize("texte", ["a\x00b", "\x1b[31m", "\u202eenvers", "x" * 100_000])
def test_control_characters_and_floods_get_a_sentence_or_are_kept_as_text(
    navigateur, en_instruction, adresse, texte
):
    navigateur.handler.enforce_csrf_checks = False

    reponse = navigateur.post(
        adresse(en_instruction, "classer_sans_suite"),
        {"version": en_instruction.version, "motif": "autre", "explication": texte},
    )

    assert reponse.status_code in (200, 302)
    assert navigateur.get(adresse(en_instruction)).status_code == 200
