"""The chain of APDs under several workers, and against a decision taken at the same instant."""

from datetime import date, timedelta

from django.db import transaction

from attestations.models import Attestation
from comptes.models import Courriel
from demandes.etats import Etat
from demandes.models import Demande, Evenement
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.ordonner_apd import ordonner_apd
from demandes.operations.prolonger import prolonger
from demandes.operations.refus import ActionImpossible
from demandes.requetes import apd_dues
from tests import dossiers_d_essai as essai
from tests.chaine_d_essai import a_midi, agent, deposee, periodes

DUE = date(2027, 5, 7)
PREMIERE = ("APD", essai.AU, date(2027, 5, 22))
SUIVANTE = ("APD", date(2027, 5, 23), date(2027, 11, 22))


def test_eight_workers_order_the_next_apd_once(en_parallele):
    demande = deposee(essai.refugie())

    issues = en_parallele(lambda: prolonger(demande_id=demande.pk, maintenant=a_midi(DUE)), 8)

    # Those who find the row held pass on; nobody fails.
    assert sorted(issues) == [0] * 7 + [1]
    assert periodes(demande) == [PREMIERE, SUIVANTE]
    assert Courriel.objects.filter(type="apd_prolongee").count() == 1
    assert Evenement.objects.filter(type="prolonger").count() == 1


def test_two_sweeps_at_once_share_the_dossiers(en_parallele):
    demandes = [deposee(essai.refugie()) for _ in range(6)]

    def balayer() -> int:
        return sum(prolonger(demande_id=pk, maintenant=a_midi(DUE)) for pk in apd_dues(DUE))

    balayages = en_parallele(balayer, 2)
    assert sum(balayages) <= len(demandes)
    balayer()

    assert [periodes(demande) for demande in demandes] == [[PREMIERE, SUIVANTE]] * len(demandes)
    assert Attestation.objects.count() == 2 * len(demandes)


def test_a_dossier_held_by_an_agent_is_passed_over_and_found_again(en_parallele):
    demande = deposee(essai.refugie())

    def essayer() -> int:
        return prolonger(demande_id=demande.pk, maintenant=a_midi(DUE))

    with transaction.atomic():
        Demande.objects.select_for_update().get(pk=demande.pk)
        assert en_parallele(essayer, 1) == [0]

    assert essayer() == 1


def test_a_decision_at_the_same_instant_leaves_no_apd_in_force(en_parallele):
    for tour in range(6):
        demande = essai.amener(deposee(essai.refugie()), Etat.EN_INSTRUCTION)
        demande.pieces.update(avis="acceptee")
        instructeur = agent()
        maintenant = a_midi(DUE + timedelta(days=tour))

        def decider(demande=demande, instructeur=instructeur, maintenant=maintenant) -> None:
            decider_favorable(
                demande_id=demande.pk, agent_id=instructeur.pk, version=None, maintenant=maintenant
            )

        def suivre(demande=demande, maintenant=maintenant) -> int:
            return prolonger(demande_id=demande.pk, maintenant=maintenant)

        issues = en_parallele(lambda faire: faire(), [decider, suivre])

        assert not [issue for issue in issues if isinstance(issue, Exception)], issues
        assert periodes(demande) == [("ADF", DUE + timedelta(days=tour), None)]


def test_two_agents_order_the_first_apd_once(en_parallele):
    demande = deposee(essai.conjoint())
    agents = [agent() for _ in range(4)]

    def ordonner(qui) -> Attestation:
        return ordonner_apd(
            demande_id=demande.pk, agent_id=qui.pk, version=None, motif="Urgence.", maintenant=a_midi(DUE)
        )

    issues = en_parallele(ordonner, agents)

    refusees = [issue for issue in issues if isinstance(issue, ActionImpossible)]
    assert [refus.code for refus in refusees] == ["apd_suit"] * 3
    assert periodes(demande) == [("APD", DUE, date(2027, 8, 6))]
