"""Every mandatory field of the standard on each document, whatever the person's name and address are."""

import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attestations import code_signe
from attestations.deuxddoc.symbole import tient
from attestations.donnees import Adresse
from attestations.erreurs import SignatureImpossible
from attestations.signataires import SignataireFichier
from tests.decodeur_2ddoc import decoder
from tests.donnees_attestation import (
    apd_premiere,
    apd_renouvellement,
    aujourd_hui,
    confirmation,
    decision_favorable,
    signer,
)

DOCUMENTS = [apd_premiere, apd_renouvellement, confirmation, decision_favorable]


def champs(donnees):
    return decoder(signer(donnees).encode()).champs


def adresse(*lignes, code_postal="92000", commune="Nanterre"):
    return Adresse(lignes=lignes, code_postal=code_postal, commune=commune)


def test_an_apd_says_all_that_it_prints():
    lu = decoder(signer(apd_premiere()).encode())
    assert lu.champs == {
        "6J": "2",
        "6K": "9201202611231405001",
        "6L": "23112026",
        "6P": "AUTORISE A TRAVAILLER",
        "6Q": "9203456789",
        "62": "HAIDARI FICTIF",
        "63": "DE L EXEMPLE",
        "60": "UMID/FARHAD",
        "68": "M",
        "69": "00031990",
        "6A": "HERAT",
        "6C": "AF",
        "67": "AF",
        "6U": "12 RUE DES LILAS",
        "6W": "92000",
        "6X": "NANTERRE",
        "6N": "23112026",
        "6O": "22052027",
        "6Y": "FR",
        "6M": "CARTE DE RESIDENT",
        "6S": "CHEZ L ASSOCIATION EXEMPLE",
    }
    assert not lu.tronques
    assert (lu.autorite, lu.type_perimetre_pays, lu.emis_le) == ("FR00", "1301FR", date(2026, 11, 23))


@pytest.mark.parametrize(
    ("document", "genre", "autorisation"),
    [
        (apd_premiere, "2", "AUTORISE A TRAVAILLER"),
        (apd_renouvellement, "2", "AUTORISE A TRAVAILLER"),
        (confirmation, "1", "NE PERMET PAS DE TRAVAILLER"),
        (decision_favorable, "3", "AUTORISE A TRAVAILLER"),
    ],
)
def test_each_document_has_its_kind_and_its_authorisation(document, genre, autorisation):
    lus = champs(document())
    assert (lus["6J"], lus["6P"]) == (genre, autorisation)


def test_a_confirmation_has_no_validity_and_a_decision_no_end():
    assert not {"6N", "6O"} & champs(confirmation()).keys()
    assert "6N" in champs(decision_favorable())
    assert "6O" not in champs(decision_favorable())


def test_who_has_a_visa_only_leaves_6q_empty_and_fills_6r():
    lus = champs(apd_premiere(numero_etranger="", numero_visa="FRA 26X 123456"))
    assert lus["6Q"] == ""
    assert lus["6R"] == "FRA26X123456"


def test_a_visa_number_of_another_length_goes_where_any_length_may():
    lus = champs(apd_premiere(numero_etranger="", numero_visa="26X1234"))
    assert (lus["6Q"], lus["66"]) == ("", "26X1234")
    assert "6R" not in lus


def test_who_has_both_numbers_is_known_by_the_numero_etranger():
    lus = champs(apd_premiere(numero_visa="FRA26X123456"))
    assert lus["6Q"] == "9203456789"
    assert "6R" not in lus


@pytest.mark.parametrize(
    ("naissance", "champ"),
    [("1990-03-12", "12031990"), ("1990-03-00", "00031990"), ("1990-00-00", "00001990")],
)
def test_an_unknown_day_or_month_of_birth_is_00(naissance, champ):
    assert champs(apd_premiere(date_naissance=naissance))["69"] == champ


def test_one_name_only_leaves_the_other_empty():
    assert champs(apd_premiere(nom="", prenoms=("Gul",), nom_usage=""))["62"] == ""
    lus = champs(apd_premiere(nom="Gul", prenoms=(), nom_usage=""))
    assert (lus["62"], lus["63"], lus["60"]) == ("GUL", "", "")


