"""A child claims an account of their own by the link sent to the parent (R-COMPTE-4)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from comptes.models import Compte, Courriel, Inscription, InvitationEnfant, Notification
from comptes.operations.purger import purger
from comptes.tasks import balayer_courriels
from demandes.models import Evenement
from tests import dossiers_d_essai as essai
from tests.integration.comptes.reperes import code_de
from tests.integration.examen.enfants.conftest import prendre
from tests.rigueur.navigateur import Navigateur

MOT_DE_PASSE = "cheval-agrafe-batterie"
ADRESSE = "nour@exemple.fr"


def lien(message: mail.EmailMultiAlternatives) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/compte/enfant/\S+/)", message.body).group(1)


def reclamer(navigateur: Navigateur, adresse: str, numero: str):
    return navigateur.soumettre(adresse, {"numero": numero})


def finir(navigateur: Navigateur, email: str = ADRESSE):
    """The steps « address » and « password », with the code of the mail."""
    page = navigateur.soumettre("/compte/inscription/adresse/", {"email": email}, follow=True)
    balayer_courriels()
    code = next(code_de(m) for m in reversed(mail.outbox) if m.to == [email])
    page = navigateur.soumettre(page, {"code": code}, follow=True)
    return navigateur.soumettre(
        page, {"mot_de_passe": MOT_DE_PASSE, "mot_de_passe_confirmation": MOT_DE_PASSE}, follow=True
    )


# --- the invitation ----------------------------------------------------------------------------------------


def test_the_parent_is_invited_when_the_examination_starts_and_not_before(deposee):
    demande = deposee()
    assert not Courriel.objects.filter(type="compte_enfant").exists()
    prendre(demande)

    courriel = Courriel.objects.get(type="compte_enfant")
    assert (courriel.compte_id, courriel.valeurs["enfant"]) == (demande.compte_id, "Nour")
    assert Notification.objects.filter(type="compte_enfant", compte=demande.compte).count() == 1
    assert Evenement.objects.filter(demande=demande, type="enfant_invite").count() == 1


def test_the_mail_holds_a_link_and_neither_password_nor_number(demande, relever):
    message = relever("compte_enfant")
    assert lien(message)
    assert demande.beneficiaire not in message.body + message.subject
    assert "Nour" not in message.subject
    assert not Compte.objects.filter(numero_etranger=demande.beneficiaire).exists()


def test_nobody_is_invited_for_an_adult_or_for_a_child_who_has_an_account(deposee):
    prendre(deposee(profil=essai.refugie))
    demande = deposee()
    essai.compte(numero_etranger=demande.beneficiaire)
    prendre(demande)
    assert not Courriel.objects.filter(type="compte_enfant").exists()
    assert not InvitationEnfant.objects.exists()


def test_no_token_is_stored_anywhere(demande, relever):
    jeton = lien(relever("compte_enfant")).split("/")[-2]
    for modele in (InvitationEnfant, Courriel, Notification, Inscription):
        assert jeton not in str(list(modele.objects.values()))


# --- the claim ----------------------------------------------------------------------------------------------


def test_the_child_chooses_an_address_and_a_password_and_sees_the_dossier(demande, relever):
    navigateur = Navigateur()
    reponse = reclamer(
        navigateur, lien(relever("compte_enfant")), f" {demande.beneficiaire[:2]} {demande.beneficiaire[2:]}"
    )
    assert reponse.url == "/compte/inscription/adresse/"
    page = finir(navigateur)

    enfant = Compte.objects.get(numero_etranger=demande.beneficiaire)
    assert (enfant.identifiant, enfant.email, enfant.prenoms) == (demande.beneficiaire, ADRESSE, "Nour")
    assert enfant.email_verifie_le is not None
    assert demande.numero in page.content.decode()
    assert navigateur.get(f"/espace/demandes/{demande.pk}/").status_code == 200
    autre = Navigateur()
    connexion = autre.soumettre(
        "/compte/connexion/", {"username": demande.beneficiaire, "password": MOT_DE_PASSE}
    )
    assert connexion.status_code == 302
    assert relever("compte_enfant_cree").to == [demande.compte.email]


def test_opening_the_link_changes_nothing(demande, relever):
    adresse = lien(relever("compte_enfant"))
    avant = InvitationEnfant.objects.values().get()
    for _fois in range(3):
        for methode in ("get", "head"):
            assert getattr(Navigateur(), methode)(adresse).status_code == 200
    assert InvitationEnfant.objects.values().get() == avant
    assert not Inscription.objects.exists()


def test_the_link_serves_once(demande, relever):
    adresse = lien(relever("compte_enfant"))
    premier, second = Navigateur(), Navigateur()
    reclamer(premier, adresse, demande.beneficiaire)
    reclamer(second, adresse, demande.beneficiaire)
    finir(premier)

    assert not InvitationEnfant.objects.exists()
    assert reclamer(Navigateur(), adresse, demande.beneficiaire).status_code == 410
    # The sign-up that the same link had opened elsewhere is over too.
    assert second.get("/compte/inscription/adresse/").url == "/compte/inscription/"


def test_the_link_ends_after_72_hours_and_the_sign_up_that_it_opened_with_it(demande, relever):
    adresse = lien(relever("compte_enfant"))
    fin = InvitationEnfant.objects.get().expire_le
    assert fin - timezone.now() > timedelta(hours=71)
    navigateur = Navigateur()
    with time_machine.travel(fin - timedelta(minutes=1), tick=False):
        assert reclamer(navigateur, adresse, demande.beneficiaire).status_code == 302
        assert navigateur.get("/compte/inscription/adresse/").status_code == 200
    with time_machine.travel(fin, tick=False):
        assert reclamer(Navigateur(), adresse, demande.beneficiaire).status_code == 410
        assert navigateur.get("/compte/inscription/adresse/").url == "/compte/inscription/"


def test_the_link_ends_at_the_18th_birthday(deposee, relever):
    jour = timezone.localdate()
    demain = jour + timedelta(days=1)
    demande = prendre(deposee(date_naissance=demain.replace(year=demain.year - 18).isoformat()))
    adresse = lien(relever("compte_enfant"))
    assert timezone.localtime(InvitationEnfant.objects.get().expire_le).isoformat()[:16] == f"{demain}T00:00"
    with time_machine.travel(InvitationEnfant.objects.get().expire_le, tick=False):
        assert reclamer(Navigateur(), adresse, demande.beneficiaire).status_code == 410


@pytest.mark.parametrize("numero", ["9911111111", "99", "abc", "", "9" * 300])
def test_the_link_without_the_number_opens_nothing(demande, relever, numero):
    reponse = reclamer(Navigateur(), lien(relever("compte_enfant")), numero)
    assert reponse.status_code == 200
    assert "fr-error-text" in reponse.content.decode()
    assert demande.beneficiaire not in reponse.content.decode()
    assert not Inscription.objects.exists()


def test_the_number_without_the_link_opens_nothing(demande, relever):
    adresse = lien(relever("compte_enfant"))
    morceaux = adresse.split("/")
    faux = [
        adresse.replace(morceaux[-2], "0" * 64),
        adresse.replace(morceaux[-2], morceaux[-2][:-1] + "x"),
        adresse.replace(morceaux[-3], "00000000-0000-0000-0000-000000000007"),
    ]
    pages = [reclamer(Navigateur(), autre, demande.beneficiaire) for autre in faux]
    assert [page.status_code for page in pages] == [410, 410, 410]
    # Before anything is typed, a good link and a forged one show the same page.
    vues = {re.sub(r'value="\w{64}"', "", Navigateur().get(a).content.decode()) for a in (adresse, *faux)}
    assert len(vues) == 1


def test_the_number_cannot_be_found_by_trying(demande, relever):
    adresse = lien(relever("compte_enfant"))
    codes = [
        Navigateur(REMOTE_ADDR=f"10.0.0.{rang}")
        .soumettre(adresse, {"numero": f"99111111{rang:02}"})
        .status_code
        for rang in range(11)
    ]
    assert codes == [200] * 10 + [429]


def test_the_address_of_the_parent_is_refused(demande, relever):
    navigateur = Navigateur()
    reclamer(navigateur, lien(relever("compte_enfant")), demande.beneficiaire)
    page = navigateur.soumettre("/compte/inscription/adresse/", {"email": demande.compte.email.upper()})
    assert page.status_code == 200
    assert "Écrivez la vôtre" in page.content.decode()
    assert not Courriel.objects.filter(type="verification").exists()


@pytest.mark.parametrize("mot_de_passe", ["court", "123456789012", "motdepasse12"[:11]])
def test_a_weak_password_is_refused(demande, relever, mot_de_passe):
    navigateur = Navigateur()
    reclamer(navigateur, lien(relever("compte_enfant")), demande.beneficiaire)
    Inscription.objects.update(email=ADRESSE, email_verifie_le=timezone.now())
    page = navigateur.soumettre(
        "/compte/inscription/mot-de-passe/",
        {"mot_de_passe": mot_de_passe, "mot_de_passe_confirmation": mot_de_passe},
    )
    assert page.status_code == 200
    assert not Compte.objects.filter(numero_etranger=demande.beneficiaire).exists()


def test_a_child_who_signed_up_with_a_document_meanwhile_is_told(demande, relever):
    adresse = lien(relever("compte_enfant"))
    essai.compte(numero_etranger=demande.beneficiaire)
    page = reclamer(Navigateur(), adresse, demande.beneficiaire)
    assert "déjà un compte" in page.content.decode()


def test_who_is_logged_in_is_told_whose_account_the_link_makes(demande, relever, connecter):
    adresse = lien(relever("compte_enfant"))
    navigateur = connecter(demande.compte)
    page = navigateur.get(adresse)
    assert "le compte de l’enfant" in page.content.decode()
    suite = navigateur.soumettre(page, follow=True)
    assert suite.request["PATH_INFO"] == adresse
    assert reclamer(navigateur, adresse, demande.beneficiaire).status_code == 302


# --- a new link -----------------------------------------------------------------------------------------------


def page_de(demande) -> str:
    return reverse("demandes:compte_de_l_enfant", args=[demande.pk])


def test_a_new_link_asked_from_the_dossier_cancels_the_old_one_and_what_it_opened(
    demande, relever, connecter
):
    ancien = lien(relever("compte_enfant"))
    navigateur = Navigateur()
    reclamer(navigateur, ancien, demande.beneficiaire)
    parent = connecter(demande.compte)
    assert page_de(demande) in parent.get(f"/espace/demandes/{demande.pk}/").content.decode()
    page = parent.soumettre(page_de(demande), follow=True)

    assert "Un nouveau lien est parti" in page.content.decode()
    nouveau = lien(relever("compte_enfant"))
    assert nouveau != ancien
    assert reclamer(Navigateur(), ancien, demande.beneficiaire).status_code == 410
    assert navigateur.get("/compte/inscription/adresse/").url == "/compte/inscription/"
    assert reclamer(Navigateur(), nouveau, demande.beneficiaire).status_code == 302


def test_a_mail_that_waited_while_a_new_link_was_asked_is_not_sent(demande, connecter, relever):
    connecter(demande.compte).soumettre(page_de(demande))
    relever("compte_enfant")
    assert [c.etat for c in Courriel.objects.filter(type="compte_enfant").order_by("pk")] == [
        "sans_objet",
        "envoye",
    ]


def test_a_link_that_was_forgotten_long_ago_is_asked_anew(demande, connecter, relever):
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        purger()
        assert not InvitationEnfant.objects.exists()
        parent = connecter(demande.compte)
        assert parent.soumettre(page_de(demande)).status_code == 302
        assert InvitationEnfant.objects.get().envois == 1


def test_new_links_are_limited(demande, connecter):
    parent = connecter(demande.compte)
    page = parent.get(page_de(demande))
    codes = [parent.soumettre(page).status_code for _fois in range(6)]
    assert codes == [302] * 5 + [429]


def test_before_the_examination_there_is_no_link_to_ask_for(deposee, connecter):
    demande = deposee()
    parent = connecter(demande.compte)
    page = parent.get(page_de(demande))
    assert "M’envoyer un nouveau lien" not in page.content.decode()
    parent.handler.enforce_csrf_checks = False
    suite = parent.post(page_de(demande), follow=True)
    assert "l’examen n’a pas commencé" in suite.content.decode()
    assert not InvitationEnfant.objects.exists()


def test_once_the_child_has_an_account_there_is_no_link_to_ask_for(demande, connecter):
    essai.compte(numero_etranger=demande.beneficiaire)
    parent = connecter(demande.compte)
    assert "a son propre compte" in parent.get(page_de(demande)).content.decode()
    parent.handler.enforce_csrf_checks = False
    assert "a déjà un compte" in parent.post(page_de(demande), follow=True).content.decode()


@pytest.mark.parametrize("qui", ["l’enfant", "un autre usager", "un agent d’ici", "le parent d’un adulte"])
def test_nobody_else_asks_for_a_link(demande, deposee, connecter, qui):
    cible = demande
    compte = {
        "l’enfant": lambda: essai.compte(numero_etranger=demande.beneficiaire),
        "un autre usager": lambda: essai.refugie().compte,
        "un agent d’ici": lambda: essai.agent(essai.prefecture("39")),
        "le parent d’un adulte": lambda: None,
    }[qui]()
    if compte is None:
        cible = deposee(profil=essai.refugie)
        compte = cible.compte
    navigateur = connecter(compte)
    navigateur.handler.enforce_csrf_checks = False
    avant = InvitationEnfant.objects.values().get()
    for methode in ("get", "post"):
        assert getattr(navigateur, methode)(page_de(cible)).status_code == 404
    assert InvitationEnfant.objects.values().get() == avant
