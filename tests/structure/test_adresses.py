"""Closed by default: every address asks to log in, except those listed here."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.adresses import METHODES, VALEURS, adresses

pytestmark = pytest.mark.django_db

PUBLIQUES = {
    "vivant", "pret",
    "codes_demonstration", "courriels_demonstration", "courriel_demonstration", "corps_demonstration",
    "piece_demonstration",
    "demandes:accueil", "demandes:simulateur", "demandes:demander", "demandes:presentation",
    "comptes:connexion", "comptes:deconnexion",
    "comptes:inscription", "comptes:inscription_prefecture", "comptes:inscription_adresse",
    "comptes:inscription_code", "comptes:inscription_lien", "comptes:inscription_ici",
    "comptes:inscription_mot_de_passe",
    "comptes:mot_de_passe_oublie", "comptes:mot_de_passe_demande", "comptes:nouveau_mot_de_passe",
    "comptes:mot_de_passe_fait", "comptes:adresse_confirmer", "comptes:compte_enfant",
    "demandes:adresse_perdue", "demandes:adresse_perdue_code", "demandes:adresse_perdue_piece",
    "demandes:adresse_perdue_envoyee", "demandes:adresse_perdue_annuler",
    "assistance:aide", "assistance:numero", "assistance:contact", "assistance:mentions_legales",
    "assistance:donnees_personnelles", "assistance:accessibilite", "assistance:plan_du_site",
    "assistance:etat_du_service", "assistance:voyage", "assistance:changement_de_situation",
    "attestations:verifier", "attestations:verifier_fichier", "attestations:verifier_code",
    "attestations:verifier_numero", "attestations:verifier_partage", "attestations:lien_de_partage",
    "attestations:certificats", "attestations:certificat",
    "admin:login", "admin:logout", "admin:mot_de_passe_oublie",
}  # fmt: skip
ADRESSES = adresses()
PRIVEES = [(nom, adresse) for nom, adresse in ADRESSES if nom not in PUBLIQUES]


def test_the_list_of_public_addresses_names_no_address_that_is_gone():
    assert {nom for nom, _adresse in ADRESSES} >= PUBLIQUES


@pytest.mark.parametrize("methode", METHODES)
def test_every_other_address_sends_an_anonymous_visitor_to_the_login_page(methode):
    ouvertes = []
    navigateur = Client()
    connexions = (reverse(settings.LOGIN_URL), reverse("admin:login"))
    for nom, adresse in PRIVEES:
        reponse = getattr(navigateur, methode)(adresse)
        # 405: said of the method, before anybody is looked at.
        vers_la_connexion = reponse.status_code == 302 and reponse.url.startswith(connexions)
        if not vers_la_connexion and reponse.status_code != 405:
            ouvertes.append(f"{methode.upper()} {adresse} ({nom}) : {reponse.status_code}")
    assert PRIVEES
    assert not ouvertes


def test_what_belongs_to_nobody_answers_404_to_a_person_who_is_logged_in(django_user_model):
    compte = django_user_model.objects.create_user("9900099999", numero_etranger="9900099999")
    navigateur = Client()
    navigateur.force_login(compte, backend="comptes.authentification.IdentifiantBackend")
    trouvees = []
    for nom, adresse in PRIVEES:
        if VALEURS["uuid"] in adresse and not nom.startswith("admin:"):
            for methode in ("get", "post"):
                reponse = getattr(navigateur, methode)(adresse)
                # 405: the address exists for everybody, with another method.
                if reponse.status_code not in (404, 405):
                    trouvees.append(f"{methode.upper()} {adresse} ({nom}) : {reponse.status_code}")
    assert not trouvees


def test_the_agents_site_is_closed_to_an_usager(django_user_model):
    compte = django_user_model.objects.create_user("9900099998", numero_etranger="9900099998")
    navigateur = Client()
    navigateur.force_login(compte, backend="comptes.authentification.IdentifiantBackend")
    ouvertes = []
    for nom, adresse in PRIVEES:
        if nom.startswith("admin:") and nom != "admin:logout":
            reponse = navigateur.get(adresse)
            if reponse.status_code == 200 or (
                reponse.status_code == 302 and not reponse.url.startswith(reverse("admin:login"))
            ):
                ouvertes.append(f"{adresse} ({nom}) : {reponse.status_code}")
    assert not ouvertes
