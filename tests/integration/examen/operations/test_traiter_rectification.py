"""What the person says is wrong: corrected, or refused with an answer (R-ESPACE-2)."""

import pytest

from comptes.models import Courriel, Notification
from demandes.models import Demande, Evenement, Rectification
from demandes.operations.refus import ActionImpossible
from demandes.operations.traiter_rectification import corriger_comme_signale, traiter_rectification
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT

CORRECTION = {"champ": "nom", "valeur": "AUTRE-FICTIF", "motif": "Passeport vu."}


@pytest.fixture
def signalee(demande) -> Rectification:
    return Rectification.objects.create(
        demande=demande, champ="nom", valeur="AUTRE-FICTIF", explication="Mon nom est mal écrit."
    )


@pytest.mark.parametrize("etat", ["refusee", "corrigee"])
def test_the_person_reads_the_answer(demande, agent, signalee, etat):
    examen.faire(
        traiter_rectification, demande, agent, rectification_id=signalee.pk, etat=etat, reponse=" C’est vu. "
    )

    signalee.refresh_from_db()
    assert (signalee.etat, signalee.reponse, signalee.traitee_par, signalee.traitee_le) == (
        etat, "C’est vu.", agent, MAINTENANT,
    )  # fmt: skip
    courriel = Courriel.objects.get(type="rectification_traitee")
    assert courriel.valeurs == {
        "numero": demande.numero, "nature": "premiere", "enfant": "", "corrigee": etat == "corrigee",
        "reponse": "C’est vu.",
    }  # fmt: skip
    assert Notification.objects.filter(type="rectification_traitee").count() == 1
    assert Evenement.objects.get(type="traiter_rectification").valeurs == {
        "rectification": signalee.pk, "champ": "nom", "etat": etat,
    }  # fmt: skip


def test_an_answer_says_something(demande, agent, signalee):
    with pytest.raises(ActionImpossible, match="phrase"):
        examen.faire(
            traiter_rectification, demande, agent, rectification_id=signalee.pk, etat="refusee", reponse=" "
        )
    signalee.refresh_from_db()
    assert signalee.etat == "ouverte"


def test_corrected_the_field_changes_and_one_message_says_so(demande, agent, signalee):
    examen.faire(corriger_comme_signale, demande, agent, rectification_id=signalee.pk, **CORRECTION)

    signalee.refresh_from_db()
    assert demande.donnees["civil"]["nom"] == "AUTRE-FICTIF"
    assert (signalee.etat, signalee.traitee_par) == ("corrigee", agent)
    assert Courriel.objects.filter(type="correction").count() == 1
    assert not Courriel.objects.filter(type="rectification_traitee").exists()
    assert list(Evenement.objects.order_by("pk").values_list("type", flat=True)) == [
        "deposer", "corriger", "traiter_rectification",
    ]  # fmt: skip


def test_a_correction_that_is_refused_leaves_the_report_open(demande, agent, signalee):
    with pytest.raises(ActionImpossible, match="valeur"):
        examen.faire(
            corriger_comme_signale,
            demande,
            agent,
            rectification_id=signalee.pk,
            **{**CORRECTION, "valeur": ""},
        )
    signalee.refresh_from_db()
    assert signalee.etat == "ouverte"
    assert Demande.objects.get().donnees["civil"]["nom"] == "HAÏDARI-FICTIF"


@pytest.mark.parametrize("quoi", ["traitée", "d’un autre dossier", "inconnue"])
@pytest.mark.parametrize("operation", [traiter_rectification, corriger_comme_signale])
def test_what_is_not_open_is_not_answered(demande, agent, signalee, quoi, operation):
    numero = signalee.pk
    if quoi == "traitée":
        Rectification.objects.update(etat="refusee")
    elif quoi == "inconnue":
        numero = 0
    else:
        numero = Rectification.objects.create(demande=examen.depose(), champ="nom", explication="Autre.").pk
    valeurs = CORRECTION if operation is corriger_comme_signale else {"etat": "refusee", "reponse": "Non."}

    with pytest.raises(ActionImpossible, match="rectification_absente"):
        examen.faire(operation, demande, agent, rectification_id=numero, **valeurs)
