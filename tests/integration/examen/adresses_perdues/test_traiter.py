"""An agent compares the document with the register; 72 hours later the address changes, unless its holder says no."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from comptes.models import ChangementAdresse, Compte, Courriel, Notification
from demandes.models import RecuperationAdresse, Trace
from demandes.operations.adresse_perdue.annuler import annuler_par_lien
from demandes.operations.adresse_perdue.traiter import accepter_recuperation, refuser_recuperation
from demandes.operations.balayer_orphelins import balayer_orphelins
from demandes.operations.horloges.changer_adresses_perdues import traiter_les_adresses_perdues
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, RecuperationPerimee
from tests import dossiers_d_essai as essai
from tests.integration.examen.adresses_perdues.conftest import (
    MOT_DE_PASSE,
    NOUVELLE,
    champs,
    demander,
    dernier,
)

LISTE = "/gestion/demandes/recuperationadresse/"
INCONNU = "9911111111"


def accepter(recuperation, agent, maintenant=None):
    return accepter_recuperation(
        recuperation_id=recuperation.pk, agent_id=agent.pk, maintenant=maintenant or timezone.now()
    )


def refuser(recuperation, agent, motif="La photo n’est pas celle du registre."):
    return refuser_recuperation(
        recuperation_id=recuperation.pk, agent_id=agent.pk, motif=motif, maintenant=timezone.now()
    )


def passer(recuperation, **delai) -> int:
    """The clock, so long after the agent's word."""
    return traiter_les_adresses_perdues(maintenant=recuperation.traitee_le + timedelta(**delai))


def adresse_de(recuperation: RecuperationAdresse) -> str:
    return Compte.objects.get(pk=recuperation.compte_id).email


def lien_d_annulation() -> str:
    return re.search(
        r"http://127\.0\.0\.1:8000(/adresse-perdue/\S+/annuler/)", dernier("ancienne@exemple.fr").body
    )[1]


# --- accepted ------------------------------------------------------------------------------------------


def test_nothing_changes_before_72_hours_and_then_all_at_once(acceptee, compte, connecter, stockes):
    ouvert = connecter(compte)
    assert ouvert.get("/espace/").status_code == 200
    assert passer(acceptee, hours=71, minutes=59) == 0
    assert adresse_de(acceptee) == "ancienne@exemple.fr"
    assert ouvert.get("/espace/").status_code == 200

    assert passer(acceptee, hours=72) == 1
    assert passer(acceptee, hours=73) == 0

    compte.refresh_from_db()
    assert (compte.email, compte.email_verifie_le) == (NOUVELLE, acceptee.verifiee_le)
    acceptee.refresh_from_db()
    assert (acceptee.etat, acceptee.contenu, acceptee.apercu) == ("faite", "", "")
    # The sessions of whoever was logged in end, and the old password opens nothing.
    assert ouvert.get("/espace/").status_code == 302
    connexion = Client().post(
        "/compte/connexion/", {"username": compte.identifiant, "password": MOT_DE_PASSE}
    )
    assert connexion.status_code == 200


@pytest.mark.parametrize("arret", [7, 14])
def test_a_beat_that_was_stopped_is_caught_up_once(acceptee, arret):
    assert passer(acceptee, days=3 + arret) == 1
    assert passer(acceptee, days=3 + arret, hours=1) == 0
    assert Courriel.objects.filter(type="adresse_perdue_faite").count() == 1


def test_the_new_address_gets_a_link_that_sets_a_password(acceptee, compte):
    passer(acceptee, hours=72)
    message = dernier(NOUVELLE)
    assert message.subject == "Votre nouvelle adresse est en place"
    lien = re.search(r"http://127\.0\.0\.1:8000(/compte/nouveau-mot-de-passe/\S+)", message.body)[1]
    navigateur = Client()
    page = navigateur.get(lien).url
    nouveau = "girafe-tournevis-ocean"
    choix = {"mot_de_passe": nouveau, "mot_de_passe_confirmation": nouveau}
    assert navigateur.post(page, choix).status_code == 302
    connexion = Client().post("/compte/connexion/", {"username": compte.identifiant, "password": nouveau})
    assert connexion.status_code == 302
    # An expired link is asked anew, and goes to the new address.
    Client().post("/compte/mot-de-passe-oublie/", {"username": compte.identifiant})
    assert dernier(NOUVELLE).subject == "Changer votre mot de passe"


