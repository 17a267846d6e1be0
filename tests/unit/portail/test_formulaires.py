"""Fields of the portal's forms: dates in three boxes, numbers, and the error summary."""

import datetime

import pytest
from django import forms

from referentiels.champs import ChampDate, ChampDateNaissance, ChampNumeroEtranger
from referentiels.formulaires import Formulaire


class Essai(Formulaire):
    autocompletion = {"naissance": "bday"}
    numero = ChampNumeroEtranger()
    naissance = ChampDateNaissance(label="Date de naissance")
    fin = ChampDate(label="Dernier jour", required=False)
    choix = forms.ChoiceField(label="Choix", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def cases(nom: str, jour: str = "", mois: str = "", annee: str = "") -> dict[str, str]:
    return {f"{nom}_jour": jour, f"{nom}_mois": mois, f"{nom}_annee": annee}


def essai(**donnees: str) -> Essai:
    bonnes = {"numero": "9901234567", "choix": "a", **cases("naissance", "27", "3", "1994")}
    return Essai({**bonnes, **donnees})


@pytest.mark.parametrize(
    "saisie", ["99 01 23 45 67", " 9901234567", "99-01-23.45 67", "99\u00a001\u202f234567"]
)
def test_spaces_dots_and_dashes_in_a_number_do_not_matter(saisie):
    formulaire = essai(numero=saisie)
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["numero"] == "9901234567"


@pytest.mark.parametrize(
    ("saisie", "mot"),
    [("990123456", "9"), ("99012345678", "11"), ("99O1234567", "lettre"), ("٩٩٠١٢٣٤٥٦٧", "lettre")],
)
def test_a_wrong_number_is_told_apart_from_a_short_one(saisie, mot):
    (message,) = essai(numero=saisie).errors["numero"]
    assert mot in message


@pytest.mark.parametrize(
    ("jour", "mois", "annee", "valeur"),
    [
        ("27", "3", "1994", "1994-03-27"),
        ("", "3", "1994", "1994-03-00"),
        ("00", "00", "1994", "1994-00-00"),
        ("", "", "1994", "1994-00-00"),
        ("29", "02", "2024", "2024-02-29"),
    ],
)
def test_a_birth_date_may_lack_its_day_or_month(jour, mois, annee, valeur):
    formulaire = essai(**cases("naissance", jour, mois, annee))
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["naissance"] == valeur


@pytest.mark.parametrize(
    ("jour", "mois", "annee", "mot"),
    [
        ("31", "2", "1990", "n’existe pas"),
        ("1", "", "1990", "mois"),
        ("1", "1", "90", "quatre chiffres"),
        ("1", "1", "", "année"),
        ("1", "mai", "1990", "chiffres"),
        ("1", "1", "0000", "n’existe pas"),
        ("", "", "", "année suffit"),
    ],
)
def test_a_wrong_birth_date_says_what_to_correct(jour, mois, annee, mot):
    (message,) = essai(**cases("naissance", jour, mois, annee)).errors["naissance"]
    assert mot in message


def test_a_plain_date_needs_its_three_parts():
    assert "pas complète" in essai(**cases("fin", "", "3", "2026")).errors["fin"][0]
    assert essai(**cases("fin", "1", "3", "2026")).is_valid()
    assert essai().is_valid()
    formulaire = essai(fin="2026-03-01")
    assert formulaire.is_valid()
    assert formulaire.cleaned_data["fin"] == datetime.date(2026, 3, 1)


def test_what_was_typed_comes_back_as_it_was_typed():
    page = str(essai(**cases("naissance", "31", "2", "1990"))["naissance"])
    assert 'value="31"' in page
    assert 'value="2"' in page
    assert 'autocomplete="bday-day"' in page


def test_every_error_of_the_summary_lands_on_a_control_of_the_page():
    formulaire = Essai({})
    page = str(formulaire)
    resume = formulaire.erreurs_resumees()
    assert [erreur.cible for erreur in resume] == ["id_numero", "id_naissance_jour", "id_choix_0"]
    for erreur in resume:
        assert f'href="#{erreur.cible}"' in page
        assert page.count(f'id="{erreur.cible}"') == 1


def test_an_error_is_tied_to_its_field():
    page = str(essai(numero="12")["numero"].as_field_group())
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_numero_helptext id_numero_error"' in page
    assert 'id="id_numero_error"' in page


def test_what_is_typed_is_escaped():
    assert "<script>" not in str(essai(numero="<script>", **cases("naissance", "<script>", "1", "1990")))


@pytest.mark.parametrize("partie", ["jour", "mois"])
def test_a_number_too_big_for_a_calendar_is_a_date_that_does_not_exist(partie):
    formulaire = essai(**cases("naissance", "1", "1", "1994") | {f"naissance_{partie}": "9" * 40})

    assert "Cette date n’existe pas" in " ".join(formulaire.errors["naissance"])
