"""What an administrateur and the operator do to staff accounts: rights, rules, journal (R-COMPTE-5)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django_otp.plugins.otp_static.models import StaticDevice

from comptes.models import Agent, Authentificateur, Compte, Courriel, EvenementAgent
from comptes.operations.agents.activer_agent import desactiver_agent, reactiver_agent
from comptes.operations.agents.creer_agent import creer_agent
from comptes.operations.agents.envoyer_lien import envoyer_lien
from comptes.operations.agents.modifier_agent import marque, modifier_agent
from comptes.operations.agents.refus import (
    AgentInconnu,
    CompteDesactive,
    CompteModifie,
    DejaFait,
    IdentifiantInvalide,
    IdentifiantPris,
    PrefecturesIncoherentes,
    SansAdresse,
    SansDroit,
    SonPropreCompte,
)
from comptes.operations.agents.reinitialiser_second_facteur import reinitialiser_second_facteur
from comptes.operations.agents.renouveler_codes import remplacer_les_codes
from tests import dossiers_d_essai as essai
from tests.seconds_facteurs import telephone_de

VALEURS = {
    "nom": "NOUVEAU-FICTIF", "prenoms": "Noa", "email": "noa@agents.example", "role": "instructeur",
    "prefectures": ["39"],
}  # fmt: skip
TABLE = EvenementAgent._meta.db_table


def creer(acteur: Compte | None, **valeurs):
    acteur_id = acteur.pk if acteur else None
    return creer_agent(**{"acteur_id": acteur_id, "identifiant": "noa.essai", **VALEURS, **valeurs})


def modifier(acteur: Compte | None, agent: Compte, **valeurs):
    vu = valeurs.pop("vu", marque(Agent.objects.get(pk=agent.pk)) if agent.is_staff else "")
    acteur_id = acteur.pk if acteur else None
    return modifier_agent(agent_id=agent.pk, acteur_id=acteur_id, vu=vu, **{**VALEURS, **valeurs})


GESTES = {
    "modifier": modifier,
    "désactiver": lambda acteur, agent: desactiver_agent(agent_id=agent.pk, acteur_id=acteur.pk),
    "réactiver": lambda acteur, agent: reactiver_agent(agent_id=agent.pk, acteur_id=acteur.pk),
    "envoyer un lien": lambda acteur, agent: envoyer_lien(agent_id=agent.pk, acteur_id=acteur.pk),
    "réinitialiser": lambda acteur, agent: reinitialiser_second_facteur(
        agent_id=agent.pk, acteur_id=acteur.pk
    ),
}


# --- who may ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("geste", GESTES)
@pytest.mark.parametrize("qui", ["instructeur", "responsable", "ccc", "usager", "parti"])
def test_only_an_active_administrateur_changes_an_account(agent, geste, qui):
    acteur = {
        "usager": lambda: essai.compte_de(essai.personne()),
        "parti": lambda: essai.agent(role="administrateur"),
    }.get(qui, lambda: essai.agent(role=qui))()
    if qui == "parti":
        Compte.objects.filter(pk=acteur.pk).update(is_active=False)
    avant = Compte.objects.filter(pk=agent.pk).values().get()

    with pytest.raises(SansDroit):
        GESTES[geste](acteur, agent)

    assert Compte.objects.filter(pk=agent.pk).values().get() == avant
    assert not EvenementAgent.objects.exists()
    assert not Courriel.objects.exists()


@pytest.mark.parametrize("geste", GESTES)
def test_nobody_changes_their_own_account(administrateur, geste):
    with pytest.raises(SonPropreCompte):
        GESTES[geste](administrateur, administrateur)

    assert not EvenementAgent.objects.exists()


@pytest.mark.parametrize("geste", GESTES)
def test_an_usagers_account_is_out_of_reach(administrateur, compte, geste):
    telephone_de(compte)

    with pytest.raises(AgentInconnu):
        GESTES[geste](administrateur, compte)

    compte.refresh_from_db()
    assert (compte.role, compte.is_active) == ("usager", True)
    assert Authentificateur.objects.exists()


def test_only_an_administrateur_creates_an_account(agent):
    with pytest.raises(SansDroit):
        creer(agent)

    assert Compte.objects.count() == 1


# --- creating ------------------------------------------------------------------------------------------------


def test_a_new_account_has_no_password_and_gets_a_link(administrateur, relever):
    agent = creer(administrateur, identifiant=" Noa.Essai ")

    assert (agent.identifiant, agent.has_usable_password()) == ("noa.essai", False)
    assert [p.pk for p in agent.prefectures.all()] == ["39"]
    message = relever()
    assert message.to == ["noa@agents.example"]
    assert "Votre identifiant : noa.essai" in message.body
    assert "/compte/nouveau-mot-de-passe/" in message.body
    evenement = EvenementAgent.objects.get()
    assert (evenement.type, evenement.acteur, evenement.agent_id) == ("cree", administrateur, agent.pk)
    assert evenement.detail == "rôle : Instructeur ; préfectures : 39"


@pytest.mark.parametrize(
    "identifiant",
    ["", "ab", "9900000001", "jean 1", "jean12345", "jéan.m", "x" * 41, "1noa", "noa\x00", "a/b"],
)
def test_a_login_that_could_be_taken_for_a_number_or_is_malformed_is_refused(administrateur, identifiant):
    with pytest.raises(IdentifiantInvalide):
        creer(administrateur, identifiant=identifiant)


def test_a_login_that_is_taken_is_refused_whatever_its_case(administrateur, agent):
    with pytest.raises(IdentifiantPris):
        creer(administrateur, identifiant=agent.identifiant.upper())


@pytest.mark.parametrize(
    ("role", "prefectures", "accepte"),
    [
        ("instructeur", [], False), ("responsable", [], False), ("instructeur", ["39", "75"], True),
        ("ccc", [], True), ("ccc", ["39"], False), ("administrateur", [], True), ("administrateur", ["39"], False),
    ],
)  # fmt: skip
def test_who_examines_dossiers_has_a_prefecture_and_nobody_else_does(
    administrateur, agent, role, prefectures, accepte
):
    for geste in (
        lambda: creer(administrateur, role=role, prefectures=prefectures),
        lambda: modifier(administrateur, agent, role=role, prefectures=prefectures),
    ):
        if accepte:
            assert geste().role == role
        else:
            with pytest.raises(PrefecturesIncoherentes):
                geste()


# --- changing -------------------------------------------------------------------------------------------------


def test_a_change_says_what_changed_and_tells_the_old_address(administrateur, agent, relever):
    modifier(administrateur, agent, role="responsable", prefectures=["39", "75"])

    evenement = EvenementAgent.objects.get()
    assert evenement.valeurs == {
        "nom": True, "prenoms": True, "email": True, "role": ["instructeur", "responsable"],
        "prefectures": [["39"], ["39", "75"]],
    }  # fmt: skip
    assert evenement.detail == (
        "nom ; prénoms ; adresse électronique ; rôle : Instructeur → Responsable ; préfectures : 39 → 39, 75"
    )
    assert relever().to == ["instructeur.essai@agents.example"]


def test_a_change_of_nothing_writes_nothing(administrateur, agent):
    modifier(administrateur, agent, nom=agent.nom, prenoms=agent.prenoms, email=agent.email, role=agent.role)

    assert not EvenementAgent.objects.exists()


def test_a_page_older_than_the_account_overwrites_nothing(administrateur, agent):
    vu = marque(Agent.objects.get(pk=agent.pk))
    modifier(administrateur, agent, nom="PREMIER-FICTIF")

    with pytest.raises(CompteModifie):
        modifier(essai.agent(role="administrateur"), agent, nom="SECOND-FICTIF", vu=vu)

    agent.refresh_from_db()
    assert agent.nom == "PREMIER-FICTIF"


def test_shutting_and_opening_an_account_is_journaled_and_done_once(administrateur, agent):
    desactiver_agent(agent_id=agent.pk, acteur_id=administrateur.pk)
    with pytest.raises(DejaFait):
        desactiver_agent(agent_id=agent.pk, acteur_id=administrateur.pk)
    reactiver_agent(agent_id=agent.pk, acteur_id=administrateur.pk)
    with pytest.raises(DejaFait):
        reactiver_agent(agent_id=agent.pk, acteur_id=administrateur.pk)

    assert [e.type for e in EvenementAgent.objects.all()] == ["reactive", "desactive"]


def test_a_link_sent_before_the_account_was_shut_stays_dead_when_it_opens_again(
    administrateur, agent, relever, client
):
    envoyer_lien(agent_id=agent.pk, acteur_id=administrateur.pk)
    lien = relever().body.split("http://127.0.0.1:8000")[1].split()[0]
    desactiver_agent(agent_id=agent.pk, acteur_id=administrateur.pk)
    reactiver_agent(agent_id=agent.pk, acteur_id=administrateur.pk)

    assert "Ce lien ne sert plus" in client.get(lien, follow=True).content.decode()


def test_no_link_is_sent_to_a_shut_account_or_to_nowhere(administrateur, agent):
    Compte.objects.filter(pk=agent.pk).update(email="")
    with pytest.raises(SansAdresse):
        envoyer_lien(agent_id=agent.pk, acteur_id=administrateur.pk)
    Compte.objects.filter(pk=agent.pk).update(is_active=False)
    with pytest.raises(CompteDesactive):
        envoyer_lien(agent_id=agent.pk, acteur_id=administrateur.pk)

    assert not Courriel.objects.exists()


def test_a_link_leaves_the_present_password_and_the_telephone(administrateur, enrole):
    avant = enrole.password

    envoyer_lien(agent_id=enrole.pk, acteur_id=administrateur.pk)

    enrole.refresh_from_db()
    assert enrole.password == avant
    assert Authentificateur.objects.filter(user=enrole).exists()


def test_a_lost_telephone_is_forgotten_with_its_codes_and_the_person_is_told(administrateur, enrole, relever):
    remplacer_les_codes(enrole.pk, "e5" * 20)

    reinitialiser_second_facteur(agent_id=enrole.pk, acteur_id=administrateur.pk)

    assert not Authentificateur.objects.filter(user=enrole).exists()
    assert not StaticDevice.objects.exists()
    message = relever()
    assert message.to == [enrole.email]
    assert "Votre ancien téléphone et vos codes de secours ne servent plus." in message.body
    evenement = EvenementAgent.objects.get()
    assert (evenement.type, evenement.acteur) == ("second_facteur_reinitialise", administrateur)


# --- the journal ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "requete",
    [f"UPDATE {TABLE} SET type = 'cree'", f"DELETE FROM {TABLE}", f"UPDATE {TABLE} SET valeurs = '{{}}'"],
)
def test_the_database_refuses_to_change_the_staffs_journal(administrateur, agent, requete):
    desactiver_agent(agent_id=agent.pk, acteur_id=administrateur.pk)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(requete)

    assert EvenementAgent.objects.get().type == "desactive"


def test_the_journal_holds_codes_and_no_name_or_address(administrateur, agent):
    modifier(administrateur, agent, nom="SECRET-FICTIF", email="secret@agents.example")
    reinitialiser_second_facteur(agent_id=agent.pk, acteur_id=administrateur.pk)

    ecrit = str(list(EvenementAgent.objects.values("type", "valeurs")))
    for interdit in ("SECRET-FICTIF", "secret@", agent.nom, agent.email):
        assert interdit not in ecrit


# --- the operator's terminal -------------------------------------------------------------------------------------


def test_the_first_administrateur_is_created_at_the_terminal(relever):
    sortie = StringIO()

    call_command("creer_agent", "alix.essai", "alix@agents.example", role="administrateur", stdout=sortie)

    assert "alix.essai" in sortie.getvalue()
    assert relever().to == ["alix@agents.example"]
    evenement = EvenementAgent.objects.get()
    assert (evenement.type, evenement.acteur) == ("cree", None)


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["9900000001", "a@agents.example", "--role", "ccc"], "un identifiant a de 3 à 40"),
        (["noa.essai", "pas-une-adresse", "--role", "ccc"], "la bonne forme"),
        (["noa.essai", "a@agents.example", "--role", "instructeur"], "une préfecture au moins"),
        (["noa.essai", "a@agents.example", "--role", "ccc", "--prefecture", "39"], "une préfecture au moins"),
        (
            ["noa.essai", "a@agents.example", "--role", "responsable", "--prefecture", "00"],
            "Préfecture inconnue",
        ),
        (["instructeur.essai", "a@agents.example", "--role", "ccc"], "est pris"),
    ],
)
def test_the_terminal_says_what_is_wrong(agent, arguments, phrase):
    with pytest.raises(CommandError, match=phrase):
        call_command("creer_agent", *arguments)

    assert Compte.objects.count() == 1


def test_the_operator_is_the_way_out_of_the_last_administrateur(administrateur):
    telephone_de(administrateur)
    sortie = StringIO()

    call_command("reinitialiser_second_facteur", administrateur.identifiant, stdout=sortie)

    assert not Authentificateur.objects.exists()
    assert EvenementAgent.objects.get().acteur is None
    with pytest.raises(CommandError, match="Aucun agent"):
        call_command("reinitialiser_second_facteur", "inconnu.essai")


def test_after_a_change_of_the_secret_key_everybody_is_reset_at_once(administrateur, agent):
    for membre in (administrateur, agent):
        telephone_de(membre)
    essai.agent(role="ccc")

    call_command("reinitialiser_second_facteur", tous=True, stdout=StringIO())

    assert not Authentificateur.objects.exists()
    assert EvenementAgent.objects.count() == 2


def test_djangos_own_command_creates_nobody():
    with pytest.raises(CommandError, match="creer_agent"):
        call_command("createsuperuser", identifiant="alix.essai", interactive=False)

    assert not Compte.objects.exists()