def test_the_old_address_and_the_account_are_told_at_once_and_again_at_the_end(acceptee, compte):
    avis = dernier("ancienne@exemple.fr")
    assert avis.subject == "Votre adresse électronique va changer"
    assert NOUVELLE not in avis.body
    assert Notification.objects.filter(compte=compte, type="adresse_perdue_avis").count() == 1
    assert dernier(NOUVELLE).subject == "Votre nouvelle adresse est acceptée"
    passer(acceptee, hours=72)
    assert dernier("ancienne@exemple.fr").subject == "Votre adresse électronique a été changée"


def test_a_change_of_address_asked_from_the_account_ends(acceptee, compte):
    ChangementAdresse.objects.create(compte=compte, nouvelle="autre@exemple.fr")
    passer(acceptee, hours=72)
    assert not ChangementAdresse.objects.exists()


def test_who_could_change_the_address_meanwhile_has_not_lost_it(acceptee, compte):
    compte.email = "choisie@exemple.fr"
    compte.save()
    assert passer(acceptee, hours=72) == 1
    assert adresse_de(acceptee) == "choisie@exemple.fr"
    acceptee.refresh_from_db()
    assert (acceptee.etat, acceptee.contenu) == ("annulee", "")


def test_an_account_closed_meanwhile_is_left_alone(acceptee, compte):
    Compte.objects.filter(pk=compte.pk).update(is_active=False)
    passer(acceptee, hours=72)
    assert adresse_de(acceptee) == "ancienne@exemple.fr"


def test_a_second_request_waits_for_the_first_to_take_effect(acceptee, compte, agent):
    autre = demander(compte.identifiant, email="voleur@exemple.fr")
    with pytest.raises(ActionImpossible, match="recuperation_deja_acceptee"):
        accepter(autre, agent)


# --- « it is not me » ----------------------------------------------------------------------------------


def test_the_old_address_stops_it_with_a_link_that_changes_nothing_when_opened(
    acceptee, compte, stockes, django_capture_on_commit_callbacks
):
    lien = lien_d_annulation()
    navigateur = Client(enforce_csrf_checks=False)
    for _fois in range(2):
        assert navigateur.get(lien).status_code == 200
        assert navigateur.head(lien).status_code == 200
    acceptee.refresh_from_db()
    assert acceptee.etat == "acceptee"

    with django_capture_on_commit_callbacks(execute=True):
        assert "est annulé" in navigateur.post(lien).content.decode()
    acceptee.refresh_from_db()
    assert (acceptee.etat, acceptee.contenu) == ("annulee", "")
    assert stockes() == []
    assert passer(acceptee, hours=72) == 0
    assert adresse_de(acceptee) == "ancienne@exemple.fr"
    assert navigateur.post(lien).status_code == 410
    assert Notification.objects.filter(compte=compte, type="adresse_perdue_annulee").count() == 1


def test_the_holder_who_is_logged_in_stops_it_from_the_notification(acceptee, compte, connecter):
    navigateur = connecter(compte)
    adresse = f"/espace/adresse-perdue/{acceptee.pk}/annuler/"
    assert adresse in navigateur.get("/compte/notifications/").content.decode()
    navigateur.soumettre(adresse)
    acceptee.refresh_from_db()
    assert acceptee.etat == "annulee"
    assert Trace.objects.filter(sujet=acceptee.pk, quoi="annuler_recuperation", acteur=compte).exists()


def test_a_forged_link_stops_nothing_and_somebody_else_s_account_sees_nothing(acceptee, connecter):
    lien = lien_d_annulation()
    morceaux = lien.split("/")
    for faux in (
        lien.replace(morceaux[-3], "0" * 64),
        lien.replace(morceaux[-4], str(essai.refugie().demande.pk)),
    ):
        assert Client().post(faux).status_code == 410
    intrus = connecter(essai.refugie().compte)
    intrus.handler.enforce_csrf_checks = False
    for methode in ("get", "post"):
        reponse = getattr(intrus, methode)(f"/espace/adresse-perdue/{acceptee.pk}/annuler/")
        assert reponse.status_code == 404
    acceptee.refresh_from_db()
    assert acceptee.etat == "acceptee"


def test_a_link_is_of_no_use_once_the_change_is_done(acceptee):
    lien = lien_d_annulation()
    passer(acceptee, hours=72)
    assert Client().post(lien).status_code == 410
    with pytest.raises(RecuperationPerimee):
        annuler_par_lien(recuperation_id=acceptee.pk, jeton=lien.split("/")[-3])


# --- refused, or forgotten -----------------------------------------------------------------------------


