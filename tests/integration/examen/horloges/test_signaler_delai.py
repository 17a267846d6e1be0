"""The legal delay that passes: the agent sees it, the person is told once what it means (R.424-1, R.*432-1)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from demandes.echeances import debut_du_jour
from demandes.models import Complement, Demande, Evenement
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.dossier import DELAI_LEGAL_DEPASSE
from demandes.operations.horloges.signaler_delai import signaler_les_delais
from tests import dossiers_d_essai as essai

# Three months later is 28 February, four months later 30 March.
DEPOSE_LE = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def le(annee: int, mois: int, jour: int) -> int:
    """The first instant of that day in Paris."""
    return signaler_les_delais(maintenant=debut_du_jour(date(annee, mois, jour)))


@pytest.mark.parametrize(
    ("profil", "dernier", "passe", "protege"),
    [
        (essai.refugie, (2027, 2, 28), (2027, 3, 1), True),
        (essai.protection_subsidiaire, (2027, 2, 28), (2027, 3, 1), True),
        (essai.conjoint, (2027, 3, 30), (2027, 3, 31), False),
        (essai.ascendant, (2027, 3, 30), (2027, 3, 31), False),
    ],
)
@pytest.mark.parametrize("etat", ["deposee", "en_instruction"])
def test_the_day_after_the_delay_the_agent_sees_it_and_the_person_is_told_once(
    dossier, messages, profil, dernier, passe, protege, etat
):
    demande = dossier(etat, le=DEPOSE_LE, profil=profil)

    assert le(*dernier) == 0
    assert messages("delai_legal_depasse") == []
    assert le(*passe) == 1
    assert le(*passe) == 0

    demande.refresh_from_db()
    assert DELAI_LEGAL_DEPASSE in demande.signalements
    assert demande.etat == etat
    attendu = {"jour": date(*dernier).isoformat(), "protege": protege}
    assert [attendu.items() <= message.items() for message in messages("delai_legal_depasse")] == [True]
    assert Evenement.objects.filter(type="delai_legal_depasse").count() == 1


@pytest.mark.parametrize("arret", [7, 14, 100])
def test_a_beat_that_was_stopped_is_caught_up_once(dossier, messages, arret):
    dossier(le=DEPOSE_LE)
    passe = debut_du_jour(date(2027, 3, 1)) + timedelta(days=arret)
    assert signaler_les_delais(maintenant=passe) == 1
    assert signaler_les_delais(maintenant=passe + timedelta(hours=1)) == 0
    assert len(messages("delai_legal_depasse")) == 1


@pytest.mark.parametrize(
    "etat",
    ["decision_favorable", "decision_defavorable", "classee_sans_suite", "titre_disponible", "retiree"],
)
def test_a_dossier_that_was_decided_or_closed_is_left_alone(dossier, messages, etat):
    dossier(etat, le=DEPOSE_LE)
    assert le(2027, 6, 1) == 0
    assert messages("delai_legal_depasse") == []


def test_while_the_person_has_a_complement_to_send_nobody_speaks_of_silence(dossier):
    demande = dossier("complement_demande", le=DEPOSE_LE)
    assert le(2027, 6, 1) == 0
    essai.amener(demande, "en_instruction")
    assert le(2027, 6, 1) == 1


@pytest.mark.parametrize(
    ("repondu", "jours"), [(10, 10), (30, 30), (45, 30)], ids=["early answer", "last day", "late answer"]
)
def test_the_time_given_to_complete_the_dossier_is_not_silence_for_the_family(dossier, repondu, jours):
    """CRPA L.114-5: suspended during the time given, or until the answer."""
    demande = dossier("en_instruction", le=DEPOSE_LE, profil=essai.conjoint)
    demande_le = DEPOSE_LE + timedelta(days=20)
    Complement.objects.create(
        demande=demande, demande_par=essai.agent(), demande_le=demande_le, etat="transmis",
        echeance=demande_le.date() + timedelta(days=30), clos_le=demande_le + timedelta(days=repondu),
    )  # fmt: skip
    dernier = debut_du_jour(date(2027, 3, 30) + timedelta(days=jours))

    assert signaler_les_delais(maintenant=dernier + timedelta(hours=20)) == 0
    assert signaler_les_delais(maintenant=dernier + timedelta(hours=25)) == 1


def test_a_deposit_in_the_last_minutes_of_the_year_in_london_counts_from_the_new_year(dossier):
    dossier(le=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert le(2027, 4, 1) == 0
    assert le(2027, 4, 2) == 1


def test_the_flag_goes_with_the_decision(dossier):
    demande = dossier("en_instruction", le=DEPOSE_LE)
    le(2027, 3, 1)
    demande.pieces.update(avis="acceptee")
    decider_favorable(
        demande_id=demande.pk, agent_id=essai.agent(essai.prefecture("39")).pk, version=None,
        maintenant=debut_du_jour(date(2027, 3, 2)),
    )  # fmt: skip
    assert Demande.objects.get().signalements == []
