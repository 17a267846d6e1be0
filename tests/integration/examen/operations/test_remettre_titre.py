"""The card is handed over against its stamp and the old permit, and the register knows it (R-INSTR-5)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Courriel
from demandes.etats import Etat
from demandes.models import Convocation, Demande, Remise
from demandes.operations import remettre_titre as module
from demandes.operations.convoquer import convoquer
from demandes.operations.refus import ActionImpossible
from demandes.operations.remettre_titre import TYPES, remettre_titre
from demandes.parcours.dossier import Dossier
from demandes.regles.codes import CodeTitre
from referentiels import agdref
from referentiels.agdref import AgdrefIndisponible
from referentiels.models import DocumentAgdref, PersonneAgdref, Timbre
from referentiels.operations.enregistrer_titre import enregistrer_titre
from referentiels.timbres import TimbreIndisponible, TimbresLocaux
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT

NUMERO = "1234567890123456"
RENDU = {"timbre": NUMERO, "ancien_titre_rendu": True}
SANS_ANCIEN = {"timbre": NUMERO, "ancien_titre_rendu": None}


@pytest.fixture
def renouvellement(agent) -> Demande:
    """The card of a refugee's renewal is at the counter: 250 € are due."""
    return examen.amener(examen.depose(essai.refugie_renouvellement()), Etat.TITRE_DISPONIBLE, agent)


@pytest.fixture
def premiere(agent) -> Demande:
    """The card of a refugee's first application is at the counter: 50 € are due."""
    return examen.amener(examen.depose(), Etat.TITRE_DISPONIBLE, agent)


def code_du_refus(demande, agent, **valeurs) -> str:
    with pytest.raises(ActionImpossible) as refus:
        examen.faire(remettre_titre, demande, agent, **valeurs)
    assert demande.etat == Etat.TITRE_DISPONIBLE
    assert Remise.objects.get(demande=demande).timbre is None
    return refus.value.code


def test_the_dossier_ends_with_the_card_in_hand(renouvellement, agent):
    examen.timbre(250)

    examen.faire(remettre_titre, renouvellement, agent, **{**RENDU, "timbre": " 1234 5678 9012 3456 "})

    remise = Remise.objects.get()
    assert (renouvellement.etat, renouvellement.close_le) == (Etat.TITRE_REMIS, MAINTENANT)
    assert (remise.timbre, remise.remise_le, remise.remise_par) == (NUMERO, MAINTENANT, agent)
    assert remise.ancien_titre_rendu is True
    timbre = Timbre.objects.get()
    assert timbre.utilise_le
    assert timbre.reference == renouvellement.numero
    assert Attestation.objects.get(type="ADF").remplacee_le == MAINTENANT
    assert Courriel.objects.get(type="titre_remis").valeurs["fin"] == "2036-11-22"


@pytest.mark.parametrize(
    ("numero", "code"),
    [
        ("123456789012345", "timbre_format"),
        ("12345678901234567", "timbre_format"),
        ("123456789012345A", "timbre_format"),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", "timbre_format"),
        ("", "timbre_format"),
        ("9999999999999999", "timbre_inconnu"),
    ],
)
def test_a_stamp_has_sixteen_digits_and_was_sold(renouvellement, agent, numero, code):
    examen.timbre(250)

    assert code_du_refus(renouvellement, agent, **{**RENDU, "timbre": numero}) == code
    assert Timbre.objects.get().utilise_le is None


@pytest.mark.parametrize("euros", [249, 251, 50, 500])
def test_a_stamp_of_another_amount_is_refused_and_stays_good(renouvellement, agent, euros):
    examen.timbre(euros)

    assert code_du_refus(renouvellement, agent, **RENDU) == "timbre_montant"
    assert Timbre.objects.get().utilise_le is None


def test_a_stamp_that_has_served_is_refused(renouvellement, agent):
    examen.timbre(250, utilise_le=timezone.now(), reference="AILLEURS")

    assert code_du_refus(renouvellement, agent, **RENDU) == "timbre_utilise"


def test_a_stamp_that_has_served_for_another_dossier_here_is_refused(renouvellement, agent):
    autre = examen.amener(examen.depose(essai.refugie_renouvellement()), Etat.TITRE_DISPONIBLE, agent)
    examen.timbre(250)
    examen.faire(remettre_titre, autre, agent, **RENDU)

    assert code_du_refus(renouvellement, agent, **RENDU) == "timbre_utilise"


def test_the_database_itself_takes_a_stamp_once(renouvellement, agent):
    autre = examen.amener(examen.depose(), Etat.TITRE_DISPONIBLE, agent)
    Remise.objects.filter(demande=autre).update(timbre=NUMERO)

    with pytest.raises(IntegrityError), transaction.atomic():
        Remise.objects.filter(demande=renouvellement).update(timbre=NUMERO)


