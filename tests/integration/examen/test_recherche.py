"""The search of dossiers: numbers by their beginning, names as they are heard, never another prefecture (R-INSTR-2)."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from demandes.etats import Etat
from demandes.file.chercher import LONGUEUR_MAX, PLAFOND, TAILLE, chercher
from demandes.models import Demande, Mot
from tests import dossiers_d_essai as essai
from tests.dossiers_de_la_file import dossier, plusieurs

LISTE = "/gestion/demandes/demande/"


@pytest.fixture
def agent(db):
    return essai.agent(essai.prefecture("39"))


def noms(agent, saisie: str) -> list[str]:
    """The family names found, in their order."""
    codes = [p.pk for p in agent.prefectures.order_by("pk")]
    return [d.donnees["civil"]["nom"] for d in chercher(agent, saisie, codes).dossiers]


# --- names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nom", "prenoms", "saisie"),
    [
        ("HAÏDARI", "Ûmid", "haidari"),
        ("HAÏDARI", "Ûmid", "  HAÏDARI   umid "),
        ("HAÏDARI", "Ûmid", "umid haïdari"),
        ("HAÏDARI", "Ûmid", "hai"),
        ("HAÏDARI", "Ûmid", "haidary"),
        ("HAÏDARI", "Ûmid", "aidari"),
        ("AL-HUSSEIN", "Noor", "alhussein"),
        ("ALHUSSEIN", "Noor", "al hussein"),
        ("AL-HUSSEIN", "Noor", "al-husein"),
        ("ABD EL-RAHMAN", "Ali", "abdelrahman"),
        ("MOHAMMADI", "Zahra", "mohamadi zara"),
        ("MOHAMMADI", "Zahra", "MUHAMMADI"),
        ("AHMED", "Nur", "ahemd"),
        ("AHMED", "Nur", "ahmad"),
        ("AHMED", "Nour", "nur"),
        ("AHMED", "Nur", "nour"),
        ("N’DIAYE", "Awa", "ndiaye"),
        ("N'DIAYE", "Awa", "n’diaye"),
        ("ØSTERGÅRD", "Łukasz", "ostergard lukasz"),
        ("GEBREMARIAM", "Yonas", "gebremaryam"),
        ("ШЕВЧЕНКО", "Олена", "шевченко"),
        ("ШЕВЧЕНКО", "Олена", "шевчнко"),
        ("الحسين", "محمد", "الحسين"),
        ("ŞAHİN", "Çiğdem", "sahin cigdem"),
    ],
)
def test_a_name_is_found_as_an_agent_hears_it(agent, nom, prenoms, saisie):
    dossier(nom, prenoms)
    for rang, autre in enumerate(("BERNARD", "TRAORÉ", "KOVALENKO", "Sivanathan")):
        dossier(autre, "Xavier", droits=rang)

    assert noms(agent, saisie)[:1] == [nom]


@pytest.mark.parametrize("saisie", ["bernard", "haidari xavier", "zzz", "kovalenko haidari"])
def test_a_name_that_resembles_none_finds_nothing(agent, saisie):
    dossier("HAÏDARI", "Ûmid")

    assert noms(agent, saisie) == []


def test_every_word_counts(agent):
    dossier("AHMADI", "Zahra")
    dossier("AHMADI", "Reza")
    dossier("KARIMI", "Zahra")

    assert noms(agent, "zahra ahmadi") == ["AHMADI"]


def test_the_name_of_use_is_searched_too(agent):
    dossier("AHMADI", "Zahra", nom_usage="DUPONT-FICTIF")

    assert noms(agent, "dupont") == ["AHMADI"]


def test_the_most_alike_comes_first_then_who_loses_rights_first_then_the_closed_ones(agent):
    dossier("MOHAMMED", droits=1)
    clos = dossier("MOHAMED", etat=Etat.TITRE_REMIS, droits=-300)
    tard, tot = dossier("MOHAMED", droits=60), dossier("MOHAMED", droits=2)

    trouves = chercher(agent, "mohamed", ["39"]).dossiers

    assert trouves[:3] == [tot, tard, clos]
    assert [d.personne for d in trouves[3:]] == ["MOHAMMED Sara"]


def test_a_corrected_name_is_found_and_the_old_one_is_not(agent):
    demande = dossier("FAUX", "Ûmid")
    demande.recherche = "HAIDARI UMID"
    demande.save()

    assert noms(agent, "haidary") == ["FAUX"]
    assert noms(agent, "faux") == []


def test_the_words_of_a_deposit_are_learnt_by_the_database_itself(agent):
    dossier("HAÏDARI-FICTIF", "Ûmid Farhâd")
    dossier("HAÏDARI-FICTIF", "Zahra")

    mots = Mot.objects.order_by("mot").values_list("mot", flat=True)
    assert list(mots) == ["FARHAD", "FICTIF", "HAIDARI", "UMID", "ZAHRA"]


def test_a_deposit_through_the_five_steps_can_be_found(agent):
    from demandes.operations.deposer import deposer

    profil = essai.refugie(registre={"nom": "ÇELİK-FICTIF"}).remplir()
    deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=essai.MAINTENANT)

    assert noms(agent, "celik") == ["ÇELİK-FICTIF"]


# --- numbers ---------------------------------------------------------------------------------------------


@pytest.fixture
def numerote(agent) -> Demande:
    """A dossier with all its numbers; its account arrived with a visa."""
    compte = essai.compte(numero_etranger="9911122233", numero_visa="FRA900123456")
    return dossier("NUMÉROTÉ", compte=compte, numero="3901202611250332007", beneficiaire="9911122233")


@pytest.mark.parametrize(
    "saisie",
    [
        "3901202611250332007", "3901 20261125 0332 007", "390120261125", "3901-20261125", "9911122233",
        "99 11 12 22 33", "991112", "FRA900123456", "fra 900 123 456", " 9911122233\n",
    ],
)  # fmt: skip
def test_a_number_is_found_by_its_beginning_spaces_or_not(agent, numerote, saisie):
    dossier("AUTRE")

    assert noms(agent, saisie) == ["NUMÉROTÉ"]


def test_a_dossier_deposited_with_a_visa_is_found_by_the_number_that_came_later(agent):
    compte = essai.compte(numero_etranger="9911122244", numero_visa="FRA900000777")
    dossier("ARRIVÉ", compte=compte, beneficiaire="FRA900000777")

    for saisie in ("FRA9000", "fra900000777", "9911122244"):
        assert noms(agent, saisie) == ["ARRIVÉ"]


def test_a_child_is_found_by_its_own_number_and_by_that_of_the_account(agent):
    parent = essai.compte(numero_etranger="9911122255")
    dossier("ENFANT", compte=parent, beneficiaire="9933344455", pour_mineur=True)

    assert noms(agent, "9933344455") == ["ENFANT"]
    assert noms(agent, "9911122255") == ["ENFANT"]


@pytest.mark.parametrize("saisie", ["9911122234", "1122233", "0332007", "39012027"])
def test_another_number_finds_nothing(agent, numerote, saisie):
    assert noms(agent, saisie) == []


@pytest.mark.parametrize("saisie", ["", "   ", "a", "é", "-", "1", "391", "%", "_", "''"])
def test_too_few_letters_or_digits_are_not_looked_for(agent, saisie):
    dossier("A", "B")

    assert chercher(agent, saisie, ["39"]).code == "court"


# --- for whom --------------------------------------------------------------------------------------------


def test_another_prefecture_is_never_found(agent):
    ailleurs = dossier("HAÏDARI", "Ûmid", prefecture="92", numero="9201202611250332007")

    for saisie in (
        "haidari", "haidary umid", ailleurs.numero, ailleurs.numero[:6], ailleurs.beneficiaire,
        ailleurs.compte.numero_etranger, "92:HAIDARI", "HAIDARI,92:UMID",
    ):  # fmt: skip
        assert noms(agent, saisie) == []


def test_a_dossier_that_moved_is_found_where_it_is_now(agent):
    demande = dossier("HAÏDARI", "Ûmid", prefecture="92", numero="9201202611250332007")
    demande.prefecture = essai.prefecture("39")
    demande.save()

    assert noms(agent, "haidari") == ["HAÏDARI"]
    assert noms(agent, "92012026") == ["HAÏDARI"]
    assert noms(essai.agent(essai.prefecture("92")), "haidari") == []


def test_a_draft_is_never_found(agent):
    profil = essai.refugie().remplir()

    assert noms(agent, profil.compte.numero_etranger) == []
    assert noms(agent, "haidari") == []


@pytest.mark.parametrize("role", ["ccc", "administrateur", "usager"])
def test_who_is_no_agent_finds_nothing(role):
    dossier("HAÏDARI", "Ûmid", numero="3901202611250332007")
    autre = essai.agent(essai.prefecture("39"), role=role)

    assert chercher(autre, "haidari", ["39"]).dossiers == []
    assert chercher(autre, "3901202611250332007", ["39"]).dossiers == []


# --- bounds ----------------------------------------------------------------------------------------------


def test_a_common_name_shows_the_first_ones_and_says_that_there_are_more(agent):
    plusieurs(TAILLE + 1, nom="MOHAMMADI", prenoms="Ali")

    trouve = chercher(agent, "mohammadi", ["39"])

    assert len(trouve.dossiers) == TAILLE
    assert trouve.trop


def test_no_more_dossiers_than_the_ceiling_are_compared(agent, django_assert_num_queries):
    modele = dossier("MOHAMMADI", "Ali")
    Demande.objects.bulk_create(
        Demande(
            compte=modele.compte, etat="deposee", numero=f"3903{rang:015d}", deposee_le=modele.deposee_le,
            prefecture_id="39", beneficiaire=f"96{rang:08d}", titre_code="CR10", donnees=modele.donnees,
            recherche=modele.recherche,
        )
        for rang in range(PLAFOND + 20)
    )  # fmt: skip

    with django_assert_num_queries(2):
        trouve = chercher(agent, "mohammadi ali", ["39"])

    assert len(trouve.dossiers) == TAILLE
    assert trouve.trop


@pytest.mark.parametrize(
    ("saisie", "requetes"),
    [("haidari", 4), ("haidary umid farhad", 4), ("zzz", 3), ("9911122233", 1), ("é", 0)],
)
@pytest.mark.parametrize("autres", [0, 40])
def test_a_search_asks_the_same_of_the_database_however_many_dossiers(
    agent, numerote, django_assert_num_queries, saisie, requetes, autres
):
    """The exact words, then, when a page is not full, the spellings and the words spelt so; the lines."""
    dossier("HAÏDARI", "Ûmid Farhâd")
    plusieurs(autres, nom="KARIMI", prenoms="Zahra")

    with django_assert_num_queries(requetes):
        chercher(agent, saisie, ["39"])


@pytest.mark.parametrize(
    "saisie",
    ["\x00", "%", "' OR 1=1 --", "x" * 5000, "a" * LONGUEUR_MAX, "é " * 80, "{a,b}", "\\", '"', "\ud800"],
)
def test_hostile_text_finds_nothing_and_breaks_nothing(agent, saisie):
    dossier("HAÏDARI", "Ûmid")

    assert noms(agent, saisie) == []


def test_a_search_by_name_reads_the_index_of_words(agent):
    """Else it would read every dossier, which nobody sees before there are many."""
    dossier("HAÏDARI", "Ûmid")
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")
        curseur.execute(
            "EXPLAIN SELECT id FROM demandes_demande WHERE demandes_mots(prefecture_id, recherche) && ARRAY['39:X']"
        )
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
    assert "dossier_par_mots" in plan


# --- the page --------------------------------------------------------------------------------------------


@pytest.fixture
def navigateur(connecter, agent):
    return connecter(agent)


def rechercher(navigateur, saisie: str):
    return navigateur.soumettre(LISTE, {"q": saisie}, formulaire="//form[@role='search']", follow=True)


def test_what_was_typed_stays_out_of_addresses_and_on_the_page(navigateur):
    dossier("HAÏDARI", "Ûmid")

    reponse = rechercher(navigateur, "haïdary")
    page = reponse.content.decode()

    assert "HAÏDARI Ûmid" in page
    assert 'value="haïdary"' in page
    assert "haïdary" not in reponse.request["QUERY_STRING"]
    # The address can be opened again: back from a dossier, or reloaded.
    assert "HAÏDARI Ûmid" in navigateur.get(reponse.redirect_chain[-1][0]).content.decode()


def test_two_searches_in_two_tabs_do_not_mix(navigateur):
    dossier("HAÏDARI", "Ûmid")
    dossier("KARIMI", "Zahra")

    premiere = rechercher(navigateur, "haidari").redirect_chain[-1][0]
    rechercher(navigateur, "karimi")

    page = navigateur.get(premiere).content.decode()
    assert "HAÏDARI Ûmid" in page
    assert "KARIMI Zahra" not in page


def test_only_the_last_searches_are_kept(navigateur):
    adresses = [rechercher(navigateur, f"haidari {rang}").redirect_chain[-1][0] for rang in range(7)]

    assert "n’est plus en mémoire" in navigateur.get(adresses[0]).content.decode()
    assert "n’est plus en mémoire" not in navigateur.get(adresses[-1]).content.decode()
    assert len(Session.objects.get().get_decoded()["recherches"]) == 5


@pytest.mark.parametrize("jeton", ["", "inconnu", "\x00", "é" * 300])
def test_a_search_that_nobody_made_is_asked_for_again(navigateur, jeton):
    assert "Écrivez-la à nouveau" in navigateur.get(LISTE, {"recherche": jeton}).content.decode()


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [("zzzz", "Aucun dossier de vos préfectures"), ("a", "au moins 4 chiffres"), ("\x00", "au moins 4")],
)
def test_a_search_without_result_says_what_to_try(navigateur, saisie, phrase):
    assert phrase in rechercher(navigateur, saisie).content.decode()
