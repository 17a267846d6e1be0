"""« For my child » is a way in to somebody else's number: what a stranger can read and take through it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from demandes.models import Demande
from demandes.operations.deposer import deposer
from demandes.vues.depot.assistant import ENFANTS_PAR_JOUR
from tests import dossiers_d_essai as essai
from tests.integration.securite.reperes import champs_de_l_enfant

NE_VONT_PAS = "Ce numéro et cette date de naissance ne vont pas ensemble"


@pytest.fixture
def annee() -> int:
    """Of someone who is 16 today."""
    return timezone.localdate().year - 16


@pytest.fixture
def etranger(connecter):
    """A stranger's browser and the address of step 1 of a draft « for my child »."""
    compte = essai.compte_de(essai.personne(nom="TIERS-FICTIF"))
    demande = Demande.objects.create(compte=compte, pour_mineur=True)
    return connecter(compte), f"/demarches/{demande.pk}/situation/"


def test_nobody_opens_a_demande_in_the_name_of_an_adult_whose_number_they_know(etranger, annee):
    victime = essai.personne(nom="VICTIME-FICTIVE", date_naissance="1990-03-14")
    navigateur, adresse = etranger

    page = navigateur.soumettre(adresse, champs_de_l_enfant(victime.numero_etranger, date(annee, 1, 1)))

    assert page.status_code == 200
    assert NE_VONT_PAS in page.content.decode()
    suite = navigateur.get(adresse.replace("situation", "identite"))
    assert suite.status_code == 302
    assert suite.url == adresse


def test_a_mistyped_number_that_is_somebody_else_s_is_told_before_anything_is_deposited(etranger, annee):
    autre = essai.personne(nom="AUTRE-FICTIF", date_naissance=f"{annee}-02-03")
    navigateur, adresse = etranger

    page = navigateur.soumettre(adresse, champs_de_l_enfant(autre.numero_etranger, date(annee, 2, 4)))

    assert NE_VONT_PAS in page.content.decode()
    assert "AUTRE-FICTIF" not in page.content.decode()


def test_the_number_alone_does_not_tell_whether_its_holder_has_a_demande_under_way(etranger, annee):
    maintenant, jour = timezone.now(), timezone.localdate()
    profil = essai.refugie(le=maintenant).remplir(au=jour)
    deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=maintenant)
    sans_demande = essai.personne()
    navigateur, adresse = etranger

    reponses = [
        navigateur.soumettre(adresse, champs_de_l_enfant(numero, date(annee, 1, 1)))
        for numero in (profil.compte.numero_etranger, sans_demande.numero_etranger)
    ]

    assert [reponse.status_code for reponse in reponses] == [200, 200]
    assert all(NE_VONT_PAS in reponse.content.decode() for reponse in reponses)


def test_the_birth_date_of_a_child_cannot_be_found_by_trying_every_day(etranger, annee):
    naissance = date(annee, 1, 1) + timedelta(days=ENFANTS_PAR_JOUR)
    enfant = essai.personne(nom="SECRET-FICTIF", date_naissance=naissance.isoformat())
    navigateur, adresse = etranger
    page = navigateur.get(adresse)

    for jour in range(ENFANTS_PAR_JOUR):
        essai_du_jour = champs_de_l_enfant(enfant.numero_etranger, date(annee, 1, 1) + timedelta(days=jour))
        page = navigateur.soumettre(page, essai_du_jour)
        assert page.status_code == 200
    juste = navigateur.soumettre(page, champs_de_l_enfant(enfant.numero_etranger, naissance))

    assert juste.status_code == 429
    assert (
        "SECRET-FICTIF"
        not in navigateur.get(adresse.replace("situation", "identite"), follow=True).content.decode()
    )


def test_sending_the_same_child_again_counts_as_no_new_try(etranger, annee):
    enfant = essai.personne(date_naissance=f"{annee}-01-01")
    navigateur, adresse = etranger

    for _fois in range(ENFANTS_PAR_JOUR + 2):
        reponse = navigateur.soumettre(adresse, champs_de_l_enfant(enfant.numero_etranger, date(annee, 1, 1)))
        assert reponse.status_code == 302
