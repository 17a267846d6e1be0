"""Two agents, the person and an agent, at one instant on one dossier: one wins, the other is told (R-INSTR-3).

Each race has its counter-proof: without the lock, the same two threads do the damage.
"""

import threading
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Compte, Courriel
from demandes.etats import Etat
from demandes.models import Complement, Demande, Evenement, Piece, Refus, Remise
from demandes.operations import decider_favorable as module_favorable
from demandes.operations import refuser as module_refus
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.demander_complement import demander_complement
from demandes.operations.examiner_piece import accepter_les_pieces, examiner_piece
from demandes.operations.prendre_en_charge import prendre_en_charge
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, DossierModifie
from demandes.operations.refuser import confirmer_refus, proposer_refus, renvoyer_refus
from demandes.operations.remettre_titre import remettre_titre
from demandes.operations.retirer import retirer
from demandes.operations.transferer import transferer
from referentiels.models import Timbre
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.rigueur.navigateur import Navigateur

ATTENTE_S = 20
NUMERO = "1234567890123456"


@pytest.fixture
def agent():
    return examen.instructeur()


@pytest.fixture
def demande():
    return examen.depose()


@pytest.fixture
def prete(demande, agent):
    """Under examination, every pièce accepted: both decisions are possible."""
    examen.amener(demande, Etat.EN_INSTRUCTION, agent)
    examen.faire(accepter_les_pieces, demande, agent, vus=examen.fichiers_de(demande))
    return demande


def geste(operation, demande, agent, **valeurs):
    """A call ready to be made by a thread, from the page as it is now."""
    qui = {"demande_id": demande.pk, "agent_id": agent.pk, "version": demande.version, **valeurs}
    return lambda: operation(**qui, maintenant=timezone.now())


def ensemble(en_parallele, *gestes):
    return en_parallele(lambda faire: faire(), list(gestes))


def un_seul(resultats, *, dit=(DossierModifie, ActionImpossible)) -> None:
    """One has done it, the others were told."""
    refus = [r for r in resultats if isinstance(r, Exception)]
    assert len(resultats) - len(refus) == 1, resultats
    assert all(isinstance(r, dit) for r in refus), resultats


# --- two opposite decisions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("ordre", ["accorder d’abord", "classer d’abord"])
def test_two_opposite_decisions_at_once_leave_one(en_parallele, prete, ordre):
    accorder = geste(decider_favorable, prete, examen.instructeur())
    classer = geste(
        classer_sans_suite, prete, examen.instructeur(), motif="doublon", explication="Autre demande."
    )
    gestes = [accorder, classer] if ordre == "accorder d’abord" else [classer, accorder]

    un_seul(ensemble(en_parallele, *gestes))

    prete.refresh_from_db()
    vivantes = Attestation.objects.filter(remplacee_le=None, revoquee_le=None)
    if prete.etat == Etat.DECISION_FAVORABLE:
        assert [a.type for a in vivantes] == ["ADF"]
    else:
        assert prete.etat == Etat.CLASSEE_SANS_SUITE
        assert not vivantes
    fins = Evenement.objects.filter(type__in=["decider_favorable", "classer_sans_suite"])
    assert fins.count() == 1
    assert Courriel.objects.filter(type__in=["decision_favorable", "classement"]).count() == 1


@pytest.mark.parametrize("rang", range(3))
def test_granting_and_proposing_a_refusal_at_once_leave_one(en_parallele, prete, rang):
    gestes = [
        geste(decider_favorable, prete, examen.instructeur()),
        geste(proposer_refus, prete, examen.instructeur(), motif="fraude", explication="Faux."),
    ]

    un_seul(ensemble(en_parallele, *(gestes if rang % 2 else reversed(gestes))))

    prete.refresh_from_db()
    assert (prete.etat == Etat.DECISION_FAVORABLE) is not Refus.objects.exists()


def sans_verrou():
    """`verrouiller_dossier` as it would be without its lock: both have read before either writes."""
    rendez_vous = threading.Barrier(2)

    def lire_sans_verrou(*, demande_id, agent_id, version):
        demande = Demande.objects.select_related("compte", "prefecture").get(pk=demande_id)
        rendez_vous.wait(ATTENTE_S)
        return demande, Compte.objects.get(pk=agent_id)

    return lire_sans_verrou


