"""Each pièce accepted or refused, as the agent saw it (R-INSTR-3)."""

import uuid

import pytest
from django.utils import timezone

from demandes.models import Complement, Evenement, Piece
from demandes.operations.examiner_piece import accepter_les_pieces, examiner_piece
from demandes.operations.refus import ActionImpossible
from demandes.textes import MOTIFS_DE_PIECE
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT

CODE = "justificatif_domicile"


@pytest.fixture
def piece(en_instruction) -> Piece:
    return en_instruction.pieces.get(code=CODE)


def examiner(demande, agent, **valeurs):
    valeurs = {"code": CODE, "avis": "acceptee", "vus": examen.fichiers_de(demande, CODE), **valeurs}
    return examen.faire(examiner_piece, demande, agent, **valeurs)


def code_du_refus(demande, agent, **valeurs) -> str:
    with pytest.raises(ActionImpossible) as refus:
        examiner(demande, agent, **valeurs)
    assert not Piece.objects.exclude(avis="").exists()
    return refus.value.code


def test_a_piece_is_accepted_by_somebody_at_some_time(en_instruction, agent, piece):
    examiner(en_instruction, agent)

    piece.refresh_from_db()
    assert (piece.avis, piece.avis_par, piece.avis_le) == ("acceptee", agent, MAINTENANT)
    assert Evenement.objects.get(type="examiner_piece").valeurs == {
        "piece": CODE, "avis": "acceptee", "motif": "",
    }  # fmt: skip


@pytest.mark.parametrize("motif", sorted(MOTIFS_DE_PIECE))
def test_a_piece_is_refused_for_each_reason_with_a_sentence(en_instruction, agent, piece, motif):
    examiner(en_instruction, agent, avis="refusee", motif=motif, phrase=" Trop sombre. ")

    piece.refresh_from_db()
    assert (piece.avis, piece.avis_motif, piece.avis_phrase) == ("refusee", motif, "Trop sombre.")


def test_an_opinion_can_be_changed_and_taken_back(en_instruction, agent, piece):
    examiner(en_instruction, agent, avis="refusee", motif="illisible", phrase="Floue.")
    examiner(en_instruction, agent)
    piece.refresh_from_db()
    assert (piece.avis, piece.avis_motif, piece.avis_phrase) == ("acceptee", "", "")

    examiner(en_instruction, agent, avis="")
    piece.refresh_from_db()
    assert piece.avis == Piece.Avis.A_EXAMINER
    assert Evenement.objects.filter(type="examiner_piece").count() == 3


@pytest.mark.parametrize(
    ("valeurs", "code"),
    [
        ({"code": "passeport"}, "piece_inconnue"),
        ({"code": "n’importe quoi"}, "piece_inconnue"),
        ({"vus": []}, "piece_changee"),
        ({"vus": [uuid.uuid4()]}, "piece_changee"),
        ({"avis": "refusee", "phrase": "Floue."}, "motif"),
        ({"avis": "refusee", "motif": "autre_chose", "phrase": "Floue."}, "motif"),
        ({"avis": "refusee", "motif": "illisible"}, "phrase"),
        ({"avis": "refusee", "motif": "illisible", "phrase": "  \n "}, "phrase"),
    ],
)
def test_what_is_not_understood_is_refused(en_instruction, agent, piece, valeurs, code):
    assert code_du_refus(en_instruction, agent, **valeurs) == code


def test_a_file_replaced_while_the_agent_looks_at_it_is_not_accepted_unseen(en_instruction, agent, piece):
    vus = examen.fichiers_de(en_instruction, CODE)
    piece.fichiers.update(remplace_le=timezone.now())
    essai.fichier_pret(piece)

    assert code_du_refus(en_instruction, agent, vus=vus) == "piece_changee"
    examiner(en_instruction, agent, vus=examen.fichiers_de(en_instruction, CODE))


def test_what_the_person_has_not_transmitted_yet_does_not_count(en_instruction, agent, piece):
    vus = examen.fichiers_de(en_instruction, CODE)
    complement = Complement.objects.create(
        demande=en_instruction, demande_par=agent, demande_le=MAINTENANT, echeance=MAINTENANT.date()
    )
    essai.fichier_pret(piece, complement=complement)

    examiner(en_instruction, agent, vus=vus)

    piece.refresh_from_db()
    assert piece.avis == "acceptee"


def test_a_piece_without_a_file_can_be_refused_and_not_accepted(en_instruction, agent):
    vide = Piece.objects.create(demande=en_instruction, code="passeport")

    assert code_du_refus(en_instruction, agent, code="passeport", vus=[]) == "piece_vide"
    examiner(
        en_instruction, agent, code="passeport", vus=[], avis="refusee", motif="absent", phrase="Il manque."
    )
    vide.refresh_from_db()
    assert vide.avis == "refusee"


def test_all_that_remain_are_accepted_at_once(en_instruction, agent, piece):
    examiner(en_instruction, agent, avis="refusee", motif="illisible", phrase="Floue.")
    Piece.objects.create(demande=en_instruction, code="passeport")

    examen.faire(accepter_les_pieces, en_instruction, agent, vus=examen.fichiers_de(en_instruction))

    avis = dict(en_instruction.pieces.values_list("code", "avis"))
    assert avis == {
        "contrat_engagement": "acceptee", "decision_protection": "acceptee", CODE: "refusee", "passeport": "",
    }  # fmt: skip
    assert Evenement.objects.get(type="accepter_les_pieces").valeurs == {
        "pieces": ["contrat_engagement", "decision_protection"]
    }


def test_all_that_remain_are_not_accepted_when_one_has_changed(en_instruction, agent, piece):
    vus = examen.fichiers_de(en_instruction)
    essai.fichier_pret(piece)

    with pytest.raises(ActionImpossible, match="piece_changee"):
        examen.faire(accepter_les_pieces, en_instruction, agent, vus=vus)
    assert not Piece.objects.exclude(avis="").exists()