def test_the_old_permit_is_given_back_or_one_says_why(renouvellement, agent):
    examen.timbre(250)

    assert code_du_refus(renouvellement, agent, timbre=NUMERO, ancien_titre_rendu=None) == "ancien_titre"
    assert code_du_refus(renouvellement, agent, timbre=NUMERO, ancien_titre_rendu=False) == "ancien_titre"
    examen.faire(
        remettre_titre, renouvellement, agent, timbre=NUMERO, ancien_titre_rendu=False,
        ancien_titre_motif=" Perdu, déclaration vue. ",
    )  # fmt: skip

    remise = Remise.objects.get()
    assert (remise.ancien_titre_rendu, remise.ancien_titre_motif) == (False, "Perdu, déclaration vue.")


def test_who_held_no_permit_gives_none_back(premiere, agent):
    examen.timbre(50)

    examen.faire(remettre_titre, premiere, agent, **SANS_ANCIEN)

    assert Remise.objects.get().ancien_titre_rendu is None


def test_an_appointment_for_the_collection_is_kept(premiere, agent):
    examen.timbre(50)
    examen.faire(
        convoquer, premiere, agent, objet="remise", le=MAINTENANT + timedelta(days=2), lieu="Guichet 3"
    )

    examen.faire(remettre_titre, premiere, agent, **SANS_ANCIEN)

    assert Convocation.objects.get().etat == "honoree"


# --- the services of the outside ---------------------------------------------------------------------------


class TimbresMuets(TimbresLocaux):
    def consulter(self, numero):
        raise TimbreIndisponible


def test_a_service_of_stamps_that_does_not_answer_is_told(premiere, agent, monkeypatch):
    monkeypatch.setattr(module.timbres, "service", TimbresMuets)

    assert code_du_refus(premiere, agent, **SANS_ANCIEN) == "timbre_indisponible"


class RegistreMuet(agdref.AgdrefLocal):
    def enregistrer_titre(self, titre):
        raise AgdrefIndisponible


def test_a_register_that_does_not_answer_leaves_the_stamp_good(premiere, agent, monkeypatch):
    examen.timbre(50)
    with monkeypatch.context() as sourd:
        sourd.setattr(module.agdref, "service", RegistreMuet)
        assert code_du_refus(premiere, agent, **SANS_ANCIEN) == "registre_indisponible"

    examen.faire(remettre_titre, premiere, agent, **SANS_ANCIEN)
    assert premiere.etat == Etat.TITRE_REMIS


def test_a_remote_service_that_remembers_a_failed_try_lets_the_same_dossier_through(premiere, agent):
    examen.timbre(50, utilise_le=timezone.now(), reference=premiere.numero)

    examen.faire(remettre_titre, premiere, agent, **SANS_ANCIEN)

    assert premiere.etat == Etat.TITRE_REMIS


# --- the register afterwards ---------------------------------------------------------------------------------


def test_every_title_has_its_type_in_the_register():
    assert set(TYPES) == set(CodeTitre)
    assert set(TYPES.values()) <= set(DocumentAgdref.Type.values)


def test_the_next_renewal_is_filled_in_from_the_card_handed_over(premiere, agent):
    examen.timbre(50)
    examen.faire(remettre_titre, premiere, agent, **SANS_ANCIEN)
    connu = agdref.service().personne(premiere.beneficiaire).titre_detenu
    assert (connu.type, connu.numero, connu.debut, connu.fin, connu.remis) == (
        "carte_resident", "FIC1234567", date(2026, 11, 23), date(2036, 11, 22), True,
    )  # fmt: skip

    au = date(2036, 10, 1)
    suivante = essai.Profil(
        Demande.objects.create(compte=premiere.compte), situation={"nature": "renouvellement"}
    )
    suivante.remplir("situation", au=au)

    dossier = Dossier(suivante.demande, au=au)
    assert dossier.titre_detenu == connu
    assert dossier.orientation.recevable
    assert dossier.situation.nature == "renouvellement"


def test_who_was_unknown_is_known_with_the_civil_status_that_was_checked(agent):
    demande = examen.depose(essai.inconnu_du_registre())
    Demande.objects.filter(pk=demande.pk).update(controle="confirme", ofpra_en_attente=False)
    examen.amener(demande, Etat.TITRE_DISPONIBLE, agent)
    examen.timbre(50)

    examen.faire(remettre_titre, demande, agent, **SANS_ANCIEN)

    personne = PersonneAgdref.objects.get(numero_etranger=demande.beneficiaire)
    assert (personne.nom, personne.prenoms, personne.statut) == (
        "DÉCLARÉ-FICTIF",
        ["Sara", "Mina"],
        "refugie",
    )
    assert personne.residence_reguliere_depuis == date(2026, 11, 23)
    assert personne.documents.count() == 1


def test_what_the_register_knows_better_is_left_alone_and_twice_is_once(premiere, agent):
    PersonneAgdref.objects.filter(numero_etranger=premiere.beneficiaire).update(
        residence_reguliere_depuis=date(2020, 1, 1), nom="DU-REGISTRE-FICTIF"
    )
    titre = module._titre_delivre(premiere, Remise.objects.get())

    enregistrer_titre(titre)
    enregistrer_titre(titre)

    personne = PersonneAgdref.objects.get(numero_etranger=premiere.beneficiaire)
    assert (personne.nom, personne.residence_reguliere_depuis) == ("DU-REGISTRE-FICTIF", date(2020, 1, 1))
    assert personne.documents.filter(nature="titre").count() == 1