def test_counter_proof_without_the_lock_both_decisions_pass(en_parallele, prete, monkeypatch):
    lecteur = sans_verrou()
    monkeypatch.setattr(module_favorable, "verrouiller_dossier", lecteur)
    monkeypatch.setattr(module_refus, "verrouiller_dossier", lecteur)

    resultats = ensemble(
        en_parallele,
        geste(decider_favorable, prete, examen.instructeur()),
        geste(proposer_refus, prete, examen.instructeur(), motif="fraude", explication="Faux."),
    )

    assert not any(isinstance(r, Exception) for r in resultats), resultats
    assert Attestation.objects.filter(type="ADF").exists()
    assert Refus.objects.exists()


# --- several agents ------------------------------------------------------------------------------------------


def test_of_eight_agents_who_take_one_dossier_one_has_it(en_parallele, demande):
    agents = [examen.instructeur() for _rang in range(8)]

    resultats = ensemble(en_parallele, *(geste(prendre_en_charge, demande, qui) for qui in agents))

    un_seul(resultats)
    demande.refresh_from_db()
    assert demande.agent == Evenement.objects.get(type="prendre_en_charge").acteur
    assert Courriel.objects.filter(type="examen_commence").count() == 1


def test_of_eight_bulk_actions_one_has_it_and_the_others_are_told(en_parallele, demande):
    resultats = ensemble(
        en_parallele,
        *(geste(prendre_en_charge, demande, examen.instructeur(), version=None) for _rang in range(8)),
    )

    un_seul(resultats)
    assert Counter(type(r).__name__ for r in resultats if isinstance(r, Exception)) == {"ActionImpossible": 7}


def test_two_opinions_on_one_piece_at_once_leave_one(en_parallele, demande, agent):
    examen.amener(demande, Etat.EN_INSTRUCTION, agent)
    code = "contrat_engagement"
    piece = {"code": code, "vus": examen.fichiers_de(demande, code)}

    un_seul(ensemble(
        en_parallele,
        geste(examiner_piece, demande, examen.instructeur(), avis="acceptee", **piece),
        geste(examiner_piece, demande, examen.instructeur(), avis="refusee", motif="perime", phrase="Vieux.", **piece),
    ))  # fmt: skip

    lue = Piece.objects.get(demande=demande, code=code)
    assert (lue.avis == "acceptee") is (lue.avis_motif == "")
    assert Evenement.objects.filter(type="examiner_piece").count() == 1


def test_confirming_and_sending_back_a_refusal_at_once_leave_one(en_parallele, demande, agent):
    examen.amener(demande, Etat.EN_INSTRUCTION, agent)
    examen.refus_propose(demande, agent)

    un_seul(ensemble(
        en_parallele,
        geste(confirmer_refus, demande, examen.responsable()),
        geste(renvoyer_refus, demande, examen.responsable(), retour="Non."),
    ))  # fmt: skip

    demande.refresh_from_db()
    confirme = Refus.objects.get().etat == "confirme"
    assert (demande.etat == Etat.DECISION_DEFAVORABLE) is confirme
    assert (Attestation.objects.get().revoquee_le is not None) is confirme


def test_two_complements_at_once_make_one(en_parallele, demande, agent):
    examen.amener(demande, Etat.EN_INSTRUCTION, agent)

    un_seul(ensemble(
        en_parallele,
        *(geste(demander_complement, demande, examen.instructeur(), pieces=[examen.UNE_PIECE]) for _rang in range(4)),
    ))  # fmt: skip

    assert Complement.objects.count() == 1


def test_a_move_and_a_decision_at_once_leave_one(en_parallele, prete):
    resultats = ensemble(
        en_parallele,
        geste(transferer, prete, examen.instructeur(), departement="75", motif="Déménagement."),
        geste(decider_favorable, prete, examen.instructeur()),
    )

    # For who comes after the move, the dossier is another prefecture's.
    un_seul(resultats, dit=(DossierModifie, DossierIntrouvable))
    prete.refresh_from_db()
    assert (prete.prefecture_id == "75") is (prete.etat == Etat.EN_INSTRUCTION)


