"""A complement without answer: reminders at 15 and 25 days, a closing proposed at 60, never done (spec part 13)."""

from datetime import timedelta

import pytest

from comptes.models import Courriel
from demandes.models import Complement, Demande, Evenement
from demandes.operations.demander_complement import renoncer_au_complement
from demandes.operations.dossier import COMPLEMENT_SANS_REPONSE
from demandes.operations.horloges import relancer_complement as horloge
from demandes.operations.horloges.relancer_complement import relancer_les_complements
from tests import dossiers_d_essai as essai

DEMANDE_LE = essai.MAINTENANT


@pytest.fixture
def complement(dossier) -> Complement:
    """Asked on `DEMANDE_LE`, to be answered within 30 days."""
    return demander(dossier("complement_demande"))


def demander(demande: Demande, **valeurs) -> Complement:
    return Complement.objects.create(
        **{"demande": demande, "demande_par": essai.agent(essai.prefecture("39")), "demande_le": DEMANDE_LE,
           "echeance": DEMANDE_LE.date() + timedelta(days=30), **valeurs}
    )  # fmt: skip


def apres(jours: float) -> int:
    return relancer_les_complements(maintenant=DEMANDE_LE + timedelta(days=jours))


def test_the_person_is_reminded_at_15_and_at_25_days_and_no_more(complement, messages):
    for jour in range(1, 60):
        apres(jour)
        apres(jour)

    assert [message["passee"] for message in messages("complement_rappel")] == [False, False]
    complement.refresh_from_db()
    assert complement.rappels == [15, 25]
    jours = (
        Evenement.objects.filter(type="complement_rappele").order_by("pk").values_list("valeurs", flat=True)
    )
    assert [valeurs["jours"] for valeurs in jours] == [15, 25]


@pytest.mark.parametrize(("jour", "rappels"), [(14, []), (15, [15]), (24, [15]), (25, [25])])
def test_each_reminder_comes_on_its_day(complement, jour, rappels):
    apres(jour)
    complement.refresh_from_db()
    assert complement.rappels == rappels


@pytest.mark.parametrize("arret", [7, 14, 30])
def test_after_a_beat_that_was_stopped_one_reminder_goes_out_not_a_burst(complement, messages, arret):
    apres(14)
    assert apres(14 + arret) == 1
    assert apres(14 + arret) == 0

    complement.refresh_from_db()
    assert complement.rappels == [15 if arret == 7 else 25]
    assert len(messages("complement_rappel")) == 1


def test_a_reminder_that_comes_after_the_last_day_says_so(complement, messages):
    apres(40)
    assert [message["passee"] for message in messages("complement_rappel")] == [True]


def test_the_reminder_names_no_day_that_has_passed_and_says_what_to_do(complement):
    apres(15)
    courriel = Courriel.objects.get()
    assert courriel.demande_id == complement.demande_id
    assert courriel.valeurs["echeance"] == complement.echeance.isoformat()


@pytest.mark.parametrize("etat", [Complement.Etat.TRANSMIS, Complement.Etat.ABANDONNE])
def test_an_answered_or_abandoned_complement_is_left_alone(dossier, messages, etat):
    demander(dossier("en_instruction"), etat=etat)
    for jour in (15, 25, 60):
        assert apres(jour) == 0
    assert messages("complement_rappel") == []


def test_a_dossier_closed_meanwhile_is_left_alone(complement, messages):
    essai.amener(complement.demande, "classee_sans_suite")
    assert apres(15) == 0
    assert messages("complement_rappel") == []


@pytest.mark.parametrize(("jour", "propose"), [(59, False), (60, True), (90, True)])
def test_at_60_days_the_agent_sees_a_flag_and_the_dossier_stays_open(complement, jour, propose):
    apres(jour)
    apres(jour)

    demande = Demande.objects.get()
    assert (COMPLEMENT_SANS_REPONSE in demande.signalements) is propose
    assert demande.etat == "complement_demande"
    assert Evenement.objects.filter(type="classement_propose").count() == propose


def test_the_clock_does_not_make_the_agents_page_stale(complement):
    avant = Demande.objects.get().version
    apres(25)
    apres(60)
    assert Demande.objects.get().version == avant


def test_the_flag_goes_with_the_complement(complement):
    apres(60)
    renoncer_au_complement(
        demande_id=complement.demande_id, agent_id=complement.demande_par_id, version=None,
        motif="Pièce retrouvée.", maintenant=DEMANDE_LE + timedelta(days=61),
    )  # fmt: skip
    assert Demande.objects.get().signalements == []


def test_a_dossier_that_fails_does_not_hold_the_next_one(dossier, messages, monkeypatch):
    premier = demander(dossier("complement_demande"))
    demander(dossier("complement_demande"), demande_le=DEMANDE_LE + timedelta(minutes=1))
    prevenir = horloge.prevenir

    def tomber(demande, **valeurs):
        if demande.pk == premier.demande_id:
            raise ValueError("adresse")
        prevenir(demande, **valeurs)

    monkeypatch.setattr(horloge, "prevenir", tomber)
    assert apres(15) == 1

    premier.refresh_from_db()
    assert premier.rappels == []
    assert len(messages("complement_rappel")) == 1
    monkeypatch.undo()
    assert apres(15) == 1


def test_a_sweep_stops_in_time_and_the_next_one_goes_on(dossier, monkeypatch):
    from demandes.operations.horloges import balayage

    for rang in range(3):
        demander(dossier("complement_demande"), demande_le=DEMANDE_LE + timedelta(minutes=rang))
    monkeypatch.setattr(balayage, "DUREE_BALAYAGE_S", -1)
    assert apres(15) == 0
    monkeypatch.undo()
    assert apres(15) == 3


def test_the_number_of_queries_of_a_sweep_with_nothing_to_do_does_not_grow(
    dossier, django_assert_max_num_queries
):
    for _fois in range(4):
        demander(dossier("complement_demande"))
    apres(15)
    with django_assert_max_num_queries(4):
        apres(16)
