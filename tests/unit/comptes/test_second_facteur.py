"""Secrets and recovery codes of the second factor: derived, readable, naming nobody."""

import base64
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from comptes import second_facteur as facteur

GRAINE = "a1" * 20


def test_the_secret_is_160_bits_and_not_the_seed_that_the_row_holds():
    secret = facteur.secret(GRAINE)

    assert len(secret) == 20
    assert secret != bytes.fromhex(GRAINE)
    assert secret == facteur.secret(GRAINE)
    assert base64.b32decode(facteur.secret_en_base32(GRAINE)) == secret


def test_a_seed_is_worth_nothing_without_the_key_of_the_installation(settings):
    secret, codes = facteur.secret(GRAINE), facteur.codes_de_secours(GRAINE)

    settings.SECRET_KEY = "une autre clé, de cinquante signes au moins, pour cet essai"

    assert facteur.secret(GRAINE) != secret
    assert not set(facteur.codes_de_secours(GRAINE)) & set(codes)


def test_the_address_of_the_qr_code_says_how_the_codes_are_made():
    lue = urlsplit(facteur.adresse_otpauth(GRAINE, "Instructeur 12"))

    assert (lue.scheme, lue.netloc, unquote(lue.path)) == ("otpauth", "totp", "/Portail BPI:Instructeur 12")
    assert parse_qs(lue.query) == {
        "secret": [facteur.secret_en_base32(GRAINE)],
        "issuer": ["Portail BPI"],
        "algorithm": ["SHA1"],
        "digits": ["6"],
        "period": ["30"],
    }
    # An application reads « + » as a plus sign.
    assert "+" not in lue.query


def test_the_image_is_drawn_here_and_fetches_nothing():
    image = unquote(facteur.image_qr(facteur.adresse_otpauth(GRAINE, "Responsable 3")))

    assert image.startswith("data:image/svg+xml")
    assert not [mot for mot in ("script", "href", "url(") if mot in image]


def test_the_key_to_type_comes_in_groups_of_four():
    assert facteur.en_groupes("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_ten_recovery_codes_all_different_without_signs_that_look_alike():
    codes = facteur.codes_de_secours(GRAINE)

    assert len(codes) == len(set(codes)) == 10
    assert {len(code) for code in codes} == {10}
    assert not set("".join(codes)) & set("ILOU")
    assert not set(codes) & set(facteur.codes_de_secours("b2" * 20))


@pytest.mark.parametrize(
    "saisie", ["0123456ABC", " 01234-56abc ", "oi234 56ABC", "OL234.56abc", "٠١٢٣٤٥٦ABC"]
)
def test_a_recovery_code_is_read_as_people_write_it(saisie):
    assert facteur.normaliser_code_de_secours(saisie) == "0123456ABC"


@pytest.mark.parametrize("saisie", ["", "0123456AB", "0123456ABCD", "0123456ABÉ", "x" * 5000, "\x00" * 10])
def test_what_cannot_be_a_recovery_code_is_none(saisie):
    assert facteur.normaliser_code_de_secours(saisie) == ""


def test_what_is_stored_of_a_code_does_not_tell_it_and_fits_another_account_not():
    (code, *_autres) = facteur.codes_de_secours(GRAINE)

    assert len(facteur.empreinte(code, 1)) == 16
    assert code not in facteur.empreinte(code, 1)
    assert facteur.empreinte(code, 1) != facteur.empreinte(code, 2)
