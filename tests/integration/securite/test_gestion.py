"""Every address below /gestion/, for everyone, with every method (R-COMPTE-5, « one person seeing another's data »).

The addresses come from the URL resolver: those of a later screen are covered by themselves.
"""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from comptes.models import Compte
from tests import dossiers_d_essai as essai
from tests.adresses import METHODES, VALEURS, adresses
from tests.rigueur.navigateur import BACKEND, ClientStrict
from tests.seconds_facteurs import telephone_de

GESTION = [(nom, adresse) for nom, adresse in adresses() if nom.startswith("admin:")]
ROLES = ("instructeur", "responsable", "ccc", "administrateur")
# What an anonymous visitor may open, and what a password alone opens. Nothing is added here without a reason.
SANS_CONNEXION = {"admin:login", "admin:logout", "admin:mot_de_passe_oublie"}
SANS_SECOND_FACTEUR = {
    "admin:second_facteur", "admin:second_facteur_activer", "admin:second_facteur_secours", "admin:logout",
}  # fmt: skip
# Pages of everyone on the staff.
DE_TOUS = {
    "admin:index", "admin:jsi18n", "admin:login", "admin:logout", "admin:mot_de_passe_oublie",
    "admin:password_change", "admin:codes_de_secours", "admin:codes_de_secours_renouveler",
    "admin:codes_de_secours_telecharger", *SANS_SECOND_FACTEUR,
}  # fmt: skip
FAITES = frozenset(VALEURS.values())


def agent(role: str) -> Compte:
    prefectures = [essai.prefecture("39")] if role in ("instructeur", "responsable") else []
    return essai.agent(*prefectures, role=role)


def essayer(client: Client, nom: str, adresse: str, methode: str, compte: Compte | None, verifie: bool):
    """The answer; logs in first, as an address before may have logged out."""
    if compte is not None and "_auth_user_id" not in client.session:
        if isinstance(client, ClientStrict):
            client.force_login(compte, second_facteur=verifie)
        else:
            client.force_login(compte, backend=BACKEND)
    return getattr(client, methode)(adresse)


def test_there_is_something_to_try():
    assert {"admin:index", "admin:comptes_agent_change", "admin:demandes_demande_change"} <= {
        nom for nom, _adresse in GESTION
    }
    assert {nom for nom, _adresse in GESTION} >= SANS_CONNEXION | SANS_SECOND_FACTEUR | DE_TOUS


@pytest.mark.parametrize("methode", METHODES)
def test_an_anonymous_visitor_meets_the_login_page_of_staff(methode):
    connexion, fautes = reverse("admin:login"), []
    for nom, adresse in GESTION:
        reponse = getattr(Client(), methode)(adresse)
        if nom in SANS_CONNEXION:
            continue
        if reponse.status_code != 302 or not reponse.url.startswith(connexion):
            fautes.append(f"{methode.upper()} {adresse} : {reponse.status_code}")
    assert not fautes


@pytest.mark.parametrize("methode", METHODES)
def test_for_an_usager_nothing_exists_not_even_the_login_page(methode):
    client = Client()
    client.force_login(essai.compte_de(essai.personne()), backend=BACKEND)

    assert not [
        f"{methode.upper()} {adresse}"
        for _nom, adresse in GESTION
        if getattr(client, methode)(adresse).status_code != 404
    ]


@pytest.mark.parametrize("enrole", [True, False], ids=["avec téléphone", "sans téléphone"])
@pytest.mark.parametrize("role", ROLES)
def test_a_password_alone_leads_to_the_second_factor_and_nowhere_else(role, enrole):
    compte = agent(role)
    if enrole:
        telephone_de(compte)
    page, fautes = reverse("admin:second_facteur"), []
    for methode in METHODES:
        client = Client()
        for nom, adresse in GESTION:
            reponse = essayer(client, nom, adresse, methode, compte, verifie=False)
            if nom not in SANS_SECOND_FACTEUR:
                if reponse.status_code != 302 or reponse.url.partition("?")[0] != page:
                    fautes.append(f"{methode.upper()} {adresse} : {reponse.status_code}")
            elif reponse.status_code not in (200, 302, 405) or b"/gestion/comptes/" in reponse.content:
                fautes.append(f"{methode.upper()} {adresse} : {reponse.status_code}")
    assert not fautes


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_its_own_screens_and_nothing_that_is_made_up(role, rf):
    compte = agent(role)
    requete = rf.get("/")
    requete.user = compte
    ouverts = {
        f"/gestion/{modele._meta.app_label}/{modele._meta.model_name}/": ecran.has_module_permission(requete)
        for modele, ecran in admin.site._registry.items()
    }
    client, fautes = ClientStrict(), []
    for methode in METHODES:
        for nom, adresse in GESTION:
            reponse = essayer(client, nom, adresse, methode, compte, verifie=True)
            if nom in DE_TOUS:
                permis = (200, 302, 404, 405)
            elif FAITES & set(adresse.strip("/").split("/")):
                # 302: to the same address with its last slash, or to the page of that id, which is tried too.
                # 405 is said of the method, before anybody is looked at.
                permis = (404, 405, 302)
            elif any(adresse.startswith(ecran) and ouvert for ecran, ouvert in ouverts.items()):
                permis = (200, 302, 404, 405)
            elif nom == "admin:app_list":
                permis = (200, 404)
            else:
                permis = (404, 405)
            # OPTIONS may say which methods there are, the same to everyone.
            if reponse.status_code not in permis and not (methode == "options" and not reponse.content):
                fautes.append(f"{methode.upper()} {adresse} : {reponse.status_code}")
    assert ouverts
    assert not fautes


def test_who_has_which_screen(rf):
    qui_voit = {}
    for modele, ecran in admin.site._registry.items():
        qui_voit[modele._meta.label] = set()
        for role in (*ROLES, "usager"):
            requete = rf.get("/")
            requete.user = Compte(role=role)
            if ecran.has_module_permission(requete):
                qui_voit[modele._meta.label].add(role)

    assert qui_voit["comptes.Agent"] == {"administrateur"}
    assert qui_voit["demandes.Demande"] == {"instructeur", "responsable"}
    assert not [label for label, roles in qui_voit.items() if "usager" in roles or not roles]


def test_no_screen_of_a_library_is_there():
    """They show secrets, and write without an operation."""
    notres = ("comptes", "demandes", "attestations", "assistance", "referentiels")

    assert {type(ecran).__module__.partition(".")[0] for ecran in admin.site._registry.values()} <= set(
        notres
    )
