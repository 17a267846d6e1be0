"""The official data kept with the code are complete."""

import itertools
import re
from datetime import date

import pytest

from referentiels.donnees import lignes
from referentiels.operations.charger_prefectures import code_site, nom_prefecture

LES_101 = {f"{n:02d}" for n in range(1, 96) if n != 20} | {"2A", "2B"} | {"971", "972", "973", "974", "976"}


@pytest.mark.parametrize(
    ("fichier", "colonne"), [("departements.csv", "code"), ("prefectures.csv", "code_departement")]
)
def test_the_101_departements_are_there_once_each(fichier: str, colonne: str) -> None:
    codes = [ligne[colonne] for ligne in lignes(fichier)]
    assert len(codes) == 101
    assert set(codes) == LES_101


def test_every_departement_has_communes_and_no_commune_is_outside() -> None:
    assert {ligne["departement"] for ligne in lignes("communes.csv")} == LES_101


def test_every_commune_has_postal_codes_of_five_digits() -> None:
    codes = {code for ligne in lignes("communes.csv") for code in ligne["codes_postaux"].split() or [""]}
    assert all(re.fullmatch(r"\d{5}", code) for code in codes)


@pytest.mark.parametrize(
    ("code", "site"),
    [
        ("01", "0101"),
        ("92", "9201"),
        ("75", "7501"),
        ("2A", "2001"),
        ("2B", "2002"),
        ("971", "9711"),
        ("976", "9761"),
    ],
)
def test_the_site_code_has_four_digits(code: str, site: str) -> None:
    assert code_site(code) == site


def test_no_two_departements_share_a_site_code() -> None:
    assert len({code_site(code) for code in LES_101}) == 101


@pytest.mark.parametrize(
    ("code", "nom"),
    [
        ("01", "Préfecture de l’Ain"),
        ("21", "Préfecture de la Côte-d’Or"),
        ("39", "Préfecture du Jura"),
        ("22", "Préfecture des Côtes-d’Armor"),
        ("75", "Préfecture de police"),
        ("976", "Préfecture de Mayotte"),
        ("32", "Préfecture du Gers"),
        ("91", "Préfecture de l’Essonne"),
    ],
)
def test_a_prefecture_is_named_as_people_name_it(code: str, nom: str) -> None:
    departement = next(d for d in lignes("departements.csv") if d["code"] == code)
    assert nom_prefecture(code, departement["nom"], departement["liaison"]) == nom


def test_every_prefecture_has_an_address_and_the_day_it_was_read() -> None:
    for ligne in lignes("prefectures.csv"):
        assert ligne["adresse"], ligne
        assert re.fullmatch(r"\d{5}", ligne["code_postal"]), ligne
        assert ligne["telephone"], ligne
        assert date.fromisoformat(ligne["releve_le"]) < date(2027, 1, 1)


def test_tariff_lines_follow_each_other_without_gap_or_overlap() -> None:
    series: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for ligne in lignes("tarifs.csv"):
        cle = (ligne["titre_code"], ligne["fondement"], ligne["nature"], ligne["article"])
        series.setdefault(cle, []).append(ligne)
    for cle, periodes in series.items():
        assert periodes[0]["du"] == "", cle
        assert periodes[-1]["au"] == "", cle
        for avant, apres in itertools.pairwise(periodes):
            assert (date.fromisoformat(apres["du"]) - date.fromisoformat(avant["au"])).days == 1, cle