def test_a_refusal_deletes_the_document_and_tells_the_new_address_the_same_for_every_reason(
    ouverte, agent, stockes, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        refuser(ouverte, agent)
    ouverte.refresh_from_db()
    assert (ouverte.etat, ouverte.contenu) == ("refusee", "")
    assert stockes() == []
    message = dernier(NOUVELLE)
    assert "Nous n’avons pas pu vérifier" in message.body
    assert "photo n’est pas celle" not in message.body
    assert not Courriel.objects.filter(destinataire="ancienne@exemple.fr").exists()
    trace = Trace.objects.get(quoi="refuser_recuperation")
    assert (trace.acteur, trace.valeurs) == (agent, {"motif": "La photo n’est pas celle du registre."})


def test_a_number_that_nobody_has_gets_the_same_refusal(
    compte, agent, stockes, django_capture_on_commit_callbacks
):
    connue = demander(compte.identifiant, email="connue@exemple.fr")
    inconnue = demander(INCONNU, email="inconnue@exemple.fr")
    refuser(connue, agent)
    avant = inconnue.soumise_le + timedelta(days=3) - timedelta(minutes=1)
    assert traiter_les_adresses_perdues(maintenant=avant) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert traiter_les_adresses_perdues(maintenant=avant + timedelta(minutes=1)) == 1
    inconnue.refresh_from_db()
    assert (inconnue.etat, inconnue.contenu) == ("refusee", "")
    messages = [dernier(f"{nom}@exemple.fr") for nom in ("connue", "inconnue")]
    assert messages[0].body == messages[1].body
    assert messages[0].subject == messages[1].subject


def test_what_no_agent_looks_at_is_refused_in_time_for_its_document(
    ouverte, stockes, django_capture_on_commit_callbacks
):
    """27 days and 72 hours: 30 days at most, had it been accepted on the last day."""
    limite = ouverte.soumise_le + timedelta(days=27)
    assert traiter_les_adresses_perdues(maintenant=limite - timedelta(minutes=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert traiter_les_adresses_perdues(maintenant=limite) == 1
    ouverte.refresh_from_db()
    assert ouverte.etat == "refusee"
    assert stockes() == []


def test_a_request_never_sent_is_forgotten_after_a_day(client, compte):
    client.post("/adresse-perdue/", champs(compte.identifiant))
    cree_le = RecuperationAdresse.objects.get().cree_le
    assert traiter_les_adresses_perdues(maintenant=cree_le + timedelta(hours=23)) == 0
    assert traiter_les_adresses_perdues(maintenant=cree_le + timedelta(hours=24)) == 1
    assert not RecuperationAdresse.objects.exists()


def test_the_clock_looks_up_what_the_lost_nudge_did_not(compte):
    recuperation = demander(compte.identifiant)
    RecuperationAdresse.objects.update(rattachee_le=None, compte=None, prefecture=None)
    assert traiter_les_adresses_perdues(maintenant=timezone.now()) == 1
    recuperation.refresh_from_db()
    assert recuperation.compte == compte


def test_the_database_keeps_no_document_of_a_request_that_is_over(ouverte):
    with pytest.raises(IntegrityError, match="piece_d_identite_effacee"), transaction.atomic():
        RecuperationAdresse.objects.update(etat="refusee")


def test_the_sweep_of_orphans_spares_the_documents_that_wait_and_takes_the_others(ouverte, stockage, stockes):
    orphelin = stockage / "identites" / "zz" / "orphelin"
    orphelin.parent.mkdir()
    orphelin.write_bytes(b"x")
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert balayer_orphelins() == 1
    assert sorted(stockes()) == sorted([ouverte.contenu, ouverte.apercu])


# --- the agents' pages ---------------------------------------------------------------------------------


def page_de(recuperation: RecuperationAdresse, geste: str = "change") -> str:
    return f"{LISTE}{recuperation.pk}/{geste}/"


def test_the_agent_sees_the_document_beside_the_register_and_each_look_is_noted(ouverte, agent, connecter):
    navigateur = connecter(agent)
    texte = navigateur.get(page_de(ouverte)).content.decode()
    for mot in ("PERDU-FICTIF", "1990-03-14", "Hérat", NOUVELLE, "a…@exemple.fr"):
        assert mot in texte
    assert "ancienne@exemple.fr" not in texte
    for version, type_mime in (("contenu", "image/jpeg"), ("apercu", "image/jpeg")):
        reponse = navigateur.get(page_de(ouverte, f"piece/{version}"))
        assert reponse.status_code == 200
        assert b"".join(reponse).startswith(b"\xff\xd8\xff")
        assert reponse["Content-Type"] == type_mime
        assert reponse["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in reponse["Cache-Control"]
    assert navigateur.get(page_de(ouverte, "piece/brut")).status_code == 404
    quoi = Trace.objects.filter(acteur=agent).order_by("pk").values_list("quoi", flat=True)
    assert list(quoi) == ["consultation", "ouvrir_la_piece"]


def test_the_agent_accepts_by_the_page(ouverte, agent, connecter):
    suite = connecter(agent).soumettre(
        page_de(ouverte), formulaire="//form[contains(@action, 'accepter')]", follow=True
    )
    assert "prendra effet dans 72 heures" in suite.content.decode()
    ouverte.refresh_from_db()
    assert (ouverte.etat, ouverte.traitee_par) == ("acceptee", agent)


def test_the_agent_refuses_by_the_page_with_a_reason(ouverte, agent, connecter):
    navigateur = connecter(agent)
    formulaire = "//form[contains(@action, 'refuser')]"
    page = navigateur.soumettre(page_de(ouverte), formulaire=formulaire)
    assert "Écrivez pourquoi" in page.content.decode()
    suite = navigateur.soumettre(page, {"motif": "Visage différent."}, formulaire=formulaire, follow=True)
    texte = suite.content.decode()
    assert "est effacée" in texte
    assert "Visage différent." in texte
    assert navigateur.get(page_de(ouverte, "piece/contenu")).status_code == 404


def test_an_answered_request_is_answered_no_more(acceptee, agent):
    for faire in (accepter, refuser):
        with pytest.raises(ActionImpossible, match="recuperation_traitee"):
            faire(acceptee, agent)


def intrus_de(qui: str, recuperation: RecuperationAdresse) -> Compte:
    return {
        "ailleurs": lambda: essai.agent(essai.prefecture("75")),
        "ccc": lambda: essai.agent(essai.prefecture("39"), role="ccc"),
        "administrateur": lambda: essai.compte(identifiant="admin", role="administrateur"),
        "usager": lambda: recuperation.compte,
    }[qui]()


@pytest.mark.parametrize("qui", ["ailleurs", "ccc", "administrateur", "usager"])
def test_nobody_else_sees_or_answers(ouverte, connecter, qui):
    intrus = intrus_de(qui, ouverte)
    navigateur = connecter(intrus)
    navigateur.handler.enforce_csrf_checks = False
    for methode in ("get", "post", "put", "delete"):
        for geste in ("change", "accepter", "refuser", "delete", "history", "piece/contenu", "piece/apercu"):
            reponse = getattr(navigateur, methode)(page_de(ouverte, geste))
            assert reponse.status_code in (404, 405), (methode, geste)
    for faire in (accepter, refuser):
        with pytest.raises(DossierIntrouvable):
            faire(ouverte, intrus)
    assert ouverte.identifiant not in navigateur.get(LISTE, follow=True).content.decode()
    ouverte.refresh_from_db()
    assert ouverte.etat == "ouverte"


def test_a_request_for_a_number_that_nobody_has_is_shown_to_no_agent(agent, connecter):
    inconnue = demander(INCONNU)
    assert INCONNU not in connecter(agent).get(LISTE).content.decode()
    assert connecter(agent).get(page_de(inconnue)).status_code == 404
    with pytest.raises(DossierIntrouvable):
        accepter(inconnue, agent)


# --- somebody who knows a number -----------------------------------------------------------------------


def test_who_knows_a_number_learns_nothing_and_takes_nothing(compte, agent, stockes):
    """The pages say nothing of the account; an agent refuses; the address, the password and the sessions stay."""
    voleur = demander(compte.identifiant, email="voleur@exemple.fr")
    vus = "".join(message.body + message.subject for message in _messages("voleur@exemple.fr"))
    for secret in (compte.nom, compte.prenoms, compte.email, "Hérat", "1990"):
        assert secret not in vus
    refuser(voleur, agent)
    traiter_les_adresses_perdues(maintenant=timezone.now() + timedelta(days=40))
    compte.refresh_from_db()
    assert compte.email == "ancienne@exemple.fr"
    assert compte.check_password(MOT_DE_PASSE)


def test_a_forged_document_that_deceives_the_agent_is_stopped_by_the_holder(compte, agent):
    voleur = accepter(demander(compte.identifiant, email="voleur@exemple.fr"), agent)
    assert Client().post(lien_d_annulation()).status_code == 200
    traiter_les_adresses_perdues(maintenant=timezone.now() + timedelta(days=4))
    compte.refresh_from_db()
    assert compte.email == "ancienne@exemple.fr"
    assert compte.check_password(MOT_DE_PASSE)
    voleur.refresh_from_db()
    assert voleur.etat == "annulee"


def _messages(adresse: str) -> list:
    dernier(adresse)
    return [message for message in mail.outbox if message.to == [adresse]]
