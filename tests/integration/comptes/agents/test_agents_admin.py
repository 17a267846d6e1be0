"""The screen of staff accounts: an administrateur's, and nobody else's (R-COMPTE-5)."""

import pytest
from django.utils.html import escape

from comptes.models import Agent, Authentificateur, Compte, EvenementAgent
from comptes.operations.agents.modifier_agent import marque
from tests import dossiers_d_essai as essai
from tests.integration.comptes.reperes import MOT_DE_PASSE, lien_de
from tests.rigueur.navigateur import Navigateur
from tests.seconds_facteurs import telephone_de

LISTE = "/gestion/comptes/agent/"
CHAMPS = {
    "identifiant": "noa.essai", "nom": "NOUVEAU-FICTIF", "prenoms": "Noa", "email": "noa@agents.example",
    "role": "instructeur", "prefectures": ["39", "75"],
}  # fmt: skip


@pytest.fixture
def bureau(administrateur, connecter) -> Navigateur:
    """The browser of an administrateur."""
    return connecter(administrateur)


def page_de(agent: Compte, fin: str = "change") -> str:
    return f"{LISTE}{agent.pk}/{fin}/"


def test_an_account_is_created_and_its_holder_chooses_a_password_and_logs_in(bureau, relever, entrer):
    reponse = bureau.soumettre(f"{LISTE}add/", CHAMPS, follow=True)
    assert "Un lien pour choisir le mot de passe est parti" in reponse.content.decode()
    agent = Agent.objects.get(identifiant="noa.essai")
    assert reponse.redirect_chain[-1][0] == page_de(agent)

    personne = Navigateur()
    lien = personne.get(lien_de(relever()), follow=True)
    choix = {"mot_de_passe": MOT_DE_PASSE, "mot_de_passe_confirmation": MOT_DE_PASSE}
    assert personne.soumettre(lien, choix).status_code == 302
    assert entrer(agent).get("/gestion/").url == "/gestion/second-facteur/"


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"identifiant": "9900000001"}, "avec 4 chiffres au plus."),
        ({"identifiant": "instructeur.essai"}, "Cet identifiant est pris."),
        ({"email": "pas une adresse"}, "Cette adresse n’a pas la bonne forme."),
        ({"prefectures": None}, "Choisissez une préfecture au moins"),
        ({"nom": ""}, "Répondez à la question"),
    ],
)
def test_a_mistake_gets_a_sentence_and_nothing_typed_is_lost(bureau, agent, change, phrase):
    page = bureau.soumettre(f"{LISTE}add/", CHAMPS | change)

    assert page.status_code == 200
    texte = page.content.decode()
    assert phrase in texte
    assert 'value="Noa"' in texte
    assert texte.count('name="prefectures"') == 101
    assert Agent.objects.count() == 2


def test_the_boxes_ticked_for_an_earlier_role_do_not_count(bureau):
    """Where scripts run they are hidden: nobody could untick them."""
    bureau.soumettre(f"{LISTE}add/", CHAMPS | {"role": "ccc"})

    assert not Agent.objects.get(identifiant="noa.essai").prefectures.exists()


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("role", "usager"),
        ("role", "dieu"),
        ("prefectures", ["00"]),
        ("nom", "x" * 500),
        ("email", "a@b.c\r\nBcc: x"),
    ],
)
def test_a_forged_value_is_refused(bureau, champ, valeur):
    bureau.handler.enforce_csrf_checks = False

    assert bureau.post(f"{LISTE}add/", CHAMPS | {champ: valeur}).status_code == 200
    assert not Agent.objects.filter(identifiant="noa.essai").exists()


def test_the_list_shows_staff_and_no_usager(bureau, agent, compte):
    page = bureau.get(LISTE).content.decode()

    assert agent.identifiant in page
    assert compte.identifiant not in page
    assert compte.identifiant not in bureau.get(LISTE, {"q": compte.nom}).content.decode()


@pytest.mark.parametrize("terme", ["\x00", "%", "' OR 1=1 --", "x" * 5000, "🙂"])
def test_a_hostile_search_finds_nothing_and_breaks_nothing(bureau, terme):
    assert bureau.get(LISTE, {"q": terme}).status_code == 200


def test_the_list_asks_the_same_of_the_database_for_two_agents_and_for_forty(
    bureau, agent, django_assert_num_queries
):
    bureau.get(LISTE)
    requetes = 8
    with django_assert_num_queries(requetes):
        bureau.get(LISTE)
    for rang in range(40):
        membre = Compte.objects.create(identifiant=f"essai.{rang}", role="instructeur")
        membre.prefectures.set(["39", "75"])

    with django_assert_num_queries(requetes):
        assert "essai.39" in bureau.get(LISTE).content.decode()


def test_the_page_of_an_account_shows_what_happened_to_it(bureau, agent):
    page = bureau.soumettre(page_de(agent, "modifier"), {"role": "responsable"}, follow=True)

    texte = page.content.decode()
    assert "Le compte est modifié." in texte
    assert "rôle : Instructeur → Responsable" in texte
    assert "Sera demandé à la prochaine connexion" in texte


