"""The export of a situation: for a responsable, harmless in a spreadsheet, written down, never whole in memory."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demandes.admin import exports
from demandes.etats import Etat
from demandes.models import ExportDeListe
from demandes.operations.journaliser_export import commencer_export
from demandes.situations import TOUS
from tests import dossiers_d_essai as essai
from tests.dossiers_de_la_file import dossier, plusieurs

LISTE = "/gestion/demandes/demande/"


@pytest.fixture
def responsable(db):
    return essai.agent(essai.prefecture("39"), role="responsable")


@pytest.fixture
def navigateur(connecter, responsable):
    return connecter(responsable)


def exporter(navigateur, situation: str = "tous", **champs: str):
    page = navigateur.get(LISTE, {"situation": situation})
    return navigateur.soumettre(page, champs, formulaire="//form[@class='file-export']")


def octets(reponse) -> bytes:
    return b"".join(reponse.streaming_content)


def lignes(reponse) -> list[list[str]]:
    texte = octets(reponse).decode("utf-8-sig")
    return list(csv.reader(StringIO(texte), delimiter=";"))


def test_a_spreadsheet_reads_one_line_a_dossier_in_the_order_of_the_queue(navigateur):
    tard = dossier("TARD-FICTIF", "Ûmid", droits=60)
    tot = dossier(
        "TÔT-FICTIF",
        "Sara; Mina",
        droits=2,
        etat=Etat.EN_INSTRUCTION,
        pour_mineur=True,
        nature="renouvellement",
    )

    reponse = exporter(navigateur)
    entetes, *donnees = lignes(reponse)

    assert reponse["Content-Type"] == "text/csv; charset=utf-8"
    assert entetes[:2] == ["Numéro", "Nom et prénoms"]
    assert [ligne[1] for ligne in donnees] == ["TÔT-FICTIF Sara; Mina", "TARD-FICTIF Ûmid"]
    assert donnees[0][3:6] == ["Carte de résident de 10 ans", "Renouvellement", "En cours d’instruction"]
    assert donnees[0][8] == f"{tot.droits_jusqu_au:%d/%m/%Y}"
    assert donnees[0][-1] == "Mineur"
    assert donnees[1][2] == tard.beneficiaire
    assert {len(ligne) for ligne in donnees} == {len(entetes)}


def test_it_begins_with_the_mark_of_utf_8_and_ends_its_lines_as_spreadsheets_do(navigateur):
    dossier()

    contenu = octets(exporter(navigateur))

    assert contenu.startswith(b"\xef\xbb\xbfNum\xc3\xa9ro;")
    assert contenu.count(b"\r\n") == 2


def test_a_long_number_stays_whole(navigateur):
    demande = dossier(numero="3901202611250332007")

    numero = lignes(exporter(navigateur))[1][0]

    assert numero == "3901 20261125 0332 007"
    assert numero.replace(" ", "") == demande.numero


@pytest.mark.parametrize(
    "debut",
    ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  =", "\xa0=", "\u3000＝", "\ufeff="],
)
def test_no_cell_is_a_formula(navigateur, debut):
    dossier(f'{debut}HYPERLINK("https://mal.example";"ici")', "Ûmid")

    cellule = lignes(exporter(navigateur))[1][1]

    assert cellule.startswith("'")
    assert cellule[1:].startswith(debut)


@pytest.mark.parametrize("texte", ["HAÏDARI", "AL-HASSAN", "a=b", "", "'", '"', "N’DIAYE"])
def test_an_ordinary_cell_is_as_it_was(texte):
    assert exports.sans_formule(texte) == texte


def test_a_quote_or_a_separator_opens_no_other_cell(navigateur):
    dossier('A";=1+1;"B', "Ûmid\r\n=2+2")

    assert lignes(exporter(navigateur))[1][1] == 'A";=1+1;"B Ûmid =2+2'


def test_only_the_situation_and_the_prefecture_asked_for_leave(connecter):
    responsable = essai.agent(essai.prefecture("39"), essai.prefecture("92"), role="responsable")
    navigateur = connecter(responsable)
    dossier("ICI-FICTIF")
    dossier("LÀ-FICTIF", prefecture="92")
    dossier("AILLEURS-FICTIF", prefecture="75")
    dossier("CLOS-FICTIF", etat=Etat.TITRE_REMIS)

    def noms(**champs):
        return {ligne[1] for ligne in lignes(exporter(navigateur, **champs))[1:]}

    assert noms() == {"ICI-FICTIF Sara", "LÀ-FICTIF Sara"}
    assert noms(prefecture="92") == {"LÀ-FICTIF Sara"}
    assert noms(prefecture="75") == {"ICI-FICTIF Sara", "LÀ-FICTIF Sara"}
    assert noms(situation="clos") == {"CLOS-FICTIF Sara"}


def test_an_instructeur_has_neither_the_button_nor_the_file(connecter):
    dossier()
    navigateur = connecter(essai.agent(essai.prefecture("39")))
    navigateur.handler.enforce_csrf_checks = False

    assert "file-export" not in navigateur.get(LISTE).content.decode()
    assert navigateur.post(f"{LISTE}export/", {"situation": "tous"}).status_code == 404
    assert not ExportDeListe.objects.exists()


def test_an_export_is_not_a_link_that_a_page_or_a_mail_could_open(navigateur):
    assert navigateur.get(f"{LISTE}export/", {"situation": "tous"}).status_code == 405


def test_who_took_what_is_written_down_before_the_first_line_and_counted_after_the_last(
    navigateur, responsable
):
    plusieurs(3)

    reponse = exporter(navigateur, "a_prendre")
    debut = ExportDeListe.objects.get()
    assert (debut.agent, debut.situation, debut.prefectures) == (responsable, "a_prendre", ["39"])
    assert debut.fini_le is None

    octets(reponse)
    fin = ExportDeListe.objects.get()
    assert fin.lignes == 3
    assert fin.fini_le >= fin.commence_le


def test_a_reader_who_goes_away_is_counted_for_what_left(responsable, monkeypatch):
    monkeypatch.setattr(exports, "TRANCHE", 2)
    plusieurs(7)
    export = commencer_export(
        agent_id=responsable.pk, situation="tous", prefectures=["39"], maintenant=timezone.now()
    )
    flux = exports.contenu(responsable, TOUS, "", export.pk)
    for _morceau in range(3):
        next(flux)

    flux.close()

    assert ExportDeListe.objects.get().lignes == 4


def test_it_is_read_bit_by_bit(navigateur, monkeypatch):
    """Each bit is asked for when the one before has left; the last one finds nothing."""
    monkeypatch.setattr(exports, "TRANCHE", 3)
    plusieurs(7)
    flux = iter(exporter(navigateur).streaming_content)
    morceaux = []
    while True:
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            morceau = next(flux, None)
        if morceau is None:
            break
        morceaux.append((morceau.count(b"\r\n"), len(requetes)))

    assert morceaux == [(1, 0), (3, 2), (3, 2), (1, 2)]


def test_a_list_too_long_stops_and_says_so(navigateur, monkeypatch):
    monkeypatch.setattr(exports, "TRANCHE", 2)
    monkeypatch.setattr(exports, "LIGNES_MAX", 4)
    plusieurs(4)
    assert len(lignes(exporter(navigateur))) == 1 + 4

    dossier()

    donnees = lignes(exporter(navigateur))
    assert len(donnees) == 1 + 4 + 1
    assert donnees[-1][0].startswith("Liste arrêtée à 4 dossiers")


def test_the_name_of_the_file_names_nobody(navigateur):
    dossier("HAÏDARI-FICTIF")

    nom = exporter(navigateur)["Content-Disposition"]

    assert nom.startswith('attachment; filename="dossiers-tous-')
    assert "HAÏDARI" not in nom
