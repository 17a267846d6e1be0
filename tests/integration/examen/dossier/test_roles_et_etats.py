"""Who is offered what, in which state: the page says the same as the operations, and everyone else meets 404."""

import re
import uuid

import pytest
from django.db import transaction

from demandes.admin.dossier.actions import ACTIONS
from demandes.etats import A_DECIDER, OUVERTS, TABLE, Etat
from demandes.models import Demande, Evenement, Fichier
from demandes.operations.refus import ActionImpossible
from demandes.requetes import dossiers_de_l_agent
from demandes.textes import ACTIONS_IMPOSSIBLES
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.integration.examen.operations.test_refus_communs import CAS

DEPOSES = sorted(frozenset(Etat) - {Etat.BROUILLON})
CLOS = [etat for etat in DEPOSES if etat not in OUVERTS]
SUIVI = {"corriger", "affecter", "transferer", "convoquer"}
# What the page offers on a plain dossier: (state, role) → codes.
OFFERTES = {
    Etat.DEPOSEE: {"prendre_en_charge", "corriger", "transferer"},
    Etat.EN_INSTRUCTION: {
        "accepter_les_pieces", "demander_complement", "decider_favorable", "proposer_refus", "classer_sans_suite",
        *SUIVI,
    },
    Etat.COMPLEMENT_DEMANDE: {"renoncer_au_complement", "classer_sans_suite", *SUIVI},
    Etat.DECISION_FAVORABLE: {"annoncer_titre", "affecter", "convoquer"},
    Etat.TITRE_DISPONIBLE: {"remettre_titre", "affecter", "convoquer"},
    **{etat: set() for etat in CLOS},
}  # fmt: skip


def offertes(page) -> set[str]:
    """The actions that the list of the page offers."""
    liste = re.search(r'<section class="dossier-actions".*?</section>', page.content.decode(), re.DOTALL)
    return set(re.findall(r"/actions/(\w+)/", liste[0]))


def dans_l_etat(demande: Demande, etat: str, agent) -> Demande:
    """By the agents' operations where there are some, by the shortest way to an end."""
    return essai.amener(demande, etat) if etat in CLOS else examen.amener(demande, etat, agent)


@pytest.mark.parametrize("etat", DEPOSES)
def test_each_state_offers_its_actions_to_each_role(connecter, demande, agent, adresse, etat):
    dans_l_etat(demande, etat, agent)

    for qui in (examen.instructeur(), examen.responsable()):
        assert offertes(connecter(qui).get(adresse(demande))) == OFFERTES[etat], qui.role


def test_every_line_of_the_table_that_an_agent_follows_has_its_action():
    des_agents = {transition.code for transition in TABLE if transition.par & {"instructeur", "responsable"}}

    assert des_agents <= set(ACTIONS)


def test_every_operation_of_an_agent_has_its_action_or_its_page():
    pieces = {"examiner_piece"}
    renommees = {"etat_civil_recu": "constater_etat_civil", "corriger comme signalé": "corriger"}

    assert {renommees.get(nom, nom) for nom in CAS} - pieces == set(ACTIONS)


def test_a_refusal_under_discussion_is_confirmed_by_another_responsable_only(
    connecter, en_instruction, adresse
):
    chef, autre_chef = examen.responsable(), examen.responsable()
    examen.refus_propose(en_instruction, chef)
    page = adresse(en_instruction)

    commun = {"accepter_les_pieces", "decider_favorable", "corriger", "affecter", "convoquer"}
    assert offertes(connecter(autre_chef).get(page)) == commun | {"confirmer_refus", "renvoyer_refus"}
    for qui in (chef, examen.instructeur()):
        assert offertes(connecter(qui).get(page)) == commun
    assert str(ACTIONS_IMPOSSIBLES["meme_personne"]) in connecter(chef).get(page).content.decode()


def test_what_waits_for_a_human_is_offered_until_it_is_done(connecter, agent, adresse):
    demande = examen.depose(essai.inconnu_du_registre())
    navigateur = connecter(agent)
    assert {"verifier_statut", "constater_etat_civil"} <= offertes(navigateur.get(adresse(demande)))

    Demande.objects.filter(pk=demande.pk).update(controle="confirme", ofpra_en_attente=False)

    assert not {"verifier_statut", "constater_etat_civil"} & offertes(navigateur.get(adresse(demande)))


# --- the pages of the actions, and forged posts ------------------------------------------------------------


@pytest.mark.parametrize("etat", DEPOSES)
def test_the_page_of_an_action_opens_where_it_is_offered_and_says_why_elsewhere(
    navigateur, demande, agent, adresse, etat
):
    dans_l_etat(demande, etat, agent)
    ciblees = {code for code, action in ACTIONS.items() if action.ciblee}

    for code in set(ACTIONS) - ciblees:
        reponse = navigateur.get(adresse(demande, code))
        if code in OFFERTES[etat]:
            assert reponse.status_code == 200, code
        else:
            assert reponse.status_code == 302, code
            assert reponse.url == adresse(demande)
            dit = navigateur.get(adresse(demande)).content.decode()
            assert any(str(phrase) in dit for phrase in ACTIONS_IMPOSSIBLES.values()), code
    for code in ciblees:
        # No appointment, no reported error: nothing that it could be about.
        for parametres in (
            "",
            "convocation=1&rectification=1",
            "convocation=x",
            "rectification=" + "9" * 400,
        ):
            assert navigateur.get(adresse(demande, code, parametres)).status_code == 404


