"""The agents' queue: situations, order, pages that stay in place, what each line says, for whom (R-INSTR-2)."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from demandes.etats import OUVERTS, Etat
from demandes.file.nombres import PLAFOND
from demandes.file.pages import TAILLE
from demandes.models import Convocation, Demande, Rectification
from demandes.situations import LIGNES, SITUATIONS
from tests import dossiers_d_essai as essai
from tests.dossiers_de_la_file import dossier, plusieurs
from tests.rigueur.navigateur import Navigateur

LISTE = "/gestion/demandes/demande/"


@pytest.fixture
def instructeur(db):
    return essai.agent(essai.prefecture("39"))


@pytest.fixture
def agent(connecter, instructeur) -> Navigateur:
    """A browser of an instructeur of the Jura."""
    return connecter(instructeur)


def lire(navigateur: Navigateur, situation: str = "tous", **parametres: str) -> str:
    reponse = navigateur.get(LISTE, {"situation": situation, **parametres})
    assert reponse.status_code == 200
    return reponse.content.decode()


def dossiers_montres(page: str) -> list[str]:
    """The ids of the lines, in their order."""
    return re.findall(r'<th scope="row"><a href="[^"]*/([0-9a-f-]{36})/change/"', page)


def onglets(page: str) -> dict[str, str]:
    """The tabs: code → number."""
    trouves = re.findall(r'situation=(\w+)[^"]*"[^>]*>[^<]*<span class="file-nombre">([^<]*)<', page)
    return dict(trouves)


def suivante(page: str, rel: str = "next") -> str | None:
    trouve = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return trouve and trouve[1].replace("&amp;", "&")


# --- situations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valeurs", "situation"),
    [
        ({"etat": Etat.DEPOSEE}, "a_prendre"),
        ({"etat": Etat.DEPOSEE, "ofpra_en_attente": True}, "a_prendre"),
        ({"etat": Etat.EN_INSTRUCTION}, "a_decider"),
        ({"etat": Etat.EN_INSTRUCTION, "ofpra_en_attente": True}, "attente_ofpra"),
        ({"etat": Etat.EN_INSTRUCTION, "refus_propose": True}, "refus_a_confirmer"),
        ({"etat": Etat.COMPLEMENT_DEMANDE}, "attente_personne"),
        ({"etat": Etat.DECISION_FAVORABLE}, "carte_attendue"),
        ({"etat": Etat.TITRE_DISPONIBLE}, "a_remettre"),
        ({"etat": Etat.TITRE_REMIS}, "clos"),
        ({"etat": Etat.DECISION_DEFAVORABLE}, "clos"),
        ({"etat": Etat.CLASSEE_SANS_SUITE}, "clos"),
        ({"etat": Etat.RETIREE}, "clos"),
    ],
)
def test_a_dossier_waits_in_its_situation_and_in_no_other(connecter, valeurs, situation):
    demande = dossier(**valeurs)
    responsable = connecter(essai.agent(essai.prefecture("39"), role="responsable"))
    attendues = {situation} if situation == "clos" else {situation, "tous"}

    for code in SITUATIONS:
        page = lire(responsable, code)
        assert dossiers_montres(page) == ([str(demande.pk)] if code in attendues else [])
    assert {code for code, nombre in onglets(page).items() if nombre == "1"} == attendues


def test_the_situations_share_out_every_open_dossier():
    """Whatever the state and the sub-states: none falls between two tabs, none is in two."""
    for etat in sorted(OUVERTS):
        for ofpra in (False, True):
            for refus in (False, True):
                dossier(etat=etat, ofpra_en_attente=ofpra, refus_propose=refus)

    for demande in Demande.objects.order_by("pk"):
        situations = [
            ligne.code for ligne in LIGNES if Demande.objects.filter(ligne.condition, pk=demande.pk)
        ]
        assert len(situations) == 1


def test_mine_are_the_open_dossiers_that_i_am_in_charge_of(agent, instructeur):
    collegue = essai.agent(essai.prefecture("39"))
    mien = dossier(etat=Etat.EN_INSTRUCTION, agent=instructeur)
    dossier(etat=Etat.EN_INSTRUCTION, agent=collegue)
    dossier(etat=Etat.TITRE_REMIS, agent=instructeur)
    # Left in a prefecture where the agent is no more.
    dossier(prefecture="92", etat=Etat.EN_INSTRUCTION, agent=instructeur)

    assert dossiers_montres(lire(agent, "les_miens")) == [str(mien.pk)]


def test_a_draft_is_in_no_list(agent):
    essai.refugie()

    for code in SITUATIONS:
        page = lire(agent, code)
        assert dossiers_montres(page) == []
    assert set(onglets(page).values()) == {"0"}


def test_an_instructeur_has_no_tab_for_what_a_responsable_confirms(agent, connecter):
    responsable = connecter(essai.agent(essai.prefecture("39"), role="responsable"))

    assert "refus_a_confirmer" not in onglets(lire(agent))
    assert "refus_a_confirmer" in onglets(lire(responsable))


def test_the_first_page_shows_the_dossiers_to_take(agent):
    demande = dossier()
    dossier(etat=Etat.EN_INSTRUCTION)

    page = agent.get(LISTE).content.decode()

    assert dossiers_montres(page) == [str(demande.pk)]
    assert re.search(r'situation=a_prendre" aria-current="page"', page)


@pytest.mark.parametrize("code", sorted(SITUATIONS))
def test_an_empty_situation_says_what_to_do(connecter, code):
    responsable = connecter(essai.agent(essai.prefecture("39"), role="responsable"))

    page = lire(responsable, code)

    assert str(SITUATIONS[code].vide) in page.replace("&#x27;", "'")
    assert "<table" not in page


# --- order and pages -------------------------------------------------------------------------------------


def test_who_loses_rights_first_comes_first_and_who_loses_none_comes_last(agent):
    sans_fin = dossier(droits=None)
    loin, perdu, proche = dossier(droits=90), dossier(droits=-3), dossier(droits=5)

    assert dossiers_montres(lire(agent)) == [str(d.pk) for d in (perdu, proche, loin, sans_fin)]


def test_dossiers_of_one_day_are_ordered_by_id_so_that_pages_never_mix_them(agent):
    jumeaux = plusieurs(6, droits=10) + plusieurs(6, droits=None)

    attendus = [str(d.pk) for d in sorted(jumeaux[:6], key=lambda d: d.pk)]
    attendus += [str(d.pk) for d in sorted(jumeaux[6:], key=lambda d: d.pk)]
    assert dossiers_montres(lire(agent)) == attendus


def test_the_last_dossier_closed_comes_first(agent):
    clos = [dossier(etat=Etat.TITRE_REMIS, close_le=timezone.now() - timedelta(days=n)) for n in (5, 1, 9)]

    assert dossiers_montres(lire(agent, "clos")) == [str(clos[rang].pk) for rang in (1, 0, 2)]


@pytest.mark.parametrize("situation", ["tous", "a_prendre", "clos"])
def test_pages_follow_each_other_forward_and_backward_without_a_hole(agent, situation):
    nombre = 2 * TAILLE + 7
    etat = Etat.TITRE_REMIS if situation == "clos" else Etat.DEPOSEE
    # Ties at the edges of the pages, and dossiers without a date.
    compte = essai.compte(numero_etranger=essai.numero())
    for rang in range(nombre):
        dossier(compte=compte, etat=etat, droits=None if rang % 3 == 0 else rang % 2)

    adresses, vues = [f"{LISTE}?situation={situation}"], []
    while adresses[-1]:
        page = agent.get(adresses[-1]).content.decode()
        vues.append(dossiers_montres(page))
        adresses.append(suivante(page))
    assert [len(vue) for vue in vues] == [TAILLE, TAILLE, 7]
    assert len({pk for vue in vues for pk in vue}) == nombre

    derriere = suivante(page, "prev")
    for vue in (vues[1], vues[0]):
        page = agent.get(derriere).content.decode()
        assert dossiers_montres(page) == vue
        derriere = suivante(page, "prev")
    assert derriere is None


def test_what_colleagues_do_meanwhile_neither_hides_nor_repeats_a_dossier(agent):
    demandes = plusieurs(TAILLE + 10, droits=10)
    page = lire(agent, "a_prendre")
    vus = dossiers_montres(page)
    # Ten of those shown are taken, and a more urgent one arrives: the numbers of lines before the next page change.
    Demande.objects.filter(pk__in=vus[:10]).update(agent=None, prefecture="92")
    dossier(droits=1)

    suite = dossiers_montres(agent.get(suivante(page)).content.decode())

    assert set(suite) == {str(d.pk) for d in demandes} - set(vus)


def test_a_place_where_nothing_is_left_shows_the_beginning(agent):
    plusieurs(TAILLE + 3, droits=10)
    page = lire(agent, "a_prendre")
    vus = dossiers_montres(page)
    Demande.objects.exclude(pk__in=vus).update(prefecture="92")

    assert dossiers_montres(agent.get(suivante(page)).content.decode()) == vus


def test_a_dossier_that_gave_its_place_to_an_address_may_go(agent):
    plusieurs(TAILLE + 3, droits=10)
    page = lire(agent, "a_prendre")
    Demande.objects.filter(pk=dossiers_montres(page)[-1]).update(prefecture="92")

    assert len(dossiers_montres(agent.get(suivante(page)).content.decode())) == 3


@pytest.mark.parametrize(
    "place", ["", "_", "demain", f"2026-13-45_{uuid.UUID(int=1)}", "2026-11-25_x", "9" * 400, "\x00", "éà"]
)
@pytest.mark.parametrize("sens", ["apres", "avant"])
@pytest.mark.parametrize("situation", ["tous", "clos", "inconnue"])
def test_an_address_that_cannot_be_read_shows_the_beginning(agent, place, sens, situation):
    demande = dossier(etat=Etat.TITRE_REMIS if situation == "clos" else Etat.DEPOSEE)

    assert dossiers_montres(lire(agent, situation, **{sens: place})) == [str(demande.pk)]


def test_nobody_counts_beyond_a_thousand(agent):
    modele = dossier()
    Demande.objects.bulk_create(
        Demande(
            compte=modele.compte, etat="deposee", numero=f"3902{rang:015d}", deposee_le=timezone.now(),
            prefecture_id="39", beneficiaire=f"97{rang:08d}", titre_code="CR10", donnees=modele.donnees,
        )
        for rang in range(PLAFOND - 1)
    )  # fmt: skip
    assert onglets(lire(agent))["a_prendre"] == "1\xa0000"

    dossier()

    assert onglets(lire(agent))["a_prendre"] == "plus de 1\xa0000"


# --- who sees what ---------------------------------------------------------------------------------------


def test_the_list_and_its_numbers_know_the_agents_prefectures_only(agent):
    ici, ailleurs = dossier(), dossier("AILLEURS-FICTIF", prefecture="92")

    page = lire(agent)

    assert dossiers_montres(page) == [str(ici.pk)]
    assert onglets(page)["tous"] == "1"
    for autre in ("92", "inconnue", "' OR 1=1"):
        assert str(ailleurs.pk) not in lire(agent, prefecture=autre)


def test_an_agent_of_two_prefectures_sees_both_in_one_order_or_one_of_them(connecter):
    navigateur = connecter(essai.agent(essai.prefecture("39"), essai.prefecture("92")))
    tard, tot, milieu = dossier(droits=30), dossier(prefecture="92", droits=1), dossier(droits=20)

    toutes = lire(navigateur)
    une = lire(navigateur, prefecture="39")

    assert dossiers_montres(toutes) == [str(d.pk) for d in (tot, milieu, tard)]
    assert onglets(toutes)["tous"] == "3"
    assert dossiers_montres(une) == [str(d.pk) for d in (milieu, tard)]
    assert onglets(une)["tous"] == "2"


@pytest.mark.parametrize("role", ["ccc", "administrateur", "usager"])
def test_for_everyone_else_there_is_no_list(connecter, role):
    dossier()
    compte = essai.refugie().compte if role == "usager" else essai.agent(essai.prefecture("39"), role=role)
    navigateur = connecter(compte)
    navigateur.handler.enforce_csrf_checks = False

    for adresse in (LISTE, f"{LISTE}statistiques/", f"{LISTE}lots/{uuid.uuid4()}/"):
        assert navigateur.get(adresse).status_code == 404
    for adresse in (f"{LISTE}chercher/", f"{LISTE}lots/", f"{LISTE}export/", f"{LISTE}lots/{uuid.uuid4()}/"):
        assert navigateur.post(adresse, {"action": "prendre"}).status_code == 404


def test_an_agent_without_prefecture_sees_an_empty_queue(connecter):
    dossier()

    assert dossiers_montres(lire(connecter(essai.agent()))) == []


@pytest.mark.parametrize("prefectures", [("39",), ("39", "92", "75", "69")])
def test_the_list_asks_the_same_of_the_database_for_one_dossier_and_for_a_page(
    connecter, django_assert_num_queries, prefectures
):
    """Session, account, two of the admin's menu, counts, places, lines; however many dossiers and prefectures."""
    navigateur = connecter(essai.agent(*map(essai.prefecture, prefectures)))
    dossier(agent=essai.agent(essai.prefecture("39")))
    lire(navigateur)
    with django_assert_num_queries(6):
        lire(navigateur)
    for code in prefectures:
        plusieurs(TAILLE, prefecture=code, agent=essai.agent(essai.prefecture(code)))

    with django_assert_num_queries(6):
        assert len(dossiers_montres(lire(navigateur))) == TAILLE


