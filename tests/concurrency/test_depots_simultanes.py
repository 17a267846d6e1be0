"""Two tabs, two devices, two people at one instant: one dossier, one winner, nothing lost (R-DEPOT-3, R-EPHOTO-1).

Each protection has its counter-proof: with it taken away, the same race does the damage. A test that cannot see
the damage would prove nothing.
"""

import threading
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files import File
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from attestations.models import Attestation
from comptes.models import Courriel, Notification
from demandes.etats import Etat
from demandes.models import Demande, Evenement, Fichier, Piece
from demandes.operations import ajouter_fichier as module_fichier
from demandes.operations import brouillon, pieces_ouvertes
from demandes.operations import deposer as module_depot
from demandes.operations.abandonner_brouillon import abandonner_brouillon
from demandes.operations.ajouter_fichier import ajouter_fichier
from demandes.operations.deposer import deposer
from demandes.operations.enregistrer_etape import enregistrer_etape, marque_des_reponses
from demandes.operations.pieces_ouvertes import PiecesOuvertes
from demandes.operations.refus import (
    BrouillonIntrouvable,
    DejaDeposee,
    DemandeEnCours,
    EphotoRefusee,
    ReponsesPerimees,
    TropDeFichiers,
)
from demandes.operations.reverifier_ephoto import reverifier_ephoto
from referentiels.models import Ephoto
from tests import dossiers_d_essai as essai
from tests.fichiers_d_essai import photo

FOIS = 8
ATTENTE_S = 20


@pytest.fixture
def au():
    return timezone.localdate()


@pytest.fixture
def pret(au):
    """A complete draft of a refugee, in state to be deposited now."""
    return lambda **options: essai.refugie(le=timezone.now(), **options).remplir(au=au)


def depot_de(profil):
    return deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())


def ensemble(fonction, combien):
    """`fonction`, whose callers leave it together: everyone has read before anyone writes."""
    rendez_vous = threading.Barrier(combien)

    def retenue(*args, **kwargs):
        resultat = fonction(*args, **kwargs)
        rendez_vous.wait(ATTENTE_S)
        return resultat

    return retenue


def sans_verrou(*, demande_id, compte_id):
    """`verrouiller_brouillon` as it would be without its lock."""
    demande = Demande.objects.select_related("compte").get(pk=demande_id, compte_id=compte_id)
    if demande.etat != Etat.BROUILLON:
        raise DejaDeposee(demande)
    return demande


# --- one draft, eight deposits ----------------------------------------------------------------------------


def test_eight_simultaneous_deposits_of_one_draft_make_one_dossier(en_parallele, pret):
    profil = pret(etat_ephoto="inconnu")

    deposees = en_parallele(lambda: depot_de(profil), FOIS)

    assert all(isinstance(demande, Demande) for demande in deposees), deposees
    assert len({(demande.pk, demande.numero) for demande in deposees}) == 1
    assert (Attestation.objects.count(), Courriel.objects.count(), Notification.objects.count()) == (1, 1, 1)
    assert Evenement.objects.filter(type="deposer").count() == 1


def test_counter_proof_without_the_lock_only_the_database_stands_between_eight_deposits(
    en_parallele, pret, monkeypatch
):
    """The race is real: seven run into a constraint, an error that a person would see, instead of the one dossier."""
    profil = pret(etat_ephoto="inconnu")
    monkeypatch.setattr(module_depot, "verrouiller_brouillon", ensemble(sans_verrou, FOIS))

    issues = en_parallele(lambda: depot_de(profil), FOIS)

    assert sum(isinstance(issue, IntegrityError) for issue in issues) == FOIS - 1, issues
    assert Evenement.objects.filter(type="deposer").count() == 1
    assert Attestation.objects.count() == 1


def test_eight_clicks_in_eight_tabs_lead_to_the_one_dossier(en_parallele, pret):
    profil = pret()
    adresse = f"/demarches/{profil.demande.pk}/recapitulatif/"
    marque = marque_des_reponses(Demande.objects.get(pk=profil.demande.pk), "recapitulatif")
    onglets = []
    for _rang in range(FOIS):
        onglet = Client()
        onglet.force_login(profil.compte, backend="comptes.authentification.IdentifiantBackend")
        onglets.append(onglet)

    reponses = en_parallele(
        lambda onglet: onglet.post(adresse, {"recapitulatif-declaration": "on", "marque": marque}), onglets
    )

    assert [reponse.status_code for reponse in reponses] == [302] * FOIS
    assert {reponse.url for reponse in reponses} <= {
        f"/demarches/{profil.demande.pk}/depose/",
        f"/espace/demandes/{profil.demande.pk}/",
    }
    assert (Attestation.objects.count(), Courriel.objects.count()) == (1, 1)
    assert Evenement.objects.filter(type="deposer").count() == 1


