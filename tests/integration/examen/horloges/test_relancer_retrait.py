"""A card that nobody came for: reminders 30 and 60 days after it was announced (spec part 13)."""

from datetime import date, timedelta

import pytest

from demandes.models import Evenement, Remise
from demandes.operations.horloges.relancer_retrait import relancer_les_retraits
from tests import dossiers_d_essai as essai

ANNONCEE_LE = essai.MAINTENANT


@pytest.fixture
def remise(dossier) -> Remise:
    return Remise.objects.create(
        demande=dossier("titre_disponible"), annoncee_le=ANNONCEE_LE, lignes=[], euros=50, titre_numero="FIC0000001",
        titre_debut=date(2026, 11, 1), titre_fin=date(2036, 10, 31),
    )  # fmt: skip


def apres(jours: float) -> int:
    return relancer_les_retraits(maintenant=ANNONCEE_LE + timedelta(days=jours))


def test_the_person_is_reminded_at_30_and_at_60_days_and_no_more(remise, messages):
    for jour in range(1, 200):
        apres(jour)

    assert [m["euros"] for m in messages("retrait_rappel")] == [50, 50]
    remise.refresh_from_db()
    assert remise.rappels == [30, 60]
    assert Evenement.objects.filter(type="retrait_rappele").count() == 2


@pytest.mark.parametrize(("jour", "rappels"), [(29, []), (30, [30]), (59, [30]), (60, [60]), (74, [60])])
def test_after_a_beat_that_was_stopped_the_last_reminder_alone_goes_out(remise, messages, jour, rappels):
    apres(jour)
    apres(jour)
    remise.refresh_from_db()
    assert remise.rappels == rappels
    assert len(messages("retrait_rappel")) == len(rappels)


def test_a_card_that_was_handed_over_is_left_alone(remise, messages):
    agent = essai.agent(essai.prefecture("39"))
    Remise.objects.update(
        remise_le=ANNONCEE_LE + timedelta(days=2), remise_par=agent, timbre="9900000000000001"
    )
    essai.amener(remise.demande, "titre_remis")
    assert apres(30) == 0
    assert messages("retrait_rappel") == []
