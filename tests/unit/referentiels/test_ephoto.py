"""Form of an e-photo code (R-EPHOTO-1)."""

import pytest

from referentiels.ephoto import CodeMalforme, normaliser

CODE = "ABCD1234EFGH5678IJKL90"


@pytest.mark.parametrize(
    "saisie",
    [
        CODE,
        CODE.lower(),
        " ABCD 1234-EFGH–5678 IJKL—90 ",
        "ABCD\u00a01234\u202fEFGH5678IJKL90",
        "ABCD1234EFGH\u200b5678IJKL90",
        "ＡＢＣＤ１２３４EFGH5678IJKL90",
    ],
    ids=["as is", "lower case", "spaces and dashes", "no-break spaces", "invisible space", "full width"],
)
def test_spaces_dashes_and_case_do_not_matter(saisie: str) -> None:
    assert normaliser(saisie) == CODE


def test_twenty_one_characters_are_accepted() -> None:
    assert normaliser(CODE[:21]) == CODE[:21]


@pytest.mark.parametrize(
    "saisie",
    [
        "",
        "   ",
        CODE[:20],
        CODE + "1",
        CODE[:21] + "é",
        CODE[:21] + "\x00",
        CODE[:21] + "٣",
        "A" * 10_000,
        "\ud800" * 22,
    ],
    ids=["empty", "blank", "20", "23", "accent", "NUL", "arabic digit", "very long", "lone surrogate"],
)
def test_anything_else_is_refused_with_a_sentence(saisie: str) -> None:
    with pytest.raises(CodeMalforme, match=r"planche de photos\.$"):
        normaliser(saisie)
