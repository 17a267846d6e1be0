"""Answers to complements that meet: two clicks, an agent who gives up or closes, one e-photo code for two people."""

import threading

import pytest
from django.utils import timezone

from comptes.models import Courriel
from demandes.complements import lignes_de_reponse, marque_de_la_reponse
from demandes.etats import Etat
from demandes.models import Complement, Demande, Evenement, Fichier, Piece
from demandes.operations import repondre_au_complement as module_reponse
from demandes.operations import transmettre_complement as module_transmission
from demandes.operations.demander_complement import (
    PieceACompleter,
    demander_complement,
    renoncer_au_complement,
)
from demandes.operations.deposer import deposer
from demandes.operations.prendre_en_charge import prendre_en_charge
from demandes.operations.refus import (
    ActionImpossible,
    ComplementClos,
    ReponseIncomplete,
    ReponsesPerimees,
)
from demandes.operations.repondre_au_complement import repondre_au_complement
from demandes.operations.transmettre_complement import transmettre_complement
from demandes.requetes import complement_ouvert
from tests import dossiers_d_essai as essai

FOIS = 8
ATTENTE_S = 20
DOMICILE = "justificatif_domicile"


@pytest.fixture
def agent(transactional_db):
    return essai.agent(essai.prefecture("39"))


@pytest.fixture
def en_complement(agent):
    """Make a dossier whose agent waits for these pièces."""

    def _en_complement(*codes: str, **profil) -> Complement:
        demandeur = essai.refugie(le=timezone.now(), **profil).remplir(au=timezone.localdate())
        demande = deposer(
            demande_id=demandeur.demande.pk, compte_id=demandeur.compte.pk, maintenant=timezone.now()
        )
        cles = {"demande_id": demande.pk, "agent_id": agent.pk, "version": None, "maintenant": timezone.now()}
        prendre_en_charge(**cles)
        return demander_complement(
            **cles, pieces=[PieceACompleter(code, "perime", "Trop vieux.") for code in codes]
        )

    return _en_complement


def joindre(complement: Complement) -> Fichier:
    piece = Piece.objects.get(demande=complement.demande, code=DOMICILE)
    complement.pieces.filter(code=DOMICILE).update(choix="remplacer")
    return essai.fichier_pret(piece, complement=complement)


def transmettre(complement: Complement) -> Complement:
    return transmettre_complement(
        demande_id=complement.demande_id, compte_id=complement.demande.compte_id,
        marque=marque_de_la_reponse(lignes_de_reponse(complement)), maintenant=timezone.now(),
    )  # fmt: skip


def test_eight_clicks_transmit_once(en_parallele, en_complement):
    complement = en_complement(DOMICILE)
    joindre(complement)

    issues = en_parallele(lambda: transmettre(complement), FOIS)

    assert sum(isinstance(issue, Complement) for issue in issues) == 1
    # Who reads the answer once it is sent sees other files; who read it before finds the complement closed.
    assert sum(isinstance(issue, ComplementClos) for issue in issues) == FOIS - 1, issues
    assert Evenement.objects.filter(type="transmettre_complement").count() == 1
    assert Courriel.objects.filter(type="complement_transmis").count() == 1
    assert Fichier.objects.exclude(remplace_le=None).count() == 1


def test_counter_proof_without_the_lock_two_clicks_both_pass(en_parallele, en_complement, monkeypatch):
    complement = en_complement(DOMICILE)
    joindre(complement)
    rendez_vous = threading.Barrier(2)

    def sans_verrou(*, demande_id, compte_id):
        demande = Demande.objects.select_related("compte", "prefecture").get(pk=demande_id)
        ouvert = complement_ouvert(demande)
        rendez_vous.wait(ATTENTE_S)
        return demande, ouvert, demande.compte

    monkeypatch.setattr(module_transmission, "verrouiller_complement", sans_verrou)

    issues = en_parallele(lambda: transmettre(complement), 2)

    assert [type(issue) for issue in issues] == [Complement, Complement], issues
    assert Evenement.objects.filter(type="transmettre_complement").count() == 2