# --- what a line says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("droits", "mots"),
    [
        (-2, "Fini depuis 2 jours"), (-1, "Fini depuis 1 jour"), (0, "Dernier jour"), (1, "1 jour"),
        (7, "7 jours"), (31, "31 jours"), (None, "Sans date de fin"),
    ],
)  # fmt: skip
def test_the_days_left_are_said_in_words(agent, droits, mots):
    dossier(droits=droits)

    assert f">{mots}</span>" in lire(agent)


def test_a_line_says_who_what_since_when_and_in_whose_hands(agent):
    collegue = essai.compte(identifiant="collegue", role="instructeur", nom="COLLÈGUE-FICTIF", prenoms="Léa")
    demande = dossier(
        "HAÏDARI-FICTIF", "Ûmid Farhâd", etat=Etat.EN_INSTRUCTION, agent=collegue, nature="renouvellement",
        titre_code="CSP4_BPS", etat_depuis=timezone.now() - timedelta(days=2),
    )  # fmt: skip
    depuis = timezone.localdate() - timedelta(days=2)

    page = lire(agent)

    for mots in (
        "HAÏDARI-FICTIF Ûmid Farhâd", "Carte de séjour pluriannuelle de 4 ans", "Renouvellement",
        "En cours d’instruction", f"depuis le {depuis:%d/%m/%Y}", "COLLÈGUE-FICTIF Léa",
        f"{demande.numero[:4]} {demande.numero[4:12]}",
    ):  # fmt: skip
        assert mots in page


