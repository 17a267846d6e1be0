"""OFPRA's civil status: the register is asked for the dossiers that wait, those asked longest ago first."""

from datetime import timedelta
from typing import ClassVar

import pytest

from demandes.models import Demande, Evenement
from demandes.operations.horloges import demander_etats_civils as horloge
from demandes.operations.horloges.demander_etats_civils import demander_les_etats_civils
from referentiels.agdref import AgdrefIndisponible, AgdrefLocal
from referentiels.models import PersonneAgdref
from tests import dossiers_d_essai as essai

MAINTENANT = essai.MAINTENANT


def en_attente(dossier, etat: str = "en_instruction") -> Demande:
    """A dossier that waits for OFPRA."""
    demande = dossier(
        etat, profil=lambda **options: essai.refugie(registre={"etat_civil_ofpra": False}, **options)
    )
    assert demande.ofpra_en_attente
    return demande


def rendu(demande: Demande) -> None:
    """OFPRA has rebuilt the civil status."""
    PersonneAgdref.objects.filter(numero_etranger=demande.beneficiaire).update(etat_civil_ofpra=True)


def apres(heures: float) -> int:
    return demander_les_etats_civils(maintenant=MAINTENANT + timedelta(hours=heures))


def test_the_dossier_waits_until_the_register_has_it_and_the_person_is_told_once(dossier, messages):
    demande = en_attente(dossier)
    assert apres(0) == 0
    rendu(demande)
    assert apres(12) == 1
    assert apres(24) == 0

    demande.refresh_from_db()
    assert not demande.ofpra_en_attente
    assert len(messages("etat_civil_recu")) == 1
    assert Evenement.objects.filter(type="etat_civil_recu").count() == 1


def test_asking_changes_nothing_of_the_dossier(dossier):
    demande = en_attente(dossier)
    avant = Demande.objects.values("version", "modifie_le", "signalements").get()
    apres(0)
    assert Demande.objects.values("version", "modifie_le", "signalements").get() == avant
    demande.refresh_from_db()
    assert demande.registre_consulte_le == MAINTENANT


@pytest.mark.parametrize("etat", ["retiree", "classee_sans_suite"])
def test_a_closed_dossier_is_not_asked_for(dossier, etat):
    demande = en_attente(dossier, etat)
    rendu(demande)
    assert apres(0) == 0


class Ecoute(AgdrefLocal):
    """The register, that notes whom it is asked for and does not answer for `muets`."""

    posees: ClassVar[list[str]]
    muets: ClassVar[set[str]]

    def personne(self, identifiant):
        self.posees.append(identifiant)
        if identifiant in self.muets:
            raise AgdrefIndisponible
        return super().personne(identifiant)


@pytest.fixture
def registre(monkeypatch) -> type[Ecoute]:
    Ecoute.posees, Ecoute.muets = [], set()
    monkeypatch.setattr(horloge.agdref, "service", Ecoute)
    return Ecoute


def test_each_is_asked_for_in_turn_never_twice_in_twelve_hours(dossier, registre):
    for _fois in range(3):
        en_attente(dossier)
    for minute in range(3):
        Demande.objects.filter(pk=Demande.objects.order_by("deposee_le", "pk")[minute].pk).update(
            registre_consulte_le=MAINTENANT - timedelta(days=1, minutes=minute)
        )
    attendus = list(Demande.objects.order_by("registre_consulte_le").values_list("beneficiaire", flat=True))
    registre.posees.clear()

    apres(0)
    apres(1)
    assert registre.posees == attendus
    apres(12)
    assert sorted(registre.posees[3:]) == sorted(attendus)


def test_one_answer_that_does_not_come_does_not_hold_the_others(dossier, registre):
    demandes = [en_attente(dossier) for _fois in range(3)]
    for demande in demandes:
        rendu(demande)
    registre.muets.add(demandes[0].beneficiaire)
    assert apres(0) == 2


def test_a_register_that_is_down_is_left_in_peace_until_the_next_sweep(dossier, registre):
    """Then those never asked for come first: nobody is left out because others failed."""
    demandes = [en_attente(dossier) for _fois in range(6)]
    registre.muets |= {demande.beneficiaire for demande in demandes}
    registre.posees.clear()
    apres(0)
    assert len(registre.posees) == horloge.MUETS_AVANT_ARRET
    registre.muets.clear()
    apres(1)
    assert len(set(registre.posees)) == 6