@pytest.mark.parametrize("etat", DEPOSES)
def test_a_forged_post_does_nothing_that_is_not_offered(connecter, demande, agent, adresse, etat):
    dans_l_etat(demande, etat, agent)
    qui = examen.responsable()
    navigateur = connecter(qui)
    navigateur.handler.enforce_csrf_checks = False
    demande.refresh_from_db()
    avant = Demande.objects.values().get(pk=demande.pk)

    for code in set(ACTIONS) - OFFERTES[etat]:
        saisie = {"version": avant["version"], "motif": "fraude", "explication": "x", "retour": "x", "a": qui.pk,
                  "departement": "75", "valeur": "X", "titre_numero": "FIC12345", "titre_debut": "2026-11-25",
                  "titre_fin": "2027-11-24", "timbre": "1234567890123456", "objet": "remise", "date": "2030-01-01",
                  "heure": "09:00", "lieu": "x", "passeport-demandee": "on", "passeport-motif": "absent"}  # fmt: skip
        reponse = navigateur.post(adresse(demande, code, "champ=nom"), saisie)
        assert reponse.status_code in (200, 404), code
        assert Demande.objects.values().get(pk=demande.pk) == avant, code


def test_the_pages_offer_exactly_what_the_operations_accept():
    """An action that the state or the role forbids is not offered, one that they allow is."""
    # Called for fingerprints in one case, for the card in the other.
    aussi = {"convoquer": {Etat.TITRE_DISPONIBLE}}
    for nom, cas in CAS.items():
        code = {"etat_civil_recu": "constater_etat_civil", "corriger comme signalé": "corriger"}.get(nom, nom)
        if code == "examiner_piece":
            continue
        etats, roles = ACTIONS[code].regle()
        assert (code, sorted(etats), sorted(roles)) == (
            code,
            sorted(cas.etats | aussi.get(code, set())),
            sorted(cas.roles),
        )


# --- everyone else -------------------------------------------------------------------------------------------


def toutes_les_adresses(demande: Demande, adresse) -> list[str]:
    fichier = Fichier.objects.filter(piece__demande=demande).first()
    debut = f"/gestion/demandes/demande/{demande.pk}/"
    return [
        adresse(demande),
        f"{debut}pieces/",
        f"{debut}pieces/?fichier={fichier.pk}",
        f"{debut}fichiers/{fichier.pk}/pages/1/",
        *(adresse(demande, code) for code in ACTIONS),
    ]


@pytest.mark.parametrize(
    "qui", ["agent d’ailleurs", "responsable d’ailleurs", "sans préfecture", "support", "administrateur",
            "usager", "le déposant"],
)  # fmt: skip
def test_for_everyone_else_no_page_of_the_dossier_exists(connecter, en_instruction, adresse, qui):
    compte = {
        "agent d’ailleurs": lambda: examen.instructeur("75"),
        "responsable d’ailleurs": lambda: examen.responsable("75"),
        "sans préfecture": essai.agent,
        "support": lambda: essai.agent(essai.prefecture("39"), role="ccc"),
        "administrateur": lambda: essai.agent(essai.prefecture("39"), role="administrateur"),
        "usager": lambda: essai.refugie().compte,
        "le déposant": lambda: en_instruction.compte,
    }[qui]()
    navigateur = connecter(compte)
    navigateur.handler.enforce_csrf_checks = False
    avant = Demande.objects.values().get(pk=en_instruction.pk)
    evenements = Evenement.objects.count()

    for page in toutes_les_adresses(en_instruction, adresse):
        for methode in ("get", "head", "post", "put", "patch", "delete"):
            reponse = getattr(navigateur, methode)(page)
            assert reponse.status_code in (404, 405), (methode, page)
            fantome = page.replace(str(en_instruction.pk), str(uuid.uuid4()))
            assert getattr(navigateur, methode)(fantome).status_code == reponse.status_code
        assert navigateur.get(page).status_code == 404
    assert Demande.objects.values().get(pk=en_instruction.pk) == avant
    assert Evenement.objects.count() == evenements


def test_an_action_that_does_not_exist_is_404(navigateur, en_instruction, adresse):
    navigateur.handler.enforce_csrf_checks = False
    for code in ("detruire", "deposer", "retirer", "transmettre_complement", "__init__"):
        assert navigateur.get(adresse(en_instruction, code)).status_code == 404
        assert navigateur.post(adresse(en_instruction, code), {"version": 1}).status_code == 404


def test_a_post_without_its_token_is_refused(navigateur, demande, adresse):
    reponse = navigateur.post(adresse(demande, "prendre_en_charge"), {"version": demande.version})

    assert reponse.status_code == 403
    demande.refresh_from_db()
    assert demande.etat == Etat.DEPOSEE


def test_an_agent_who_changes_prefecture_loses_the_dossier_between_two_clicks(
    navigateur, agent, en_instruction, adresse
):
    page = navigateur.get(adresse(en_instruction, "classer_sans_suite"))
    agent.prefectures.set([essai.prefecture("75")])

    reponse = navigateur.soumettre(page, {"motif": "doublon", "explication": "Une autre demande existe."})

    assert reponse.status_code == 404
    assert not dossiers_de_l_agent(agent).exists()
    en_instruction.refresh_from_db()
    assert en_instruction.etat == Etat.EN_INSTRUCTION


def test_the_operation_refuses_by_itself_what_the_page_would_not_offer(demande):
    """The counterpart of the matrix: were the page wrong, the operation would still say no."""
    chef = examen.responsable()
    with transaction.atomic(), pytest.raises(ActionImpossible):
        examen.faire(CAS["annoncer_titre"].operation, demande, chef, **examen.titre())


def test_corrections_are_offered_while_the_dossier_is_not_decided():
    assert ACTIONS["corriger"].regle()[0] == A_DECIDER
