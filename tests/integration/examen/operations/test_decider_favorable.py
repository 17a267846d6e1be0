"""The favourable decision, and what stands in its way (R-INSTR-5, R-INSTR-6)."""

from datetime import UTC, date, datetime

import pytest

from attestations.models import Attestation
from comptes.models import Courriel
from demandes.etats import Etat
from demandes.models import Demande, Evenement, Piece
from demandes.operations.decider_favorable import decider_favorable, obstacles, obstacles_a_toute_decision
from demandes.operations.examiner_piece import accepter_les_pieces, examiner_piece
from demandes.operations.refus import ActionImpossible
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT


def prete(agent, profil=None) -> Demande:
    """Under examination, every pièce accepted."""
    demande = examen.amener(examen.depose(profil), Etat.EN_INSTRUCTION, agent)
    examen.faire(accepter_les_pieces, demande, agent, vus=examen.fichiers_de(demande))
    return demande


def test_the_adf_replaces_the_apd_and_goes_with_the_message(agent):
    demande = prete(agent)

    examen.faire(decider_favorable, demande, agent)

    apd, adf = Attestation.objects.get(type="APD"), Attestation.objects.get(type="ADF")
    assert (demande.etat, demande.decidee_le) == (Etat.DECISION_FAVORABLE, MAINTENANT)
    assert (adf.debut, adf.fin, adf.remplacee_le) == (date(2026, 11, 23), None, None)
    assert apd.remplacee_le == MAINTENANT
    assert apd.revoquee_le is None
    # Nothing is lost any more.
    assert demande.droits_jusqu_au is None
    assert Courriel.objects.get(type="decision_favorable").attestation == adf
    assert Evenement.objects.get(type="decider_favorable").acteur == agent


@pytest.mark.parametrize("profil", [essai.refugie_renouvellement, essai.conjoint, essai.conjoint_renouvellement,
                                    essai.protection_subsidiaire_renouvellement, essai.enfant_mineur])  # fmt: skip
def test_every_kind_of_person_gets_the_rights_that_the_law_gives(agent, profil):
    demande = prete(agent, profil())

    examen.faire(decider_favorable, demande, agent)

    droits = Attestation.objects.get(type="ADF").donnees["droits"]
    renouvellement = demande.nature == "renouvellement"
    assert (droits["sejour"], droits["travail"]) == (True, True)
    assert droits["schengen"] is renouvellement
    vivantes = Attestation.objects.filter(remplacee_le=None, revoquee_le=None)
    assert [attestation.type for attestation in vivantes] == ["ADF"]


def test_the_adf_starts_on_the_day_it_is_in_paris(agent):
    demande = prete(agent)

    examen.faire(decider_favorable, demande, agent, maintenant=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert Attestation.objects.get(type="ADF").debut == date(2027, 1, 1)


def ofpra(demande: Demande, _agent) -> None:
    Demande.objects.filter(pk=demande.pk).update(ofpra_en_attente=True)


def statut(demande: Demande, _agent) -> None:
    Demande.objects.filter(pk=demande.pk).update(controle="a_verifier")


def ephoto(signalement: str):
    def signaler(demande: Demande, _agent) -> None:
        Demande.objects.filter(pk=demande.pk).update(signalements=[signalement])

    return signaler


def piece_refusee(demande: Demande, agent) -> None:
    examen.faire(
        examiner_piece, demande, agent, code="contrat_engagement", avis="refusee", motif="illisible",
        phrase="Flou.", vus=examen.fichiers_de(demande, "contrat_engagement"),
    )  # fmt: skip


def piece_a_examiner(demande: Demande, _agent) -> None:
    Piece.objects.filter(demande=demande, code="contrat_engagement").update(avis="")


def piece_facultative_refusee(demande: Demande, _agent) -> None:
    Piece.objects.create(demande=demande, code="passeport", avis="refusee", avis_motif="absent")


OBSTACLES = {
    "ofpra": (ofpra, "ofpra"),
    "statut à vérifier": (statut, "statut"),
    "e-photo inconnue": (ephoto("EPHOTO_EN_ATTENTE"), "ephoto"),
    "e-photo introuvable": (ephoto("EPHOTO_INTROUVABLE"), "ephoto"),
    "e-photo refusée": (ephoto("EPHOTO_REFUSEE"), "ephoto"),
    "pièce refusée": (piece_refusee, "pieces"),
    "pièce non examinée": (piece_a_examiner, "pieces"),
    "pièce facultative refusée": (piece_facultative_refusee, "pieces"),
    "refus proposé": (examen.refus_propose, "refus_propose"),
}


@pytest.mark.parametrize("nom", sorted(OBSTACLES))
def test_each_obstacle_is_told_and_stops_the_decision(agent, nom):
    poser, code = OBSTACLES[nom]
    demande = prete(agent)
    assert obstacles(demande) == []

    poser(demande, agent)

    demande.refresh_from_db()
    assert obstacles(demande) == [code]
    with pytest.raises(ActionImpossible, match=code):
        examen.faire(decider_favorable, demande, agent)
    assert demande.etat == Etat.EN_INSTRUCTION
    assert not Attestation.objects.filter(type="ADF").exists()


def test_the_obstacles_are_told_together_the_gravest_first(agent):
    demande = prete(agent)
    for poser, _code in (
        OBSTACLES[nom] for nom in ("refus proposé", "pièce refusée", "e-photo refusée", "ofpra")
    ):
        poser(demande, agent)
    statut(demande, agent)
    demande.refresh_from_db()

    assert obstacles(demande) == ["ofpra", "refus_propose", "statut", "ephoto", "pieces"]
    assert obstacles_a_toute_decision(demande) == ["ofpra", "refus_propose"]


def test_a_conditional_piece_that_nobody_sent_is_no_obstacle(agent):
    demande = prete(agent)
    donnees = {
        **demande.donnees,
        "pieces": [*demande.donnees["pieces"], {"code": "passeport", "obligatoire": False}],
    }
    Demande.objects.filter(pk=demande.pk).update(donnees=donnees)
    demande.refresh_from_db()

    assert obstacles(demande) == []
