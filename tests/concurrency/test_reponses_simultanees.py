"""Two agents, or a holder's refusal and the clock, at the same instant: one wins, nothing is half done."""

from functools import partial

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from comptes import jetons
from comptes.models import Compte, Courriel, InvitationEnfant
from comptes.operations.creer_compte import CompteExistant
from comptes.operations.reclamer_compte import reclamer_compte
from comptes.operations.terminer_inscription import InscriptionIncomplete, terminer_inscription
from demandes.courriels import jeton_adresse_perdue
from demandes.models import DeclarationTitre, RecuperationAdresse, Trace
from demandes.operations.adresse_perdue.annuler import annuler_par_lien
from demandes.operations.adresse_perdue.traiter import accepter_recuperation, refuser_recuperation
from demandes.operations.declarer_titre import declarer_titre
from demandes.operations.deposer import deposer
from demandes.operations.horloges.changer_adresses_perdues import traiter_les_adresses_perdues
from demandes.operations.prendre_en_charge import prendre_en_charge
from demandes.operations.refus import ActionImpossible, DeclarationDejaOuverte, RecuperationPerimee
from demandes.operations.traiter_declaration import accepter_declaration, refuser_declaration
from referentiels.models import DocumentAgdref
from tests import dossiers_d_essai as essai


@pytest.fixture
def agents() -> list[Compte]:
    return [essai.agent(essai.prefecture("39")) for _fois in range(2)]


@pytest.fixture
def recuperation() -> RecuperationAdresse:
    """A request that waits for an agent, with its document in the storage."""
    compte = essai.compte_de(essai.personne(), email="ancienne@exemple.fr")
    noms = [default_storage.save(f"identites/ab/{nom}", ContentFile(b"x")) for nom in ("contenu", "apercu")]
    return RecuperationAdresse.objects.create(
        identifiant=compte.identifiant, nouvelle="nouvelle@exemple.fr", verifiee_le=timezone.now(), etat="ouverte",
        soumise_le=timezone.now(), rattachee_le=timezone.now(), compte=compte, prefecture_id="39",
        contenu=noms[0], apercu=noms[1], type_mime="image/jpeg",
    )  # fmt: skip


def test_two_agents_who_answer_opposite_things_one_wins(recuperation, agents, en_parallele):
    accepter = partial(
        accepter_recuperation,
        recuperation_id=recuperation.pk,
        agent_id=agents[0].pk,
        maintenant=timezone.now(),
    )
    refuser = partial(
        refuser_recuperation, recuperation_id=recuperation.pk, agent_id=agents[1].pk, motif="Non.",
        maintenant=timezone.now(),
    )  # fmt: skip
    issues = en_parallele(lambda faire: faire(), [accepter, refuser])

    assert sorted(type(issue).__name__ for issue in issues) == ["ActionImpossible", "RecuperationAdresse"]
    recuperation.refresh_from_db()
    acceptee = recuperation.etat == "acceptee"
    assert bool(recuperation.contenu) is acceptee
    assert default_storage.exists("identites/ab/contenu") is acceptee
    assert Trace.objects.count() == 1
    types = set(Courriel.objects.values_list("type", flat=True))
    assert types == (
        {"adresse_perdue_avis", "adresse_perdue_accord"} if acceptee else {"adresse_perdue_refusee"}
    )
    default_storage.delete("identites/ab/contenu")
    default_storage.delete("identites/ab/apercu")


