"""A declared status, OFPRA's civil status: settled by a human or by the register (R-INSTR-6, spec part 13)."""

import pytest

from attestations.models import Attestation
from comptes.models import Courriel, Notification
from demandes.etats import Etat
from demandes.models import Demande, Evenement
from demandes.operations.refus import ActionImpossible
from demandes.operations.verifier_statut import constater_etat_civil, recevoir_etat_civil, verifier_statut
from referentiels.models import PersonneAgdref
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen

MOTIF = {"motif": " Vu au fichier de l’OFPRA. "}


@pytest.fixture
def declare() -> Demande:
    """A refugee whom the register does not know."""
    return examen.depose(essai.inconnu_du_registre())


@pytest.fixture
def ofpra_attendu() -> Demande:
    return examen.depose(essai.refugie(registre={"etat_civil_ofpra": False}))


def test_the_apd_follows_dated_from_the_deposit(declare, agent):
    assert "STATUT_A_VERIFIER" in declare.signalements

    examen.faire(verifier_statut, declare, agent, **MOTIF)

    apd = Attestation.objects.get(type="APD")
    assert apd.debut.isoformat() == declare.donnees["au"]
    assert (declare.controle, declare.droits_jusqu_au) == ("confirme", apd.fin)
    assert "STATUT_A_VERIFIER" not in declare.signalements
    assert Evenement.objects.get(type="verifier_statut").valeurs == {"motif": "Vu au fichier de l’OFPRA."}
    courriel = Courriel.objects.get(type="statut_verifie")
    assert (courriel.attestation, courriel.valeurs["apd"]) == (apd, True)


def test_the_confirmation_that_gives_no_right_is_replaced_by_the_apd(declare, agent):
    examen.faire(verifier_statut, declare, agent, **MOTIF)

    assert Attestation.objects.get(type="CONFIRMATION_DEPOT").remplacee_le is not None
    assert Attestation.objects.get(type="APD").remplacee_le is None


def test_a_family_member_keeps_the_confirmation(agent):
    profil = essai.conjoint()
    PersonneAgdref.objects.filter(numero_etranger=profil.compte.numero_etranger).update(statut="", lien="")
    demande = examen.depose(profil)
    assert demande.controle == "a_verifier"

    examen.faire(verifier_statut, demande, agent, **MOTIF)

    assert not Attestation.objects.filter(type="APD").exists()
    assert Attestation.objects.get().remplacee_le is None
    assert Courriel.objects.get(type="statut_verifie").valeurs["apd"] is False


def test_a_status_that_the_register_knows_is_not_verified_again(demande, agent):
    with pytest.raises(ActionImpossible, match="etat"):
        examen.faire(verifier_statut, demande, agent, **MOTIF)


@pytest.mark.parametrize("operation", [verifier_statut, constater_etat_civil])
def test_how_it_was_checked_must_be_said(declare, ofpra_attendu, agent, operation):
    demande = declare if operation is verifier_statut else ofpra_attendu
    with pytest.raises(ActionImpossible, match="phrase"):
        examen.faire(operation, demande, agent, motif="   ")


def test_once_ofpra_has_rebuilt_the_civil_status_the_person_is_told(ofpra_attendu, agent):
    examen.faire(constater_etat_civil, ofpra_attendu, agent, **MOTIF)

    assert not ofpra_attendu.ofpra_en_attente
    assert Courriel.objects.filter(type="etat_civil_recu").count() == 1
    entree = Evenement.objects.get(type="etat_civil_recu")
    assert (entree.acteur, entree.valeurs) == (agent, {"motif": "Vu au fichier de l’OFPRA."})


def test_nothing_is_noted_when_ofpra_is_not_waited_for(demande, agent):
    with pytest.raises(ActionImpossible, match="etat"):
        examen.faire(constater_etat_civil, demande, agent, **MOTIF)


def test_the_register_settles_it_by_itself_once(ofpra_attendu):
    assert recevoir_etat_civil(demande_id=ofpra_attendu.pk) is True
    assert recevoir_etat_civil(demande_id=ofpra_attendu.pk) is False

    ofpra_attendu.refresh_from_db()
    assert not ofpra_attendu.ofpra_en_attente
    entree = Evenement.objects.get(type="etat_civil_recu")
    assert (entree.acteur, entree.valeurs) == (None, {"motif": "registre"})
    assert Notification.objects.filter(type="etat_civil_recu").count() == 1


def test_the_register_settles_nothing_of_a_closed_dossier(ofpra_attendu):
    essai.amener(ofpra_attendu, Etat.CLASSEE_SANS_SUITE)

    assert recevoir_etat_civil(demande_id=ofpra_attendu.pk) is False
    assert not Evenement.objects.filter(type="etat_civil_recu").exists()
