"""Answer a complement page by page, without scripts: from the mail's link to « Transmettre »."""

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from comptes.models import Courriel
from comptes.redaction import rediger
from demandes.etats import Etat
from demandes.models import Complement, Demande, Fichier
from demandes.operations.demander_complement import renoncer_au_complement
from demandes.operations.traiter_fichier import traiter_en_attente
from referentiels import ephoto as service_ephoto
from referentiels.ephoto import EphotoIndisponible
from tests import dossiers_d_essai as essai
from tests import fichiers_d_essai as fichiers
from tests.integration.examen.espace.conftest import DOMICILE, EPHOTO, joindre
from tests.rigueur.navigateur import Navigateur

FORMULAIRE = "//main//form[not(@enctype) and not(contains(@action, 'retirer'))]"
ENVOI = "//main//form[@enctype='multipart/form-data']"


@pytest.fixture
def navigateur(connecter, demande):
    return connecter(demande.compte)


@pytest.fixture
def liste(demande) -> str:
    return f"/espace/demandes/{demande.pk}/complement/"


@pytest.fixture
def piece(liste) -> str:
    return f"{liste}{DOMICILE}/"


def photo(nom: str = "bail.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, fichiers.photo(), content_type="image/jpeg")


def texte(reponse) -> str:
    return reponse.content.decode()


def test_the_mail_leads_straight_to_the_answer(complement, liste):
    assert liste in rediger(Courriel.objects.get(type="complement_demande")).body


def test_the_mail_s_link_asks_to_log_in_and_comes_back(client, complement, liste):
    reponse = client.get(liste)

    assert reponse.status_code == 302
    assert reponse.url.endswith(f"?next={liste}")


def test_the_list_says_what_is_asked_why_and_by_when(navigateur, complement, liste):
    page = texte(navigateur.get(liste))

    for mots in ("Votre justificatif est trop ancien.", "trop ancien ou n’est plus valable", "Il date de 2019.",
                 "Justificatif de domicile", "Il reste 1 document", "Répondez au plus tard"):  # fmt: skip
        assert mots in page


def test_the_page_of_the_dossier_leads_to_the_answer(navigateur, demande, complement, liste):
    page = texte(navigateur.get(f"/espace/demandes/{demande.pk}/"))

    assert "À vous d’agir" in page
    assert liste in page


def test_a_new_file_then_continue_then_transmit(navigateur, demande, complement, liste, piece):
    recu = navigateur.soumettre(piece, {"fichiers": photo()}, formulaire=ENVOI, follow=True)
    assert recu.request["PATH_INFO"] == piece
    assert "Le fichier est reçu" in texte(recu)
    apres = navigateur.soumettre(recu, formulaire=FORMULAIRE, follow=True)
    assert "Je le remplace" in texte(apres)

    fin = navigateur.soumettre(apres, follow=True)

    assert "Votre réponse est transmise" in texte(fin)
    demande.refresh_from_db()
    assert demande.etat == Etat.EN_INSTRUCTION
    assert Fichier.objects.get(nom="bail.jpg").etat == "pret"


def test_an_answer_left_half_way_is_found_again(navigateur, complement, liste, piece):
    navigateur.soumettre(
        piece, {"choix": "garder", "explication": "C’est le bon."}, formulaire=FORMULAIRE, follow=True
    )

    page = texte(navigateur.get(liste))
    assert "Je garde le document déjà envoyé" in page
    assert "C’est le bon." in page
    assert "C’est le bon." in texte(navigateur.get(piece))


def test_transmitting_too_early_names_what_is_missing_and_where(navigateur, demande, demander, liste):
    demander(demande, DOMICILE, EPHOTO)

    page = texte(navigateur.soumettre(liste))

    assert 'href="#piece-justificatif_domicile"' in page
    assert 'href="#piece-ephoto"' in page
    assert "dites si vous gardez ou remplacez" in page
    demande.refresh_from_db()
    assert demande.etat == Etat.COMPLEMENT_DEMANDE


def test_no_choice_gets_a_sentence(navigateur, complement, piece):
    assert "Choisissez : garder ou remplacer." in texte(navigateur.soumettre(piece, formulaire=FORMULAIRE))


def test_replacing_without_a_file_gets_a_sentence(navigateur, complement, piece):
    page = texte(navigateur.soumettre(piece, {"choix": "remplacer"}, formulaire=FORMULAIRE))

    assert "Envoyez d’abord le nouveau fichier" in page


def test_a_refused_file_says_why_and_holds_the_answer_back(navigateur, demande, complement, liste, piece):
    casse = SimpleUploadedFile("bail.jpg", fichiers.photo()[:300], content_type="image/jpeg")
    navigateur.soumettre(piece, {"fichiers": casse}, formulaire=ENVOI)
    traiter_en_attente(demande.pk)
    assert "Refusé" in texte(navigateur.get(piece))

    assert "un fichier est refusé" in texte(navigateur.soumettre(liste))


def test_a_file_can_be_taken_out_and_put_in_the_place_of_another(navigateur, complement, piece):
    premier, second = joindre(complement, nom="un.jpg"), joindre(complement, nom="deux.jpg")

    navigateur.soumettre(
        piece,
        {"fichiers": photo("trois.jpg")},
        formulaire=f"//main//form[contains(@action, '{premier.pk}/remplacer')]",
    )
    navigateur.soumettre(piece, formulaire=f"//main//form[contains(@action, '{second.pk}/retirer')]")

    assert [f.nom for f in Fichier.objects.filter(complement=complement)] == ["trois.jpg"]


def test_a_deposited_file_cannot_be_touched_through_a_complement(navigateur, demande, complement):
    ancien = Fichier.objects.filter(piece__demande=demande, piece__code=DOMICILE).get()
    navigateur.get(f"/espace/demandes/{demande.pk}/complement/{DOMICILE}/")
    jeton = navigateur.cookies["csrftoken"].value

    for geste in ("retirer", "remplacer"):
        reponse = navigateur.post(
            f"/demarches/{demande.pk}/fichiers/{ancien.pk}/{geste}/",
            {"csrfmiddlewaretoken": jeton, "fichiers": photo()},
        )
        assert reponse.status_code == 404
    assert Fichier.objects.filter(pk=ancien.pk).exists()


@pytest.mark.parametrize("code", ["passeport", "ephoto", "inconnue"])
def test_a_piece_that_is_not_asked_for_has_no_page(navigateur, complement, liste, code):
    assert navigateur.get(f"{liste}{code}/").status_code == 404


def test_a_document_that_one_cannot_send_is_explained(navigateur, demande, demander, liste):
    demander(demande, "passeport")
    page = navigateur.get(f"{liste}passeport/")
    assert "Vous n’avez encore rien envoyé" in texte(page)
    assert "Écrivez pourquoi" in texte(navigateur.soumettre(page, {"choix": "garder"}, formulaire=FORMULAIRE))

    apres = navigateur.soumettre(
        page, {"choix": "garder", "explication": "Je n’en ai jamais eu."}, formulaire=FORMULAIRE, follow=True
    )

    assert "Je ne peux pas envoyer ce document" in texte(apres)
    assert "transmise" in texte(navigateur.soumettre(apres, follow=True))


# --- e-photo ----------------------------------------------------------------------------------------------


@pytest.fixture
def page_ephoto(demande, demander, liste) -> str:
    demander(demande, EPHOTO)
    return f"{liste}{EPHOTO}/"


def test_a_new_code_typed_with_spaces_is_taken(navigateur, demande, page_ephoto, liste):
    code = essai.ephoto(le=timezone.now())
    saisi = " ".join([code[:4], code[4:10], code[10:]]).lower()

    apres = navigateur.soumettre(page_ephoto, {"choix": "remplacer", "ephoto_code": saisi}, follow=True)
    navigateur.soumettre(apres)

    demande.refresh_from_db()
    assert demande.ephoto_code == code


def test_a_bad_code_gets_a_sentence_and_stays_typed(navigateur, page_ephoto):
    page = texte(navigateur.soumettre(page_ephoto, {"choix": "remplacer", "ephoto_code": "ABC"}))

    assert "22 caractères" in page
    assert 'value="ABC"' in page


def test_a_new_code_that_is_not_typed_gets_a_sentence(navigateur, page_ephoto):
    page = texte(navigateur.soumettre(page_ephoto, {"choix": "remplacer"}))

    assert "Écrivez le nouveau code" in page


def test_a_used_code_is_told_at_the_moment_of_sending(navigateur, page_ephoto, liste):
    code = essai.ephoto(etat="utilise", le=timezone.now())
    navigateur.soumettre(page_ephoto, {"choix": "remplacer", "ephoto_code": code})

    assert "ce code a déjà servi" in texte(navigateur.soumettre(liste))


def test_a_silent_ephoto_service_keeps_the_answer(navigateur, demande, page_ephoto, liste, monkeypatch):
    navigateur.soumettre(page_ephoto, {"choix": "remplacer", "ephoto_code": essai.ephoto(le=timezone.now())})

    def muet(*_arguments):
        raise EphotoIndisponible

    monkeypatch.setattr(service_ephoto.EphotoLocale, "consulter", muet)
    reponse = navigateur.soumettre(liste)

    assert reponse.status_code == 200
    assert "Votre réponse est gardée" in texte(reponse)
    demande.refresh_from_db()
    assert demande.etat == Etat.COMPLEMENT_DEMANDE


# --- two windows, too late --------------------------------------------------------------------------------


def test_a_page_shown_before_another_window_changed_the_answer_is_shown_again(
    navigateur, complement, liste, piece
):
    joindre(complement)
    ancienne = navigateur.get(liste)
    navigateur.soumettre(piece, {"choix": "garder"}, formulaire=FORMULAIRE)

    reponse = navigateur.soumettre(ancienne)

    assert "dans une autre fenêtre" in texte(reponse)
    assert Complement.objects.get().etat == Complement.Etat.OUVERT
    assert "transmise" in texte(navigateur.soumettre(reponse, follow=True))


def test_the_second_click_leads_to_the_dossier(navigateur, demande, complement, liste):
    joindre(complement)
    page = navigateur.get(liste)
    navigateur.soumettre(page)

    encore = navigateur.soumettre(page, follow=True)

    assert encore.request["PATH_INFO"] == f"/espace/demandes/{demande.pk}/"
    assert "déjà transmise" in texte(encore)


@pytest.fixture
def renoncer(demande, agent):
    def _renoncer():
        renoncer_au_complement(
            demande_id=demande.pk, agent_id=agent.pk, version=None, motif="Reçu.", maintenant=timezone.now()
        )

    return _renoncer


def test_a_stale_page_after_the_agent_gave_up_says_that_nothing_is_due(
    navigateur, complement, liste, piece, renoncer
):
    pages = [navigateur.get(liste), navigateur.get(piece)]
    renoncer()

    for page, formulaire in zip(pages, ("//main//form", FORMULAIRE), strict=True):
        reponse = navigateur.soumettre(page, formulaire=formulaire, follow=True)
        assert "Vous n’avez rien à envoyer" in texte(reponse)
    envoi = navigateur.soumettre(pages[1], {"fichiers": photo()}, formulaire=ENVOI, follow=True)
    assert "n’attend plus de fichier" in texte(envoi)
    assert not Fichier.objects.filter(complement=complement).exists()


def test_a_dossier_that_was_never_asked_anything_has_no_such_page(navigateur, liste, piece):
    assert navigateur.get(liste).status_code == 404
    assert navigateur.get(piece).status_code == 404


def test_what_was_typed_when_the_session_ended_comes_back(demande, complement, piece):
    demande.compte.set_password("une phrase fictive de passe")
    demande.compte.save()
    navigateur = Navigateur()
    cles = {"username": demande.compte.identifiant, "password": "une phrase fictive de passe"}
    page = navigateur.soumettre(f"/compte/connexion/?next={piece}", cles, follow=True)
    Session.objects.all().delete()

    connexion = navigateur.soumettre(
        page, {"choix": "garder", "explication": "Un mot."}, formulaire=FORMULAIRE, follow=True
    )
    reprise = navigateur.soumettre(connexion, cles, follow=True)

    assert reprise.request["PATH_INFO"] == piece
    assert "Un mot." in texte(reprise)
    assert Complement.objects.get().pieces.get().choix == ""


# --- who --------------------------------------------------------------------------------------------------


def test_the_child_s_own_account_answers_too(connecter, deposer_pour, demander):
    demande = deposer_pour(essai.enfant_mineur(le=timezone.now()))
    enfant = connecter(essai.compte(numero_etranger=demande.beneficiaire))
    demander(demande)
    adresse = f"/espace/demandes/{demande.pk}/complement/"

    enfant.soumettre(f"{adresse}{DOMICILE}/", {"fichiers": photo()}, formulaire=ENVOI)
    fin = enfant.soumettre(adresse, follow=True)

    assert "transmise" in texte(fin)


def test_at_18_the_parent_s_pages_are_gone(connecter, deposer_pour, demander):
    demande = deposer_pour(essai.enfant_mineur(le=timezone.now()))
    demander(demande)
    Demande.objects.update(majorite_le=timezone.localdate())
    parent = connecter(demande.compte)

    for fin in ("", "complement/", f"complement/{DOMICILE}/", "archive/", "erreur/"):
        assert parent.get(f"/espace/demandes/{demande.pk}/{fin}").status_code == 404
    attestation = demande.attestations.get()
    assert parent.get(f"/espace/attestations/{attestation.pk}/").status_code == 404
    assert demande.numero not in texte(parent.get("/compte/notifications/"))
    assert demande.numero not in texte(parent.get("/espace/"))
