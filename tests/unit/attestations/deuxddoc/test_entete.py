from datetime import date

import pytest

from attestations.deuxddoc.entete import Entete, EnteteIllisible
from attestations.deuxddoc.jours import depuis_hexadecimal, en_hexadecimal, jjmmaaaa


def entete(**changements):
    valeurs = {
        "autorite": "FR0A",
        "certificat": "XT4A",
        "emis_le": date(2010, 3, 5),
        "signe_le": date(2010, 3, 11),
        "type_document": "01",
    }
    return Entete(**{**valeurs, **changements})


def test_the_header_of_the_standard_is_written_and_read():
    """§3.3.3."""
    texte = "DC04FR0AXT4A0E840E8A0101FR"
    assert entete().texte() == texte
    assert Entete.lire(texte + "26FR") == entete()


@pytest.mark.parametrize(
    ("jour", "texte"),
    [
        (date(2011, 12, 31), "111E"),
        (date(2000, 1, 1), "0000"),
        (date(2020, 4, 6), "1CE9"),
        (date(2179, 6, 5), "FFFE"),
        (None, "FFFF"),
    ],
)
def test_days_are_counted_in_hexadecimal_since_2000(jour, texte):
    assert en_hexadecimal(jour) == texte
    assert depuis_hexadecimal(texte) == jour


@pytest.mark.parametrize("jour", [date(1999, 12, 31), date(2179, 6, 6)])
def test_a_day_that_four_digits_cannot_hold_is_refused(jour):
    with pytest.raises(ValueError, match="cannot be written"):
        en_hexadecimal(jour)


@pytest.mark.parametrize("texte", ["", "111", "111e", "111G", " 11E", "+11E", "1_1E", "١١١E"])
def test_what_is_not_four_hexadecimal_digits_is_refused(texte):
    with pytest.raises(ValueError, match="hexadecimal"):
        depuis_hexadecimal(texte)


def test_a_day_of_a_field():
    assert jjmmaaaa(date(2026, 2, 3)) == "03022026"


@pytest.mark.parametrize(
    ("texte", "version", "perimetre"),
    [("DC02FR0000011213121301", "02", "01"), ("DC03FR000001121312130102", "03", "02")],
)
def test_older_versions_are_read(texte, version, perimetre):
    lu = Entete.lire(texte)
    assert (lu.version, lu.perimetre, lu.pays, lu.longueur) == (version, perimetre, "FR", len(texte))


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "DC",
        "DC01FR000001121312130101FR",
        "DC05FR000001121312130101FR",
        "dc04FR000001121312130101FR",
        "DC04FR00000112131213010",
        "DC04FR000001121312130101F",
        "DC04FR0000011213FFFF0101FR",
        "DC04FR000001121X12130101FR",
        "DC04F10000011213121301O1FR",
        "QR04FR000001121312130101FR",
    ],
)
def test_what_is_no_header_is_refused(texte):
    with pytest.raises(EnteteIllisible):
        Entete.lire(texte)


@pytest.mark.parametrize(
    "changement", [{"autorite": "FR1"}, {"certificat": "b001"}, {"pays": "F"}, {"version": "03"}]
)
def test_a_header_that_would_be_wrong_is_not_written(changement):
    with pytest.raises(ValueError, match="version 04"):
        entete(**changement).texte()


def test_authorities_that_end_with_00_are_for_tests():
    assert entete(autorite="FR00").de_test
    assert not entete().de_test
