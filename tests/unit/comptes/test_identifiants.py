"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptes.identifiants import normaliser, normaliser_identifiant


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("99 03 00 00 01", "9903000001"),
        ("99\u202f03\u00a000.00-01", "9903000001"),
        ("٩٩٠٣٠٠٠٠٠١", "9903000001"),
        ("fra 123456789", "FRA123456789"),
        ("", ""),
        ("--", ""),
    ],
)
def test_marks_spaces_case_and_script_of_digits_do_not_matter(saisi, lu):
    assert normaliser(saisi) == lu


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("99 03 00 00 01", "9903000001"),
        ("fra123456789", "FRA123456789"),
        (" Agent.75 ", "agent.75"),
        ("instructeur75", "instructeur75"),
        ("Admin", "admin"),
    ],
)
def test_a_login_is_a_number_or_a_word(saisi, lu):
    assert normaliser_identifiant(saisi) == lu


@given(st.text())
def test_any_text_is_read_and_reading_twice_changes_nothing(saisi):
    assert normaliser_identifiant(normaliser_identifiant(saisi)) == normaliser_identifiant(saisi)
