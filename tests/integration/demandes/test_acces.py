"""Who may open what: unknown and forbidden look the same, for every address and every method."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Notification
from demandes.models import Demande, EchecDepot, Evenement, Fichier
from demandes.operations.deposer import deposer
from demandes.parcours import ETAPES
from tests import dossiers_d_essai as essai

METHODES = ("get", "head", "post", "put", "patch", "delete", "options")


@pytest.fixture
def dossier() -> essai.Profil:
    """A deposited dossier with files that exist and the proof of a failure."""
    profil = essai.refugie(le=timezone.now()).remplir(au=timezone.localdate())
    garnir(profil.demande)
    deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())
    return profil


@pytest.fixture
def brouillon() -> essai.Profil:
    profil = essai.refugie(le=timezone.now()).remplir(au=timezone.localdate())
    garnir(profil.demande)
    return profil


def garnir(demande: Demande) -> None:
    EchecDepot.objects.create(demande=demande, reference=uuid.uuid4().hex[:12].upper())
    for fichier in Fichier.objects.filter(piece__demande=demande):
        fichier.contenu = default_storage.save(f"pieces/{uuid.uuid4().hex}", ContentFile(b"contenu"))
        fichier.apercu = default_storage.save(f"pieces/{uuid.uuid4().hex}", ContentFile(b"apercu"))
        fichier.save()


def adresses(demande) -> list[str]:
    """Every address that names the demande or something of it."""
    fichier = Fichier.objects.filter(piece__demande=demande).first()
    attestation = Attestation.objects.filter(demande=demande).first()
    racine = f"/demarches/{demande.pk}"
    return [
        f"{racine}/",
        *[f"{racine}/{etape}/" for etape in ETAPES],
        *[f"{racine}/{fin}/" for fin in ("orientation", "abandonner", "depose", "fichiers/etats")],
        f"{racine}/echec/{EchecDepot.objects.get(demande=demande).reference}/",
        f"{racine}/pieces/justificatif_domicile/ajouter/",
        f"{racine}/fichiers/{fichier.pk}/",
        *[f"{racine}/fichiers/{fichier.pk}/{fin}/" for fin in ("apercu", "remplacer", "retirer")],
        f"/espace/demandes/{demande.pk}/",
        *[f"/espace/demandes/{demande.pk}/{fin}/" for fin in ("retirer", "erreur", "archive", "complement")],
        f"/espace/demandes/{demande.pk}/complement/justificatif_domicile/",
        f"/espace/demandes/{demande.pk}/convocations/1/",
        *(
            f"/espace/attestations/{attestation.pk}/{fin}"
            for fin in ("", "fiche/titulaire/", "fiche/tiers/", "fiche/tiers/pdf/")
            if attestation
        ),
    ]


def inconnue(adresse: str, demande) -> str:
    """The same address of things that do not exist."""
    segments = [str(uuid.uuid4()) if len(s) == 36 else s for s in adresse.split("/")]
    if "echec" in segments:
        segments[-2] = "ABCDEF012345"
    return "/".join(segments)


@pytest.mark.parametrize("quoi", ["dossier", "brouillon"])
@pytest.mark.parametrize(
    "qui", ["autre usager", "agent d’ailleurs", "agent d’ici", "support", "administrateur"]
)
def test_what_belongs_to_somebody_else_looks_like_what_does_not_exist(request, connecter, quoi, qui):
    demande = request.getfixturevalue(quoi).demande
    compte = {
        "autre usager": lambda: essai.refugie().compte,
        "agent d’ailleurs": lambda: essai.agent(essai.prefecture("92")),
        "agent d’ici": lambda: essai.agent(essai.prefecture("39")),
        "support": lambda: essai.agent(role="ccc"),
        "administrateur": lambda: essai.compte(identifiant="admin", role="administrateur"),
    }[qui]()
    navigateur = connecter(compte)
    navigateur.handler.enforce_csrf_checks = False
    avant = Demande.objects.filter(pk=demande.pk).values().get()
    nombre = Fichier.objects.count()

    for adresse in adresses(demande):
        for methode in METHODES:
            reponse = getattr(navigateur, methode)(adresse)
            fantome = getattr(navigateur, methode)(inconnue(adresse, demande))
            assert reponse.status_code == fantome.status_code, (methode, adresse)
            assert reponse.status_code in (404, 405), (methode, adresse)

    assert Demande.objects.filter(pk=demande.pk).values().get() == avant
    assert Fichier.objects.count() == nombre
    assert not Evenement.objects.filter(type="consultation").exists()


@pytest.mark.parametrize("quoi", ["dossier", "brouillon"])
def test_an_anonymous_visitor_meets_the_login_page_for_what_exists_and_what_does_not(request, quoi):
    demande = request.getfixturevalue(quoi).demande

    for adresse in ["/espace/", *adresses(demande)]:
        for methode in METHODES:
            for chemin in (adresse, inconnue(adresse, demande)):
                reponse = getattr(Client(), methode)(chemin)
                assert reponse.status_code == 302, (methode, chemin)
                assert reponse.url.startswith("/compte/connexion/")


def test_the_owner_opens_all_of_it(dossier, connecter):
    """The counterpart: these addresses are the right ones."""
    navigateur = connecter(dossier.compte)

    for adresse in adresses(dossier.demande):
        reponse = navigateur.get(adresse)
        assert reponse.status_code in (200, 302, 404, 405)
        b"".join(reponse)
    for adresse in (
        f"/espace/demandes/{dossier.demande.pk}/",
        f"/demarches/{dossier.demande.pk}/depose/",
        f"/espace/attestations/{Attestation.objects.get().pk}/",
    ):
        assert navigateur.get(adresse).status_code == 200


def test_the_owner_opens_a_draft_and_its_files(brouillon, connecter):
    navigateur = connecter(brouillon.compte)
    fichier = Fichier.objects.first()
    racine = f"/demarches/{brouillon.demande.pk}"

    for adresse in (f"{racine}/recapitulatif/", f"{racine}/orientation/", f"{racine}/abandonner/",
                    f"{racine}/fichiers/etats/", f"{racine}/fichiers/{fichier.pk}/"):  # fmt: skip
        reponse = navigateur.get(adresse)
        assert reponse.status_code == 200
        b"".join(reponse)


def test_a_file_is_not_reached_through_another_draft_of_the_same_account(brouillon, connecter):
    autre = Demande.objects.create(compte=brouillon.compte)
    fichier = Fichier.objects.filter(piece__demande=brouillon.demande).first()
    navigateur = connecter(brouillon.compte)
    navigateur.handler.enforce_csrf_checks = False

    for fin in ("", "apercu/"):
        assert navigateur.get(f"/demarches/{autre.pk}/fichiers/{fichier.pk}/{fin}").status_code == 404
    assert navigateur.post(f"/demarches/{autre.pk}/fichiers/{fichier.pk}/retirer/").status_code == 404
    assert Fichier.objects.filter(pk=fichier.pk).exists()


# --- the account page -------------------------------------------------------------------------------------


def test_the_account_page_lists_what_is_mine_and_nothing_else(connecter, dossier):
    autre = essai.refugie(le=timezone.now()).remplir(au=timezone.localdate())
    mien = Demande.objects.create(compte=dossier.compte)
    Demande.objects.create(
        compte=dossier.compte, etat="titre_remis", numero="3901202001011200000", deposee_le=timezone.now(),
        prefecture_id="39", beneficiaire="9900000000", titre_code="CR10", donnees={"civil": {"prenoms": ["Fictive"]}},
    )  # fmt: skip

    page = connecter(dossier.compte).get("/espace/").content.decode()

    dossier.demande.refresh_from_db()
    assert dossier.demande.numero in page
    assert str(mien.pk) in page
    assert "3901202001011200000" in page
    assert str(autre.demande.pk) not in page


def test_a_draft_is_discarded_after_a_question_with_its_files(
    connecter, brouillon, django_capture_on_commit_callbacks
):
    navigateur = connecter(brouillon.compte)
    noms = [f.contenu for f in Fichier.objects.all()]
    adresse = f"/demarches/{brouillon.demande.pk}/abandonner/"

    question = navigateur.get(adresse)
    assert Demande.objects.filter(pk=brouillon.demande.pk).exists()
    assert all(default_storage.exists(nom) for nom in noms)
    with django_capture_on_commit_callbacks(execute=True):
        reponse = navigateur.soumettre(question, follow=True)

    assert "supprimés" in reponse.content.decode()
    assert not Demande.objects.exists()
    assert not Fichier.objects.exists()
    assert noms
    assert not any(default_storage.exists(nom) for nom in noms)


def test_a_dossier_is_not_discarded(connecter, dossier):
    navigateur = connecter(dossier.compte)
    navigateur.handler.enforce_csrf_checks = False

    reponse = navigateur.post(f"/demarches/{dossier.demande.pk}/abandonner/", follow=True)

    assert "n’est pas supprimée" in reponse.content.decode()
    assert Demande.objects.get().etat == "deposee"


def test_the_page_of_a_dossier_says_what_happened_who_acts_and_until_when(connecter, dossier):
    page = connecter(dossier.compte).get(f"/espace/demandes/{dossier.demande.pk}/").content.decode()

    assert "La demande est déposée." in page
    assert "Vous n’avez rien à faire." in page
    assert "trois mois" in page
    assert f"/espace/attestations/{Attestation.objects.get().pk}/" in page


@pytest.mark.parametrize("etat", ["en_instruction", "complement_demande", "decision_favorable",
                                  "decision_defavorable", "classee_sans_suite", "titre_disponible", "titre_remis",
                                  "retiree"])  # fmt: skip
def test_the_page_of_a_dossier_answers_in_every_state(connecter, dossier, etat):
    essai.amener(dossier.demande, etat)
    navigateur = connecter(dossier.compte)

    assert navigateur.get(f"/espace/demandes/{dossier.demande.pk}/").status_code == 200
    assert navigateur.get("/espace/").status_code == 200


def test_the_family_is_told_the_delay_of_four_months(connecter):
    profil = essai.conjoint(le=timezone.now()).remplir(au=timezone.localdate())
    deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())

    page = connecter(profil.compte).get(f"/espace/demandes/{profil.demande.pk}/").content.decode()

    assert "la loi dit que la demande est refusée" in page


def test_the_notification_of_the_deposit_is_in_the_account(connecter, dossier):
    dossier.demande.refresh_from_db()
    assert Notification.objects.get().compte == dossier.compte

    page = connecter(dossier.compte).get("/espace/").content.decode()

    assert page.count(dossier.demande.numero) >= 2


def test_the_account_page_asks_no_more_of_the_database_for_more_demandes(
    connecter, dossier, django_assert_max_num_queries
):
    navigateur = connecter(dossier.compte)
    for rang in range(12):
        essai.fichier_pret(dossier.demande.pieces.first())
        Demande.objects.create(
            compte=dossier.compte, etat="deposee", numero=f"{rang:019d}", deposee_le=timezone.now(),
            prefecture_id="39", beneficiaire=f"{rang:010d}", titre_code="CR10",
            donnees={"civil": {"prenoms": ["Fictive"]}},
        )  # fmt: skip

    with django_assert_max_num_queries(12):
        assert navigateur.get("/espace/").status_code == 200