# --- two drafts of one person -----------------------------------------------------------------------------


def deux_brouillons(pret, au):
    premier = pret()
    second = essai.Profil(
        Demande.objects.create(compte=premier.compte), premier.situation, premier.identite, premier.famille,
        essai.ephoto(le=timezone.now()),
    ).remplir(au=au)  # fmt: skip
    return [premier, second]


def test_of_two_drafts_of_one_person_one_wins_and_the_other_is_kept_and_told(
    en_parallele, pret, au, monkeypatch
):
    profils = deux_brouillons(pret, au)
    # Both have looked for an open demande, and found none, before either deposits.
    voir = ensemble(module_depot._verifier, 2)
    monkeypatch.setattr(module_depot, "_verifier", voir)

    issues = en_parallele(depot_de, profils)

    assert sorted(type(issue).__name__ for issue in issues) == ["Demande", "DemandeEnCours"]
    perdant = profils[[isinstance(issue, DemandeEnCours) for issue in issues].index(True)]
    perdant.demande.refresh_from_db()
    assert perdant.demande.etat == Etat.BROUILLON
    assert set(perdant.demande.etapes) == set(perdant.demande.reponses)
    assert Ephoto.objects.get(code=perdant.code).utilise_le is None
    assert (Attestation.objects.count(), Courriel.objects.count(), Evenement.objects.count()) == (1, 1, 1)


# --- one e-photo, two people ------------------------------------------------------------------------------


@pytest.mark.parametrize("etat", ["valide", "inconnu", "pas_encore_active"])
def test_one_code_used_by_two_people_at_once_has_one_winner(en_parallele, pret, au, monkeypatch, etat):
    premier = pret(etat_ephoto=etat)
    second = essai.refugie(etat_ephoto="inconnu")
    second.code = premier.code
    # Another prefecture: no lock on the numbers of one site makes them wait for each other.
    second.identite = {"code_postal": "92000"}
    profils = [premier, second.remplir(au=au)]
    monkeypatch.setattr(module_depot, "_verifier", ensemble(module_depot._verifier, 2))

    issues = en_parallele(depot_de, profils)

    assert sorted(type(issue).__name__ for issue in issues) == ["Demande", "EphotoRefusee"], issues
    gagnant = next(issue for issue in issues if isinstance(issue, Demande))
    refus = next(issue for issue in issues if isinstance(issue, EphotoRefusee))
    assert refus.etat == "utilise"
    assert Demande.objects.get(numero__isnull=False) == gagnant
    assert Attestation.objects.get().demande == gagnant
    perdant = Demande.objects.get(numero__isnull=True)
    assert (perdant.etat, set(perdant.etapes)) == (Etat.BROUILLON, set(perdant.reponses))
    if etat == "valide":
        assert Ephoto.objects.get(code=premier.code).reference == gagnant.numero


# --- many people at one site ------------------------------------------------------------------------------


def test_eight_people_at_one_site_get_eight_numbers_in_sequence(en_parallele, pret):
    profils = [pret() for _rang in range(FOIS)]
    maintenant = timezone.now()

    deposees = en_parallele(
        lambda profil: deposer(
            demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=maintenant
        ),
        profils,
    )

    assert sorted(demande.numero[-3:] for demande in deposees) == [f"{rang:03d}" for rang in range(FOIS)]


def test_counter_proof_without_the_lock_of_the_site_two_people_take_one_number(
    en_parallele, pret, monkeypatch
):
    profils = [pret(), pret()]
    maintenant = timezone.now()
    numero = f"3901{timezone.localtime(maintenant):%Y%m%d%H%M}000"
    # What both would read: no number of this minute yet.
    monkeypatch.setattr(module_depot, "numeroter", ensemble(lambda **_: numero, 2))

    issues = en_parallele(
        lambda profil: deposer(
            demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=maintenant
        ),
        profils,
    )

    # The database lets one through; the other would have met our page of a failure.
    assert sorted(type(issue).__name__ for issue in issues) == ["Demande", "IntegrityError"]


# --- a draft changed from two sides -----------------------------------------------------------------------


