"""Reading a situation: a value that is not understood names its field, the first in key order."""

import contextlib
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demandes.regles.faits import (
    DateNaissance,
    Lien,
    Nature,
    Recepisse,
    Situation,
    Statut,
    StatutProtege,
    TitreDetenu,
    TypeTitre,
)
from demandes.regles.lecture import ErreurDeChamp, lire_date, lire_situation, situation_vers_dict
from tests.unit.regles.exemples import AU

REFUGIE = {"statut": "refugie", "nature": "premiere", "date_naissance": "1990-03-01"}
CONJOINT = {**REFUGIE, "statut": "membre_famille", "lien": "conjoint", "statut_du_protege": "refugie"}
TITRE = {"type": "csp_bps", "debut": "2022-01-01", "fin": "2026-12-31"}

ERREURS = [
    # what is changed in a refugee's line, and the field that is named
    ({"statut": None}, "statut"),
    ({"statut": " "}, "statut"),
    ({"statut": 3.0}, "statut"),
    ({"statut": ["refugie"]}, "statut"),
    ({"statut": "REFUGIE"}, "statut"),
    ({"statut": "refugie "}, "statut"),
    ({"statut": "inconnu", "nature": "inconnue"}, "statut"),
    ({"statut": "membre_famille"}, "lien"),
    ({"statut": "membre_famille", "lien": ""}, "lien"),
    ({"statut": "membre_famille", "lien": "null"}, "lien"),
    ({"statut": "membre_famille", "lien": "cousin", "statut_du_protege": "x"}, "lien"),
    ({"statut": "membre_famille", "lien": "enfant"}, "statut_du_protege"),
    ({"statut": "membre_famille", "lien": "enfant", "statut_du_protege": "autre"}, "statut_du_protege"),
    ({"nature": None}, "nature"),
    ({"nature": True}, "nature"),
    ({"nature": "duplicata"}, "nature"),
    ({"date_naissance": None}, "date_naissance"),
    ({"date_naissance": 1990.0}, "date_naissance"),
    ({"date_naissance": "1990-02-30"}, "date_naissance"),
    ({"date_naissance": "1990-00-12"}, "date_naissance"),
    ({"date_naissance": "0000-00-00"}, "date_naissance"),
    ({"date_naissance": "90-01-01"}, "date_naissance"),
    ({"date_naissance": "1990-W01-1"}, "date_naissance"),
    ({"date_naissance": "١٩٩٠-01-01"}, "date_naissance"),
    ({"date_naissance": "2026-11-24"}, "date_naissance"),
    ({"date_naissance": "2026-12-00", "numero_etranger": "1"}, "date_naissance"),
    ({"souhaite_travailler": None}, "souhaite_travailler"),
    ({"souhaite_travailler": ""}, "souhaite_travailler"),
    ({"souhaite_travailler": 1.0}, "souhaite_travailler"),
    ({"souhaite_travailler": "true"}, "souhaite_travailler"),
    ({"numero_etranger": 7503120521.0}, "numero_etranger"),
    ({"numero_etranger": "750312052"}, "numero_etranger"),
    ({"numero_etranger": "75031205211"}, "numero_etranger"),
    ({"numero_etranger": "75031205A1"}, "numero_etranger"),
    ({"numero_etranger": "٧٥٠٣١٢٠٥٢١"}, "numero_etranger"),
    ({"numero_etranger": "7503-120521"}, "numero_etranger"),
    ({"numero_visa": 12.0}, "numero_visa"),
    ({"numero_visa": {}}, "numero_visa"),
    ({"recepisse": "autre"}, "recepisse"),
    ({"recepisse": False}, "recepisse"),
    ({"titre_detenu": []}, "titre_detenu"),
    ({"titre_detenu": "csp_bps"}, "titre_detenu"),
    ({"titre_detenu": False}, "titre_detenu"),
    ({"titre_detenu": {}}, "titre_detenu.type"),
    ({"titre_detenu": TITRE | {"type": "vls"}}, "titre_detenu.type"),
    ({"titre_detenu": TITRE | {"debut": ""}}, "titre_detenu.debut"),
    ({"titre_detenu": TITRE | {"debut": "2022-01-00"}}, "titre_detenu.debut"),
    ({"titre_detenu": TITRE | {"fin": None}}, "titre_detenu.fin"),
    ({"titre_detenu": TITRE | {"fin": "2021-12-31"}}, "titre_detenu.fin"),
    ({"residence_reguliere_depuis": "2022-01-00"}, "residence_reguliere_depuis"),
    ({"residence_reguliere_depuis": "hier"}, "residence_reguliere_depuis"),
    ({"demande_en_cours": None}, "demande_en_cours"),
    ({"demande_en_cours": "non"}, "demande_en_cours"),
]


@pytest.mark.parametrize(("changement", "champ"), ERREURS)
def test_a_value_that_is_not_understood_names_its_field(changement, champ):
    with pytest.raises(ErreurDeChamp) as erreur:
        lire_situation(REFUGIE | changement, AU)

    assert erreur.value.champ == champ
    assert erreur.value.message.endswith(".")


@pytest.mark.parametrize("cle", ["date_naissance_protege", "date_mariage", "date_demande_asile_protege"])
def test_a_family_date_is_read_for_family_members_only(cle):
    with pytest.raises(ErreurDeChamp) as erreur:
        lire_situation(CONJOINT | {cle: "2000-00-00"}, AU)
    assert erreur.value.champ == cle

    assert lire_situation(REFUGIE | {cle: "2000-00-00", "lien": 3, "statut_du_protege": []}, AU).lien is None


