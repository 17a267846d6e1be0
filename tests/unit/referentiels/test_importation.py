"""Reading of imported files, byte by byte."""

from pathlib import Path

import pytest

from referentiels import importation
from referentiels.importation import Refus


def lues(chemin: Path) -> list[tuple[int, bytes | None]]:
    return list(importation.lignes_du_fichier(chemin, muet=True))


def test_lines_keep_their_number_and_blank_ones_say_nothing(tmp_path: Path) -> None:
    fichier = tmp_path / "f"
    fichier.write_bytes(b"\xef\xbb\xbfun\r\n\n  \nquatre")
    assert lues(fichier) == [(1, b"un"), (4, b"quatre")]


def test_a_line_too_long_is_named_and_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importation, "LONGUEUR_MAXIMALE", 10)
    fichier = tmp_path / "f"
    fichier.write_bytes(b"x" * 35 + b"\nsuite\n" + b"y" * 12)
    assert lues(fichier) == [(1, None), (2, b"suite"), (3, None)]


@pytest.mark.parametrize("ligne", [None, b"\xff\xfe", b"a\x00b", b"\xed\xa0\x80"])
def test_a_line_that_is_no_text_is_refused(ligne: bytes | None) -> None:
    with pytest.raises(Refus):
        importation.texte_de(ligne)


@pytest.mark.parametrize(
    "texte",
    ["", "[1]", "1", '"a"', "{", '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": -Infinity}', "[" * 100_000,
     '{"a": ' + "9" * 5000 + "}"],
    ids=["empty", "list", "number", "text", "cut", "key twice", "NaN", "Infinity", "deep", "5000 digits"],
)  # fmt: skip
def test_what_is_no_json_object_is_refused(texte: str) -> None:
    with pytest.raises(Refus):
        importation.objet_json(texte)


@pytest.mark.parametrize("valeur", [10**400, 1e308, True, [], {}, "\ud800", "a\nb", "x" * 121])
def test_a_wrong_text_is_refused(valeur: object) -> None:
    with pytest.raises(Refus, match="nom"):
        importation.texte({"nom": valeur}, "nom", longueur=120)


@pytest.mark.parametrize(
    "valeur", ["2026-02-30", "2026-13-01", "26-01-01", "２026-01-01", "2026-1-1", "1899-12-31", 20260101]
)
def test_a_wrong_date_is_refused(valeur: object) -> None:
    with pytest.raises(Refus, match="debut"):
        importation.jour({"debut": valeur}, "debut")
