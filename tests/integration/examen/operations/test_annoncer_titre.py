"""The card is there: what is due, and its dates (R-INSTR-5)."""

from datetime import date, timedelta

import pytest

from comptes.models import Courriel
from demandes.etats import Etat
from demandes.models import Evenement, Remise
from demandes.operations.annoncer_titre import annoncer_titre, fin_la_plus_tardive, montant_du
from demandes.operations.refus import ActionImpossible
from referentiels.models import Tarif
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import AU, MAINTENANT


def decidee(agent, profil=None):
    return examen.amener(examen.depose(profil), Etat.DECISION_FAVORABLE, agent)


def test_the_person_is_told_what_is_due_and_what_to_bring_back(agent):
    demande = decidee(agent, essai.refugie_renouvellement())

    remise = examen.faire(annoncer_titre, demande, agent, **examen.titre())

    assert demande.etat == Etat.TITRE_DISPONIBLE
    assert [(ligne["libelle"], ligne["euros"], ligne["article"]) for ligne in remise.lignes] == [
        ("Taxe de renouvellement", 200, "L.436-2"), ("Droit de timbre", 50, "L.436-7"),
    ]  # fmt: skip
    assert (remise.euros, remise.a_confirmer, remise.titre_numero) == (250, True, "FIC1234567")
    assert remise.annoncee_le == MAINTENANT
    valeurs = Courriel.objects.get(type="titre_disponible").valeurs
    assert (valeurs["euros"], valeurs["ancien_titre"]) == (250, True)


def test_a_first_permit_has_no_old_one_to_bring_back(agent):
    demande = decidee(agent)

    remise = examen.faire(annoncer_titre, demande, agent, **examen.titre())

    assert remise.euros == 50
    assert Courriel.objects.get(type="titre_disponible").valeurs["ancien_titre"] is False


def test_the_amount_is_that_of_the_day(agent):
    demande = decidee(agent, essai.refugie_renouvellement())

    assert montant_du(demande, date(2026, 4, 30), majoration=False).euros == 225
    assert montant_du(demande, date(2026, 5, 1), majoration=False).euros == 250
    assert montant_du(demande, date(2026, 4, 30), majoration=False).a_confirmer is False


def test_the_surcharge_is_added_by_the_agent_with_a_reason_and_never_by_itself(agent):
    demande = decidee(agent, essai.refugie_renouvellement(fin=AU - timedelta(days=30)))
    assert montant_du(demande, AU, majoration=False).euros == 250

    remise = examen.faire(
        annoncer_titre, demande, agent, **examen.titre(), majoration=" Demande après l’expiration. "
    )

    assert remise.euros == 430
    assert remise.lignes[-1]["article"] == "L.436-5"
    assert Evenement.objects.get(type="annoncer_titre").valeurs == {
        "euros": 430, "majoration": "Demande après l’expiration.",
    }  # fmt: skip


@pytest.mark.parametrize(("profil", "ans"), [
    (essai.refugie, 10), (essai.protection_subsidiaire, 4), (essai.conjoint, 10), (essai.conjoint_renouvellement, 4),
])  # fmt: skip
def test_a_card_lasts_as_long_as_the_law_says_and_not_a_day_more(agent, profil, ans):
    demande = decidee(agent, profil())
    debut = date(2026, 12, 1)
    assert fin_la_plus_tardive(demande, debut) == date(2026 + ans, 11, 30)

    with pytest.raises(ActionImpossible, match="dates_du_titre"):
        examen.faire(
            annoncer_titre, demande, agent, titre_numero="FIC12345", titre_debut=debut,
            titre_fin=date(2026 + ans, 12, 1),
        )  # fmt: skip
    examen.faire(annoncer_titre, demande, agent, **examen.titre(debut, ans))
    assert Remise.objects.get().titre_fin == date(2026 + ans, 11, 30)


@pytest.mark.parametrize(
    ("valeurs", "code"),
    [
        ({"titre_numero": ""}, "numero_du_titre"),
        ({"titre_numero": "AB12"}, "numero_du_titre"),
        ({"titre_numero": "A" * 21}, "numero_du_titre"),
        ({"titre_numero": "FIC-12345"}, "numero_du_titre"),
        ({"titre_numero": "<script>"}, "numero_du_titre"),
        ({"titre_debut": date(2030, 1, 1), "titre_fin": date(2029, 12, 31)}, "dates_du_titre"),
        ({"titre_fin": date.max}, "dates_du_titre"),
    ],
)
def test_what_cannot_stand_on_a_card_is_refused(agent, valeurs, code):
    demande = decidee(agent)

    with pytest.raises(ActionImpossible, match=code):
        examen.faire(annoncer_titre, demande, agent, **{**examen.titre(), **valeurs})
    assert not Remise.objects.exists()


def test_without_a_tariff_nothing_is_announced(agent):
    demande = decidee(agent)
    Tarif.objects.filter(titre_code="CR10", nature="premiere").delete()

    with pytest.raises(ActionImpossible, match="tarif"):
        examen.faire(annoncer_titre, demande, agent, **examen.titre())


def test_a_card_by_four_years_of_residence_is_priced_as_such(agent):
    ligne = essai.personne(statut="protection_subsidiaire", residence_reguliere_depuis=date(2020, 1, 1))
    essai.titre(ligne, "csp_bps", fin=AU + timedelta(days=20), mois=48)
    demande = decidee(agent, essai.pour_soi(ligne, nature="renouvellement"))
    assert "L.424-13" in demande.donnees["orientation"]["fondements"]

    assert montant_du(demande, AU, majoration=False).euros == 250
