import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from attestations.donnees import AUCUN_DROIT, DROITS_APD, Adresse, DonneesAttestation, Droits
from attestations.erreurs import DonneesInvalides
from tests.donnees_attestation import (
    TITRE_PRECEDENT,
    VISA_DETENU,
    apd_famille,
    apd_famille_avec_visa,
    apd_premiere,
    apd_renouvellement,
    confirmation,
    decision_favorable,
)

DOCUMENTS = [
    apd_premiere,
    apd_renouvellement,
    apd_famille,
    apd_famille_avec_visa,
    confirmation,
    decision_favorable,
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_stored_comes_back_equal(document):
    donnees = document()
    assert DonneesAttestation.depuis_dict(json.loads(json.dumps(donnees.en_dict()))) == donnees


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("type", "AUTRE"),
        ("nature", "autre"),
        ("nom", ""),
        ("sexe", "X"),
        ("numero", "123"),
        ("numero", "٩" * 19),
        ("numero_etranger", "12"),
        ("date_naissance", "1990-00-12"),
        ("date_naissance", "12/03/1990"),
        ("deposee_le", datetime(2026, 11, 23, 13, 5)),
        ("fin", None),
        ("fin", date(2026, 11, 22)),
        ("mention_legale", "réfugié"),
        ("droits", AUCUN_DROIT),
        ("droits", DROITS_APD["renouvellement"]),
    ],
)
def test_an_apd_that_would_not_be_true_is_refused_with_the_name_of_the_field(champ, valeur):
    changements = {champ: valeur, **({"prenoms": ()} if champ == "nom" else {})}
    with pytest.raises(DonneesInvalides) as refus:
        apd_premiere(**changements)
    assert refus.value.champ == champ


def test_a_person_without_any_number_is_refused():
    with pytest.raises(DonneesInvalides, match="numero_etranger"):
        apd_premiere(numero_etranger="", numero_visa=" ")


def test_a_visa_number_alone_is_enough():
    assert apd_premiere(numero_etranger="", numero_visa="FRA26X123456").numero_visa == "FRA26X123456"


def test_a_renewal_needs_the_previous_permit():
    with pytest.raises(DonneesInvalides, match="titre_precedent"):
        apd_renouvellement(titre_precedent=None)


@pytest.mark.parametrize(
    ("droits", "titre_precedent"),
    [
        (DROITS_APD["premiere"], VISA_DETENU),
        (replace(DROITS_APD["premiere"], avec_titre_precedent=True), None),
        (DROITS_APD["renouvellement"], VISA_DETENU),
        (AUCUN_DROIT, None),
    ],
)
def test_the_apd_of_a_family_member_goes_with_the_document_held_or_alone_where_there_is_none(
    droits, titre_precedent
):
    with pytest.raises(DonneesInvalides):
        apd_famille(droits=droits, titre_precedent=titre_precedent)


def test_the_apd_of_a_protected_person_never_asks_for_a_visa_beside_it():
    with pytest.raises(DonneesInvalides, match="droits"):
        apd_premiere(
            droits=replace(DROITS_APD["premiere"], avec_titre_precedent=True), titre_precedent=VISA_DETENU
        )


def test_a_document_held_is_a_permit_a_visa_or_a_recepisse():
    with pytest.raises(DonneesInvalides, match="titre_precedent"):
        replace(VISA_DETENU, nature="passeport")


def test_a_row_written_before_the_nature_was_told_holds_a_permit():
    valeurs = apd_renouvellement().en_dict()
    del valeurs["titre_precedent"]["nature"]
    assert DonneesAttestation.depuis_dict(valeurs).titre_precedent == TITRE_PRECEDENT


def test_a_confirmation_gives_no_right_and_has_no_end():
    with pytest.raises(DonneesInvalides, match="droits"):
        confirmation(droits=Droits(sejour=False, travail=True, schengen=False, avec_titre_precedent=False))
    with pytest.raises(DonneesInvalides, match="fin"):
        confirmation(fin=date(2027, 5, 22))


def test_only_a_first_application_waits_for_ofpra():
    with pytest.raises(DonneesInvalides, match="ofpra_en_attente"):
        apd_renouvellement(ofpra_en_attente=True)


def test_the_document_of_the_deposit_is_issued_at_the_deposit():
    assert apd_premiere().emise_le == datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


def test_hostile_text_is_cleaned_before_it_is_stored():
    donnees = apd_premiere(
        nom="\ud800HAÏ\x00DARI\u202e",
        adresse=Adresse(lignes=("a\r\nb", " "), code_postal="92000", commune="N"),
    )
    assert donnees.nom == "\ufffdHAÏ DARI"
    assert donnees.adresse.lignes == ("a b",)
    json.dumps(donnees.en_dict(), ensure_ascii=False).encode("utf-8")


def test_however_many_first_names_and_lines_they_stay_few_and_short():
    donnees = apd_premiere(
        prenoms=("Aa",) * 300, adresse=Adresse(lignes=("W" * 500,) * 300, code_postal="1", commune="N")
    )
    assert len(donnees.prenoms) <= 12
    assert len(donnees.adresse.lignes) <= 5
    assert sum(map(len, donnees.adresse.lignes)) <= 240


@pytest.mark.parametrize("changement", [{"debut": "hier"}, {"inconnu": 1}, {"droits": None}, {"adresse": {}}])
def test_a_row_that_was_not_written_by_us_is_refused(changement):
    with pytest.raises(DonneesInvalides):
        DonneesAttestation.depuis_dict({**apd_premiere().en_dict(), **changement})


def test_frozen_data_are_frozen():
    donnees = apd_premiere()
    with pytest.raises(AttributeError):
        donnees.nom = "AUTRE"
    assert replace(donnees, nom="AUTRE").nom == "AUTRE"