def test_two_administrateurs_at_once_the_second_is_told_and_nothing_is_overwritten(bureau, agent, connecter):
    page = bureau.get(page_de(agent, "modifier"))
    connecter(essai.agent(role="administrateur")).soumettre(
        page_de(agent, "modifier"), {"nom": "PREMIER-FICTIF"}
    )

    refusee = bureau.soumettre(page, {"nom": "SECOND-FICTIF"})
    assert "Quelqu’un a modifié ce compte pendant que vous écriviez" in refusee.content.decode()
    agent.refresh_from_db()
    assert agent.nom == "PREMIER-FICTIF"

    assert bureau.soumettre(refusee).url == page_de(agent)
    agent.refresh_from_db()
    assert agent.nom == "SECOND-FICTIF"


@pytest.mark.parametrize(
    ("geste", "phrase", "type_"),
    [
        ("lien", "Le lien est parti.", "lien_envoye"),
        ("second-facteur", "L’agent est prévenu par courriel.", "second_facteur_reinitialise"),
        ("desactiver", "Le compte est désactivé.", "desactive"),
    ],
)
def test_each_act_says_what_follows_before_it_is_done(bureau, enrole, geste, phrase, type_):
    page = bureau.get(page_de(enrole, geste))
    assert page.status_code == 200
    assert not EvenementAgent.objects.exists()

    fait = bureau.soumettre(page, follow=True)

    assert phrase in fait.content.decode()
    assert EvenementAgent.objects.get().type == type_


def test_an_account_shut_is_opened_again_from_its_page(bureau, agent):
    bureau.soumettre(page_de(agent, "desactiver"))
    page = bureau.get(page_de(agent)).content.decode()
    assert "Réactiver le compte" in page
    assert "Envoyer un lien" not in page

    bureau.soumettre(page_de(agent, "reactiver"))

    agent.refresh_from_db()
    assert agent.is_active


def test_an_act_that_somebody_has_just_done_says_so(bureau, agent):
    page = bureau.get(page_de(agent, "desactiver"))
    bureau.soumettre(page)

    assert "Le compte est déjà dans cet état" in bureau.soumettre(page, follow=True).content.decode()
    assert EvenementAgent.objects.count() == 1


def test_ones_own_account_offers_nothing_and_refuses_everything(bureau, administrateur):
    assert "C’est votre compte." in bureau.get(page_de(administrateur)).content.decode()
    for geste in ("second-facteur", "desactiver", "lien"):
        page = bureau.soumettre(page_de(administrateur, geste), follow=True)
        assert "C’est votre propre compte" in page.content.decode()
    page = bureau.soumettre(page_de(administrateur, "modifier"), {"nom": "AUTRE-FICTIF", "prenoms": "A"})

    assert "C’est votre propre compte" in page.content.decode()
    assert Authentificateur.objects.filter(user=administrateur).exists()
    assert not EvenementAgent.objects.exists()


@pytest.mark.parametrize("role", ["instructeur", "responsable", "ccc"])
def test_for_the_other_roles_nothing_of_it_exists(connecter, agent, role):
    navigateur = connecter(essai.agent(essai.prefecture("39"), role=role))
    navigateur.handler.enforce_csrf_checks = False

    for adresse in (
        LISTE,
        f"{LISTE}add/",
        *(page_de(agent, fin) for fin in ("change", "modifier", "desactiver")),
    ):
        for methode in ("get", "head", "post", "put", "delete"):
            assert getattr(navigateur, methode)(adresse).status_code == 404, (methode, adresse)
    assert "/gestion/comptes/" not in navigateur.get("/gestion/").content.decode()


def test_an_administrateur_sees_no_usagers_account_and_no_dossier(bureau, compte):
    bureau.handler.enforce_csrf_checks = False

    for fin in ("change", "modifier", "desactiver", "lien", "second-facteur", "nulle-part"):
        for methode in ("get", "post"):
            # 405: said of the method, whosever account it is.
            attendus = (404, 405) if (methode, fin) == ("post", "change") else (404,)
            assert getattr(bureau, methode)(page_de(compte, fin)).status_code in attendus, (methode, fin)
    assert bureau.get("/gestion/demandes/demande/").status_code == 404
    compte.refresh_from_db()
    assert compte.is_active


def test_a_role_that_ends_between_the_page_and_the_act_ends_the_right(bureau, administrateur, agent):
    page = bureau.get(page_de(agent, "desactiver"))
    Compte.objects.filter(pk=administrateur.pk).update(role="ccc")

    assert bureau.soumettre(page).status_code == 404
    agent.refresh_from_db()
    assert agent.is_active


def test_hostile_names_are_shown_and_not_run(bureau, agent):
    poison = "<script>alert(1)</script>{{ 7|add:1 }}"
    bureau.soumettre(page_de(agent, "modifier"), {"nom": poison, "prenoms": poison})

    for adresse in (LISTE, page_de(agent), page_de(agent, "modifier"), page_de(agent, "desactiver")):
        texte = bureau.get(adresse).content.decode()
        assert "<script>alert(1)" not in texte
        assert escape(poison) in texte or "&lt;script&gt;" in texte


def test_the_mark_of_a_page_names_nobody(agent):
    telephone_de(agent)

    assert agent.nom not in marque(Agent.objects.get(pk=agent.pk))