# --- the person and the agent --------------------------------------------------------------------------------


def test_a_withdrawal_and_the_start_of_the_examination_at_once_leave_one(en_parallele, demande, agent):
    resultats = ensemble(
        en_parallele,
        lambda: retirer(demande_id=demande.pk, compte_id=demande.compte_id, maintenant=timezone.now()),
        geste(prendre_en_charge, demande, agent),
    )

    # The withdrawal gives no version: told « etat »; an agent's page is told that it is too old, or the state.
    demande.refresh_from_db()
    assert sum(not isinstance(r, Exception) for r in resultats) == 1, resultats
    assert demande.etat in (Etat.RETIREE, Etat.EN_INSTRUCTION)
    assert (Attestation.objects.get().revoquee_le is not None) is (demande.etat == Etat.RETIREE)


def test_a_file_that_arrives_while_an_agent_accepts_is_not_accepted_unseen(en_parallele, demande, agent):
    examen.amener(demande, Etat.EN_INSTRUCTION, agent)
    piece = Piece.objects.get(demande=demande, code="contrat_engagement")
    vus = examen.fichiers_de(demande, "contrat_engagement")

    resultats = ensemble(
        en_parallele,
        lambda: essai.fichier_pret(piece),
        geste(examiner_piece, demande, agent, code=piece.code, avis="acceptee", vus=vus),
    )

    piece.refresh_from_db()
    # Refused because the file was there, or accepted before it was: never accepted without its word.
    refuse = isinstance(resultats[1], ActionImpossible)
    assert refuse or not isinstance(resultats[1], Exception), resultats
    assert (resultats[1].code == "piece_changee") if refuse else (piece.avis == "acceptee")
    assert (piece.avis == "") is refuse


# --- one stamp for two cards ---------------------------------------------------------------------------------


def test_one_stamp_never_pays_two_cards(en_parallele, agent):
    dossiers = [examen.amener(examen.depose(), Etat.TITRE_DISPONIBLE, agent) for _rang in range(2)]
    examen.timbre(50, NUMERO)

    un_seul(ensemble(
        en_parallele,
        *(geste(remettre_titre, d, agent, timbre=NUMERO, ancien_titre_rendu=None) for d in dossiers),
    ))  # fmt: skip

    assert Remise.objects.exclude(timbre=None).count() == 1
    assert Timbre.objects.get().reference == Remise.objects.exclude(timbre=None).get().demande.numero
    assert Demande.objects.filter(etat=Etat.TITRE_REMIS).count() == 1


# --- the pages -----------------------------------------------------------------------------------------------


def test_two_browsers_that_decide_at_once_one_goes_on_and_one_reads_what_happened(en_parallele, prete):
    adresse = f"/gestion/demandes/demande/{prete.pk}/actions"
    pages = []
    for code, champs in (
        ("decider_favorable", {}),
        ("classer_sans_suite", {"motif": "doublon", "explication": "Autre demande."}),
    ):
        navigateur = Navigateur()
        navigateur.force_login(examen.instructeur(), backend="comptes.authentification.IdentifiantBackend")
        pages.append((navigateur, navigateur.get(f"{adresse}/{code}/"), champs))

    reponses = en_parallele(lambda page: page[0].soumettre(page[1], page[2]), pages)

    assert sorted(reponse.status_code for reponse in reponses) == [200, 302]
    perdante = next(reponse for reponse in reponses if reponse.status_code == 200)
    assert "Le dossier a changé" in perdante.content.decode()


def test_what_the_trigger_wants_holds_after_real_commits(demande, agent):
    """Each transition of the whole story is committed with its entry: no commit fails."""
    examen.amener(demande, Etat.TITRE_DISPONIBLE, agent)
    examen.timbre(demande.remise.euros)
    examen.faire(remettre_titre, demande, agent, timbre=NUMERO, ancien_titre_rendu=None)

    assert not connection.in_atomic_block
    transitions = Evenement.objects.filter(demande=demande).exclude(vers="").order_by("pk")
    assert [e.vers for e in transitions] == [
        "deposee", "en_instruction", "decision_favorable", "titre_disponible", "titre_remis",
    ]  # fmt: skip