def test_two_tabs_that_save_one_step_at_once_do_not_overwrite_each_other(en_parallele, au):
    demande = essai.refugie().demande
    marque = marque_des_reponses(demande, "situation")

    def envoyer(statut):
        saisie = MultiValueDict({"situation-pour": ["moi"], "situation-statut": [statut],
                                 "situation-nature": ["premiere"]})  # fmt: skip
        return enregistrer_etape(demande_id=demande.pk, compte_id=demande.compte_id, etape="situation",
                                 saisie=saisie, marque=marque, au=au)  # fmt: skip

    issues = en_parallele(envoyer, ["refugie", "apatride"])

    assert sorted(type(issue).__name__ for issue in issues) == ["ReponsesPerimees", "tuple"]
    assert any(isinstance(issue, ReponsesPerimees) for issue in issues)
    gagnant = ["refugie", "apatride"][[isinstance(issue, tuple) for issue in issues].index(True)]
    demande.refresh_from_db()
    assert demande.reponses["situation"]["situation-statut"] == [gagnant]
    assert demande.version == 1


def test_a_draft_discarded_while_it_is_deposited_is_one_or_the_other(en_parallele, pret):
    profil = pret()

    def abandonner():
        return abandonner_brouillon(demande_id=profil.demande.pk, compte_id=profil.compte.pk)

    depot, abandon = en_parallele(lambda faire: faire(), [lambda: depot_de(profil), abandonner])

    if isinstance(depot, Demande):
        assert isinstance(abandon, DejaDeposee)
        assert Fichier.objects.filter(piece__demande=depot).count() == 3
    else:
        assert isinstance(depot, BrouillonIntrouvable)
        assert abandon is None
        assert not Demande.objects.exists()
        assert not Attestation.objects.exists()
        assert not Courriel.objects.exists()


def test_a_file_taken_out_after_the_deposit_stays(en_parallele, pret):
    profil = pret()
    depot_de(profil)

    with pytest.raises(DejaDeposee):
        ajouter_fichier(demande_id=profil.demande.pk, compte_id=profil.compte.pk, code="justificatif_domicile",
                        nom="tard.jpg", contenu=File(BytesIO(photo()), "tard.jpg"))  # fmt: skip


# --- ten files a pièce ------------------------------------------------------------------------------------


def neuf_fichiers():
    profil = essai.refugie()
    piece = Piece.objects.create(demande=profil.demande, code="justificatif_domicile")
    for _rang in range(9):
        essai.fichier_pret(piece)

    def ajouter():
        octets = photo()
        return ajouter_fichier(demande_id=profil.demande.pk, compte_id=profil.compte.pk, code=piece.code,
                               nom="a.jpg", contenu=File(BytesIO(octets), "a.jpg"))  # fmt: skip

    return piece, ajouter


def test_eight_files_at_once_do_not_pass_the_limit_of_ten(en_parallele):
    piece, ajouter = neuf_fichiers()

    issues = en_parallele(ajouter, FOIS)

    assert piece.fichiers.count() == 10
    assert sum(isinstance(issue, TropDeFichiers) for issue in issues) == FOIS - 1


def test_counter_proof_without_the_lock_files_pass_the_limit(en_parallele, monkeypatch):
    piece, ajouter = neuf_fichiers()
    monkeypatch.setattr(
        module_fichier, "verrouiller_pieces", lambda **qui: PiecesOuvertes(sans_verrou(**qui))
    )
    monkeypatch.setattr(module_fichier, "nettoyer_nom", ensemble(module_fichier.nettoyer_nom, FOIS))

    en_parallele(ajouter, FOIS)

    assert piece.fichiers.count() == 9 + FOIS


# --- two workers ------------------------------------------------------------------------------------------


def test_two_workers_settle_a_waiting_code_once(en_parallele, pret):
    profil = pret(etat_ephoto="pas_encore_active")
    demande = depot_de(profil)
    Ephoto.objects.update(active_le=timezone.now() - timedelta(hours=1))

    issues = en_parallele(lambda: reverifier_ephoto(demande_id=demande.pk, maintenant=timezone.now()), FOIS)

    assert issues == [None] * FOIS
    assert Evenement.objects.filter(type="ephoto_valide").count() == 1
    demande.refresh_from_db()
    assert "EPHOTO_EN_ATTENTE" not in demande.signalements


def test_the_locks_are_those_that_operations_use():
    assert module_depot.verrouiller_brouillon is brouillon.verrouiller_brouillon
    assert module_fichier.verrouiller_pieces is pieces_ouvertes.verrouiller_pieces