@pytest.mark.parametrize("rien", [None, [], "refugie", 3.0, True])
def test_what_is_no_object_names_no_field(rien):
    with pytest.raises(ErreurDeChamp) as erreur:
        lire_situation(rien, AU)

    assert erreur.value.champ is None


@pytest.mark.parametrize("cle", ["statut", "nature", "date_naissance"])
def test_three_keys_are_required(cle):
    with pytest.raises(ErreurDeChamp) as erreur:
        lire_situation({nom: valeur for nom, valeur in REFUGIE.items() if nom != cle}, AU)

    assert erreur.value.champ == cle


def test_absent_keys_are_null_or_false_and_unknown_ones_are_ignored():
    attendu = Situation(
        statut=Statut.REFUGIE, nature=Nature.PREMIERE, date_naissance=DateNaissance(1990, 3, 1)
    )

    assert lire_situation(REFUGIE | {"inconnue": {"x": []}}, AU) == attendu


def test_a_blank_string_is_null():
    blancs = dict.fromkeys(
        ["numero_etranger", "numero_visa", "recepisse", "titre_detenu", "residence_reguliere_depuis"], " \t "
    )

    assert lire_situation(REFUGIE | blancs, AU) == lire_situation(REFUGIE, AU)


@pytest.mark.parametrize("numero", ["7503120521", "75 03 12 05 21", " 7503\u00a0120521 ", "7503\u202f120521"])
def test_spaces_of_a_foreigner_s_number_are_ignored(numero):
    assert lire_situation(REFUGIE | {"numero_etranger": numero}, AU).numero_etranger == "7503120521"


def test_a_permit_of_one_day_and_future_dates_are_no_error():
    lue = lire_situation(
        CONJOINT
        | {
            "titre_detenu": {"type": "autre", "debut": "2030-01-01", "fin": "2030-01-01"},
            "residence_reguliere_depuis": "2030-01-01",
            "date_mariage": "2030-01-01",
            "date_naissance_protege": "2030-01-01",
        },
        AU,
    )

    assert lue.titre_detenu == TitreDetenu(TypeTitre.AUTRE, date(2030, 1, 1), date(2030, 1, 1))


def test_whoever_is_born_today_or_in_an_unknown_month_of_this_year_is_read():
    assert lire_situation(REFUGIE | {"date_naissance": "2026-11-23"}, AU)
    assert lire_situation(REFUGIE | {"date_naissance": "2026-00-00"}, AU).date_naissance.approximative
    assert lire_situation(REFUGIE | {"date_naissance": "2090-01-01"}).date_naissance.year == 2090


def test_a_message_never_repeats_what_was_received():
    with pytest.raises(ErreurDeChamp) as erreur:
        lire_situation(REFUGIE | {"nature": "SECRET\ud800"}, AU)

    assert "SECRET" not in erreur.value.message
    assert "premiere, renouvellement" in erreur.value.message


@pytest.mark.parametrize("texte", ["20261123", "2026-11-23 ", "2026-11-23T00:00", "2026-W48-1", "26-11-23"])
def test_only_one_way_of_writing_a_date_is_read(texte):
    with pytest.raises(ValueError, match=r".+"):
        lire_date(texte)


NAISSANCES = st.one_of(
    st.dates().map(DateNaissance.du_jour),
    st.builds(DateNaissance, st.integers(1, 9999), st.integers(1, 12), st.just(0)),
    st.builds(DateNaissance, st.integers(1, 9999), st.just(0), st.just(0)),
)
JOURS = st.none() | st.dates()
TITRES = st.builds(
    lambda type_titre, a, b: TitreDetenu(type_titre, min(a, b), max(a, b)),
    st.sampled_from(TypeTitre),
    st.dates(),
    st.dates(),
)
FAMILLE = {
    "lien": st.sampled_from(Lien),
    "statut_du_protege": st.sampled_from(StatutProtege),
    "date_naissance_protege": JOURS,
    "date_mariage": JOURS,
    "date_demande_asile_protege": JOURS,
}
COMMUN = {
    "nature": st.sampled_from(Nature),
    "date_naissance": NAISSANCES,
    "souhaite_travailler": st.booleans(),
    "numero_etranger": st.none() | st.from_regex(r"[0-9]{10}", fullmatch=True),
    "numero_visa": st.none() | st.text(min_size=1).filter(str.strip),
    "recepisse": st.none() | st.sampled_from(Recepisse),
    "titre_detenu": st.none() | TITRES,
    "residence_reguliere_depuis": JOURS,
    "demande_en_cours": st.booleans(),
}
SITUATIONS = st.one_of(
    st.builds(Situation, statut=st.sampled_from([s for s in Statut if s != "membre_famille"]), **COMMUN),
    st.builds(Situation, statut=st.just(Statut.MEMBRE_FAMILLE), **COMMUN, **FAMILLE),
)


@given(SITUATIONS)
def test_a_situation_is_read_back_as_it_was_written(situation):
    ecrite = situation_vers_dict(situation)

    assert lire_situation(ecrite) == situation
    assert set(ecrite) == {champ.name for champ in fields(Situation)}


@given(
    st.dictionaries(
        st.sampled_from([champ.name for champ in fields(Situation)]),
        st.recursive(
            st.none()
            | st.booleans()
            | st.floats()
            | st.text()
            | st.sampled_from(["refugie", "premiere", "1990-01-01"]),
            lambda enfants: (
                st.lists(enfants) | st.dictionaries(st.sampled_from(["type", "debut", "fin"]), enfants)
            ),
        ),
    )
)
def test_any_json_is_read_or_refused_in_words(donnees):
    # Anything but ErreurDeChamp fails the test.
    with contextlib.suppress(ErreurDeChamp):
        assert lire_situation(donnees, AU)