@pytest.mark.parametrize(
    ("lignes", "attendus"),
    [
        (("Rue des Lilas",), {"6U": "RUE DES LILAS"}),
        ((), {"6U": ""}),
        (("Bât. B", "Esc. 2", "Porte 4", "7 rue X"), {"6S": "BAT B", "6T": "ESC 2 PORTE 4", "6U": "7 RUE X"}),
    ],
)
def test_the_last_line_is_the_street_and_those_before_it_complete_it(lignes, attendus):
    lus = champs(apd_premiere(adresse=adresse(*lignes)))
    assert {cle: lus[cle] for cle in ("6S", "6T", "6U") if cle in lus} == attendus


def test_an_unknown_country_or_postal_code_is_said_to_be_unknown():
    lus = champs(
        apd_premiere(pays_naissance="", nationalite="?", adresse=adresse("1 rue X", code_postal="AB 12"))
    )
    assert (lus["6C"], lus["67"], lus["6W"]) == ("XX", "XX", " " * 5)


@pytest.mark.parametrize(
    ("titre", "categorie"),
    [
        ("carte de résident de 10 ans", "CARTE DE RESIDENT"),
        ("Carte de résident, 10 ans", "CARTE DE RESIDENT"),
        ("carte de séjour pluriannuelle de 4 ans, famille", "CARTE DE SEJOUR PLURIANNUELLE FAMILLE"),
        ("carte de séjour temporaire d’un an", "CARTE DE SEJOUR TEMPORAIRE"),
    ],
)
def test_the_category_is_the_permit_without_its_duration(titre, categorie):
    assert champs(apd_premiere(titre=titre))["6M"] == categorie


def test_days_are_those_of_paris():
    minuit_utc = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    lu = decoder(signer(apd_premiere(deposee_le=minuit_utc)).encode())
    assert (lu.champs["6L"], lu.emis_le) == ("01012027", date(2027, 1, 1))


def test_longest_fields_are_cut_and_still_fit_in_the_largest_symbol():
    large = "W" * 500
    donnees = apd_premiere(
        nom=large,
        nom_usage=large,
        prenoms=(large,) * 12,
        ville_naissance=large,
        titre=large,
        numero_etranger="",
        numero_visa="FRA26X123456",
        adresse=adresse(large, large, large, commune=large),
    )
    lu = decoder(signer(donnees).encode())
    assert lu.tronques >= {"62", "63", "60", "6A", "6U", "6X"}
    assert {"6R", "6N", "6O", "6Y", "6M"} <= lu.champs.keys()
    assert tient(signer(donnees))


def test_optional_fields_are_left_out_before_a_mandatory_one_is_touched(monkeypatch):
    entier = champs(apd_premiere())
    monkeypatch.setattr("attestations.deuxddoc.symbole.VALEURS_MAXIMALES", 352)
    reduit = champs(apd_premiere())
    assert "6N" in reduit
    assert "6S" not in reduit
    assert reduit.items() <= entier.items()


NOMS = st.text(max_size=70)


@given(
    noms=st.tuples(NOMS, NOMS),
    prenoms=st.lists(NOMS, max_size=8).map(tuple),
    lieu=st.builds(
        Adresse, lignes=st.lists(NOMS, max_size=5).map(tuple), code_postal=st.text(max_size=8), commune=NOMS
    ),
    ville=NOMS,
    titre=NOMS,
)
def test_whatever_was_typed_the_code_is_well_formed(noms, prenoms, lieu, ville, titre):
    nom, nom_usage = noms
    lus = champs(
        confirmation(
            nom=nom + "X",
            nom_usage=nom_usage,
            prenoms=prenoms,
            ville_naissance=ville,
            adresse=lieu,
            titre=titre,
        )
    )
    assert set("".join(lus.values())) <= set(string.ascii_uppercase + string.digits + " /")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_same_data_have_the_same_signature(document):
    assert signer(document()) == signer(document())


def test_a_signer_whose_key_is_not_that_of_its_certificate_is_not_believed():
    class Faux(SignataireFichier):
        def signer(self, donnees):
            return b"\1" * 64

    with pytest.raises(SignatureImpossible, match="certificat"):
        code_signe.signer(apd_premiere(), Faux(aujourd_hui()), aujourd_hui())