def test_the_holder_and_the_clock_at_the_same_instant_one_wins_whole(recuperation, agents, en_parallele):
    accepter_recuperation(recuperation_id=recuperation.pk, agent_id=agents[0].pk, maintenant=timezone.now())
    recuperation.refresh_from_db()
    jeton = jeton_adresse_perdue(recuperation)
    gestes = [
        partial(annuler_par_lien, recuperation_id=recuperation.pk, jeton=jeton),
        partial(traiter_les_adresses_perdues, maintenant=recuperation.effet_le),
        partial(traiter_les_adresses_perdues, maintenant=recuperation.effet_le),
    ]
    issues = en_parallele(lambda faire: faire(), gestes)

    recuperation.refresh_from_db()
    compte = Compte.objects.get(pk=recuperation.compte_id)
    if recuperation.etat == "annulee":
        assert (issues[0], compte.email) == (None, "ancienne@exemple.fr")
        assert not Courriel.objects.filter(type="adresse_perdue_faite").exists()
    else:
        assert isinstance(issues[0], RecuperationPerimee)
        assert (recuperation.etat, compte.email) == ("faite", "nouvelle@exemple.fr")
        assert Courriel.objects.filter(type="adresse_perdue_faite").count() == 1
        assert not compte.has_usable_password()
    assert not default_storage.exists("identites/ab/contenu")


@pytest.fixture
def declaration() -> DeclarationTitre:
    ligne = essai.personne()
    essai.titre(ligne, "carte_resident", fin=timezone.localdate())
    return declarer_titre(
        compte_id=essai.compte_de(ligne).pk, demande_id=None, genre="jamais_recu", explication="Jamais reçue.",
        maintenant=timezone.now(),
    )  # fmt: skip


def test_two_agents_who_answer_one_declaration_one_wins(declaration, agents, en_parallele):
    cles = {"declaration_id": declaration.pk, "maintenant": timezone.now()}
    gestes = [
        partial(accepter_declaration, agent_id=agents[0].pk, **cles),
        partial(refuser_declaration, agent_id=agents[1].pk, reponse="Non.", **cles),
    ]
    issues = en_parallele(lambda faire: faire(), gestes)

    assert sum(isinstance(issue, ActionImpossible) for issue in issues) == 1
    declaration.refresh_from_db()
    assert DocumentAgdref.objects.get().remis is (declaration.etat == "refusee")
    assert (
        Courriel.objects.filter(type__startswith="declaration_").exclude(type="declaration_recue").count()
        == 1
    )


def test_the_same_declared_four_times_at_once_is_one_declaration(en_parallele):
    compte = essai.compte_de(essai.personne())
    declarer = partial(
        declarer_titre, compte_id=compte.pk, demande_id=None, genre="registre_faux", explication="Erreur.",
        maintenant=timezone.now(),
    )  # fmt: skip
    issues = en_parallele(declarer, 4)
    assert sum(isinstance(issue, DeclarationDejaOuverte) for issue in issues) == 3
    assert DeclarationTitre.objects.count() == Courriel.objects.filter(type="declaration_recue").count() == 1


def test_two_browsers_with_one_link_make_one_account(agents, en_parallele):
    maintenant = timezone.now()
    profil = essai.enfant_mineur(le=maintenant).remplir(au=timezone.localdate())
    demande = deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=maintenant)
    prendre_en_charge(demande_id=demande.pk, agent_id=agents[0].pk, version=None, maintenant=maintenant)
    invitation = InvitationEnfant.objects.get()
    inscriptions = [
        reclamer_compte(
            invitation_id=invitation.pk, jeton=jetons.jeton_enfant(invitation), numero=demande.beneficiaire
        )
        for _fois in range(3)
    ]
    for rang, inscription in enumerate(inscriptions):
        inscription.email, inscription.email_verifie_le = f"enfant{rang}@exemple.fr", maintenant
        inscription.save()
    issues = en_parallele(
        lambda inscription: terminer_inscription(
            inscription_id=inscription.pk, mot_de_passe="cheval-agrafe-batterie"
        ),
        inscriptions,
    )
    assert sum(isinstance(issue, Compte) for issue in issues) == 1
    assert all(isinstance(issue, Compte | CompteExistant | InscriptionIncomplete) for issue in issues), issues
    assert Compte.objects.filter(numero_etranger=demande.beneficiaire).count() == 1
    assert not InvitationEnfant.objects.exists()
