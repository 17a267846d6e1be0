"""Two workers that sweep at the same instant: each reminder once, nothing undone, nobody waits for the other."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from comptes.models import Courriel, Notification
from demandes.models import Complement, Demande, Evenement, RappelEcheance
from demandes.operations.deposer import deposer
from demandes.operations.horloges.effacer_brouillons import effacer_les_brouillons
from demandes.operations.horloges.rappeler_echeance import rappeler_les_echeances
from demandes.operations.horloges.relancer_complement import relancer_complement, relancer_les_complements
from demandes.operations.horloges.signaler_delai import signaler_les_delais
from tests import dossiers_d_essai as essai

OUVRIERS = 4


@pytest.fixture
def dossiers() -> list[Demande]:
    """Five dossiers with a complement asked for 15 days ago, deposited 100 days ago."""
    maintenant = timezone.now()
    agent = essai.agent(essai.prefecture("39"))
    faits = []
    for _fois in range(5):
        profil = essai.refugie(le=maintenant).remplir(au=timezone.localdate())
        demande = deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=maintenant)
        essai.amener(demande, "complement_demande")
        Complement.objects.create(
            demande=demande, demande_par=agent, demande_le=maintenant - timedelta(days=15),
            echeance=timezone.localdate() + timedelta(days=15),
        )  # fmt: skip
        Demande.objects.filter(pk=demande.pk).update(deposee_le=maintenant - timedelta(days=100))
        faits.append(demande)
    Courriel.objects.all().delete()
    Notification.objects.all().delete()
    return faits


def test_each_complement_is_reminded_of_once(dossiers, en_parallele):
    en_parallele(partial(relancer_les_complements, maintenant=timezone.now()), OUVRIERS)
    relancer_les_complements(maintenant=timezone.now())

    assert Courriel.objects.filter(type="complement_rappel").count() == len(dossiers)
    assert Evenement.objects.filter(type="complement_rappele").count() == len(dossiers)
    assert list(Complement.objects.values_list("rappels", flat=True)) == [[15]] * len(dossiers)


def test_each_delay_is_told_once(dossiers, en_parallele):
    for demande in dossiers:
        essai.amener(demande, "en_instruction")
    en_parallele(partial(signaler_les_delais, maintenant=timezone.now()), OUVRIERS)
    signaler_les_delais(maintenant=timezone.now())

    assert Courriel.objects.filter(type="delai_legal_depasse").count() == len(dossiers)
    assert Evenement.objects.filter(type="delai_legal_depasse").count() == len(dossiers)


def test_each_permit_that_ends_is_told_once(en_parallele):
    for _fois in range(5):
        ligne = essai.personne()
        essai.titre(ligne, "carte_resident", fin=timezone.localdate() + timedelta(days=30))
        essai.compte_de(ligne)
    en_parallele(partial(rappeler_les_echeances, maintenant=timezone.now()), OUVRIERS)

    assert RappelEcheance.objects.count() == 5
    assert Courriel.objects.filter(type="titre_finit").count() == 5


def test_an_account_is_warned_once_of_its_drafts_and_they_go_once(en_parallele):
    compte = essai.compte(numero_etranger=essai.numero())
    for _fois in range(3):
        Demande.objects.create(compte=compte)
    Demande.objects.update(modifie_le=timezone.now() - timedelta(days=80))
    en_parallele(partial(effacer_les_brouillons, maintenant=timezone.now()), OUVRIERS)
    effacer_les_brouillons(maintenant=timezone.now())
    assert Courriel.objects.filter(type="brouillons_a_effacer").count() == 1
    assert Demande.objects.filter(prevenu_le=None).count() == 0

    plus_tard = timezone.now() + timedelta(days=16)
    resultats = en_parallele(partial(effacer_les_brouillons, maintenant=plus_tard), OUVRIERS)
    assert not any(isinstance(resultat, Exception) for resultat in resultats)
    assert not Demande.objects.exists()


def test_a_dossier_that_an_agent_holds_is_left_for_the_next_sweep(dossiers, en_parallele):
    tenu = dossiers[0]
    with transaction.atomic():
        Demande.objects.select_for_update().get(pk=tenu.pk)
        faits = en_parallele(partial(relancer_les_complements, maintenant=timezone.now()), 1)
        assert faits == [len(dossiers) - 1]
    assert relancer_complement(tenu.pk, maintenant=timezone.now())