def test_the_lock_is_the_one_that_the_operation_uses():
    assert module_transmission.verrouiller_complement is module_reponse.verrouiller_complement


@pytest.mark.parametrize("_tour", range(4))
def test_the_agent_gives_up_at_the_instant_of_the_answer(en_parallele, en_complement, agent, _tour):
    complement = en_complement(DOMICILE)
    joindre(complement)
    rangs = iter(range(2))

    def agir():
        if next(rangs):
            return transmettre(complement)
        return renoncer_au_complement(
            demande_id=complement.demande_id, agent_id=agent.pk, version=None, motif="Reçu par courrier.",
            maintenant=timezone.now(),
        )  # fmt: skip

    issues = en_parallele(agir, 2)

    complement.refresh_from_db()
    demande = Demande.objects.get()
    assert demande.etat == Etat.EN_INSTRUCTION
    # The sides answer each other: one passed, the other was told.
    if complement.etat == Complement.Etat.TRANSMIS:
        assert {type(issue) for issue in issues} == {Complement, ActionImpossible}, issues
        assert Fichier.objects.filter(complement=complement).count() == 1
    else:
        assert {type(issue) for issue in issues} == {Demande, ComplementClos}, issues
        assert not Fichier.objects.filter(complement=complement).exists()
    assert Evenement.objects.filter(vers=Etat.EN_INSTRUCTION, de=Etat.COMPLEMENT_DEMANDE).count() == 1


def test_two_people_with_one_waiting_code_one_wins(en_parallele, en_complement):
    code = essai.ephoto(etat="inconnu")
    complements = [en_complement("ephoto") for _rang in range(2)]
    for complement in complements:
        repondre_au_complement(
            demande_id=complement.demande_id, compte_id=complement.demande.compte_id, code="ephoto",
            choix="remplacer", ephoto_code=code,
        )  # fmt: skip
    restants = iter(complements)

    issues = en_parallele(lambda: transmettre(next(restants)), 2)

    assert {type(issue) for issue in issues} == {Complement, ReponseIncomplete}, issues
    assert Demande.objects.filter(ephoto_code=code).count() == 1
    assert sorted(Demande.objects.values_list("etat", flat=True)) == ["complement_demande", "en_instruction"]


def test_two_people_with_one_valid_code_one_wins(en_parallele, en_complement):
    code = essai.ephoto(le=timezone.now())
    complements = [en_complement("ephoto") for _rang in range(2)]
    for complement in complements:
        repondre_au_complement(
            demande_id=complement.demande_id, compte_id=complement.demande.compte_id, code="ephoto",
            choix="remplacer", ephoto_code=code,
        )  # fmt: skip
    restants = iter(complements)

    issues = en_parallele(lambda: transmettre(next(restants)), 2)

    assert {type(issue) for issue in issues} == {Complement, ReponseIncomplete}, issues
    assert Demande.objects.filter(ephoto_code=code).count() == 1


def test_an_answer_changed_while_it_is_sent_is_sent_as_shown_or_not_at_all(en_parallele, en_complement):
    complement = en_complement(DOMICILE)
    joindre(complement)
    marque = marque_de_la_reponse(lignes_de_reponse(complement))
    rangs = iter(range(2))
    cles = {"demande_id": complement.demande_id, "compte_id": complement.demande.compte_id}

    def agir():
        if next(rangs):
            return transmettre_complement(**cles, marque=marque, maintenant=timezone.now())
        return repondre_au_complement(**cles, code=DOMICILE, choix="garder")

    issues = en_parallele(agir, 2)

    complement.refresh_from_db()
    if complement.etat == Complement.Etat.TRANSMIS:
        assert complement.pieces.get().choix == "remplacer"
        assert any(isinstance(issue, ComplementClos) for issue in issues)
    else:
        assert any(isinstance(issue, ReponsesPerimees) for issue in issues)
