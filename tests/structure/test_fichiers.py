"""Files that stay small, say what they are, and hold nothing that has no place in a public repository."""

import ast
import re

import pytest

from tests.structure.arbre import RACINE, fichiers, lire, python

LIGNES, LIGNES_DE_TEST = 300, 600
VAGUES = re.compile(r"^(utils?|helpers?|commons?|services?|misc|divers|outils)$")
DOSSIERS = {
    ".ci", "anef", "assistance", "attestations", "bench", "bin", "comptes", "demandes", "docs", "locale",
    "referentiels", "static", "templates", "tests",
}  # fmt: skip
# Written in pieces, so that this file does not hold them itself.
INTERDITS = {
    "clé privée": re.compile("BEGIN [A-Z ]*PRIVATE" + " KEY"),
    "dépôt de paquets": re.compile(
        "(files.pythonhosted|pypi|npmjs|jsdelivr|unpkg|cdnjs)" + r"\.(org|com|net)", re.I
    ),
    "chemin d’une machine": re.compile("/(work|home|root|Users)" + "/[a-z]"),
    "index de paquets": re.compile("--(extra-)?index" + "-url|--trusted" + "-host"),
    "jeton": re.compile("gh[pousr]_" + "[A-Za-z0-9]{20}|AKIA" + "[0-9A-Z]{16}"),
}
# Waits for a condition, with a deadline, by looking at it again: the one place that does so.
ATTENTES_ET_ABANDONS = {"sleep", "skip", "skipif", "xfail", "importorskip", "wait_for_timeout"}
ATTENTE = "tests/concurrency/attente.py"


def test_no_file_of_code_is_longer_than_three_screens_and_a_half():
    longs = {}
    for chemin in python(avec_tests=True):
        limite = LIGNES_DE_TEST if chemin.parts[0] == "tests" else LIGNES
        if (lignes := lire(chemin).count("\n")) > limite:
            longs[str(chemin)] = lignes
    assert not longs


def test_every_name_says_what_is_inside():
    assert not [
        str(chemin)
        for chemin in fichiers()
        if any(VAGUES.match(partie) for partie in (*chemin.parts[:-1], chemin.stem))
        and chemin.parts[0] not in {".git"}
    ]


def test_the_top_level_holds_the_folders_of_the_architecture_and_no_other():
    presents = {chemin.parts[0] for chemin in fichiers() if len(chemin.parts) > 1}
    assert presents <= DOSSIERS


@pytest.mark.parametrize("quoi", sorted(INTERDITS))
def test_nothing_that_has_no_place_here_is_written_anywhere(quoi):
    trouves = []
    for chemin in fichiers():
        for numero, ligne in enumerate(lire(chemin).splitlines(), start=1):
            if INTERDITS[quoi].search(ligne):
                trouves.append(f"{chemin}:{numero}")
    assert not trouves


def test_the_lock_file_names_no_address_and_proves_each_package():
    lignes = (RACINE / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert not [ligne for ligne in lignes if "://" in ligne]
    paquets = [rang for rang, ligne in enumerate(lignes) if re.match(r"[A-Za-z0-9]", ligne)]
    assert paquets
    assert not [lignes[rang] for rang in paquets if "--hash=sha256:" not in lignes[rang + 1]]


def test_tests_neither_sleep_nor_skip_nor_expect_to_fail():
    """A sleep hides a race or slows every run; a skipped test protects nobody."""
    fautes = []
    for chemin in python(avec_tests=True):
        if chemin.parts[0] != "tests":
            continue
        for noeud in ast.walk(ast.parse(lire(chemin))):
            nom = noeud.attr if isinstance(noeud, ast.Attribute) else ""
            if nom in ATTENTES_ET_ABANDONS and (str(chemin), nom) != (ATTENTE, "sleep"):
                fautes.append(f"{chemin}:{noeud.lineno} {nom}")
    assert not fautes
