"""A complement is asked for, or given up (R-INSTR-4)."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from comptes.models import Courriel
from demandes.etats import Etat
from demandes.models import Complement, Evenement, Piece
from demandes.operations.demander_complement import (
    PieceACompleter,
    demander_complement,
    renoncer_au_complement,
)
from demandes.operations.refus import ActionImpossible
from tests import examen_d_essai as examen

DOMICILE = examen.UNE_PIECE
EPHOTO = PieceACompleter("ephoto", "perime", "Le code a expiré.")
PASSEPORT = PieceACompleter("passeport", "absent", "Il nous faut aussi le passeport.")


def test_the_person_is_asked_for_each_piece_within_thirty_days(en_instruction, agent):
    complement = examen.faire(
        demander_complement, en_instruction, agent, pieces=[DOMICILE, EPHOTO, PASSEPORT], message=" Merci. "
    )

    assert en_instruction.etat == Etat.COMPLEMENT_DEMANDE
    assert complement.echeance == date(2026, 12, 23)
    assert (complement.message, complement.demande_par) == ("Merci.", agent)
    assert [(p.code, p.motif, p.phrase, p.choix) for p in complement.pieces.all()] == [
        ("justificatif_domicile", "illisible", "Photo floue : refaites-la.", ""),
        ("ephoto", "perime", "Le code a expiré.", ""),
        ("passeport", "absent", "Il nous faut aussi le passeport.", ""),
    ]
    assert Evenement.objects.get(type="demander_complement").valeurs == {
        "complement": complement.pk, "pieces": ["justificatif_domicile", "ephoto", "passeport"],
    }  # fmt: skip
    courriel = Courriel.objects.get(type="complement_demande")
    assert courriel.valeurs["echeance"] == "2026-12-23"
    assert courriel.compte == en_instruction.compte


def test_a_piece_that_the_deposit_did_not_ask_for_gets_its_place(en_instruction, agent):
    examen.faire(demander_complement, en_instruction, agent, pieces=[EPHOTO, PASSEPORT])

    assert en_instruction.pieces.filter(code="passeport").exists()
    # The e-photo is a code, not a file.
    assert not en_instruction.pieces.filter(code="ephoto").exists()


def test_the_thirty_days_are_counted_in_paris(en_instruction, agent):
    minuit_passe = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)

    complement = examen.faire(
        demander_complement, en_instruction, agent, pieces=[DOMICILE], maintenant=minuit_passe
    )

    assert complement.echeance == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ([], "aucune_piece"),
        ([DOMICILE, DOMICILE], "piece_inconnue"),
        ([PieceACompleter("n’importe quoi", "absent", "Envoyez-le.")], "piece_inconnue"),
        ([PieceACompleter("passeport", "", "Envoyez-le.")], "motif"),
        ([PieceACompleter("passeport", "n’importe quoi", "Envoyez-le.")], "motif"),
        ([PieceACompleter("passeport", "absent", "  ")], "phrase"),
        ([DOMICILE, PieceACompleter("passeport", "absent", "")], "phrase"),
    ],
)
def test_what_the_person_could_not_understand_is_not_sent(en_instruction, agent, pieces, code):
    with pytest.raises(ActionImpossible, match=code):
        examen.faire(demander_complement, en_instruction, agent, pieces=pieces)

    assert en_instruction.etat == Etat.EN_INSTRUCTION
    assert not Complement.objects.exists()
    assert not Piece.objects.filter(code="passeport").exists()


def test_nothing_is_asked_while_a_refusal_is_under_discussion(en_instruction, agent):
    examen.refus_propose(en_instruction, agent)

    with pytest.raises(ActionImpossible, match="refus_propose"):
        examen.faire(demander_complement, en_instruction, agent, pieces=[DOMICILE])


def test_the_prefecture_gives_up_and_the_examination_resumes(en_instruction, agent):
    complement = examen.faire(demander_complement, en_instruction, agent, pieces=[DOMICILE])

    examen.faire(renoncer_au_complement, en_instruction, agent, motif=" Reçu par courrier. ")

    complement.refresh_from_db()
    assert en_instruction.etat == Etat.EN_INSTRUCTION
    assert complement.etat == Complement.Etat.ABANDONNE
    assert complement.clos_le
    assert Evenement.objects.get(type="renoncer_au_complement").valeurs == {"motif": "Reçu par courrier."}
    assert Courriel.objects.filter(type="complement_abandonne").count() == 1


def test_giving_up_needs_a_reason(en_instruction, agent):
    examen.faire(demander_complement, en_instruction, agent, pieces=[DOMICILE])

    with pytest.raises(ActionImpossible, match="phrase"):
        examen.faire(renoncer_au_complement, en_instruction, agent, motif=" ")


def test_several_complements_follow_each_other_and_leave_their_trace(en_instruction, agent):
    for _fois in range(3):
        examen.faire(demander_complement, en_instruction, agent, pieces=[DOMICILE])
        examen.faire(renoncer_au_complement, en_instruction, agent, motif="Inutile.")

    assert en_instruction.complements.count() == 3
    assert Courriel.objects.filter(type="complement_demande").count() == 3


def test_the_database_keeps_one_open_complement(en_instruction, agent):
    examen.faire(demander_complement, en_instruction, agent, pieces=[DOMICILE])
    premier = en_instruction.complements.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Complement.objects.create(
            demande=en_instruction,
            demande_par=agent,
            demande_le=premier.demande_le,
            echeance=premier.echeance,
        )