def test_flags_tell_what_sets_a_dossier_apart(agent):
    demande = dossier(
        etat=Etat.EN_INSTRUCTION, pour_mineur=True, ofpra_en_attente=True, refus_propose=True,
        controle="a_verifier", signalements=["STATUT_A_VERIFIER", "NAISSANCE_APPROXIMATIVE"],
    )  # fmt: skip
    Rectification.objects.create(demande=demande, champ="nom")
    Convocation.objects.create(
        demande=demande, objet="empreintes", etat="a_reporter", le=timezone.now(), lieu="Guichet 3",
        cree_par=essai.agent(),
    )  # fmt: skip

    page = lire(agent)

    for mots in (
        "Mineur", "État civil attendu de l’OFPRA", "Refus à confirmer", "Statut à vérifier",
        "Erreur signalée par la personne", "Rendez-vous à reporter", "1 point à regarder",
    ):  # fmt: skip
        assert f'<span class="drapeau">{mots}</span>' in page


def test_an_ordinary_dossier_has_no_flag(agent):
    dossier()

    assert 'class="drapeau"' not in lire(agent)


def test_hostile_text_is_shown_and_not_run(agent):
    dossier("<script>alert(1)</script>", "{{7|add:1}}")

    page = lire(agent)

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7|add:1}}" in page
