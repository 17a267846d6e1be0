"""The files of the project, as the tests about its structure read them."""

import re
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
# What no one wrote, or what is not part of the project.
ECARTES = frozenset({".git", ".venv", ".donnees", "__pycache__", "staticfiles", "node_modules"})
SOURCES = ("anef", "assistance", "attestations", "comptes", "demandes", "referentiels")


@cache
def fichiers() -> tuple[Path, ...]:
    """Every file of the project, relative to its root."""
    trouves: list[Path] = []
    a_voir = [RACINE]
    while a_voir:
        for entree in sorted(a_voir.pop().iterdir()):
            nom = entree.name
            if nom in ECARTES or (nom.startswith(".") and nom.endswith("_cache")) or nom == ".hypothesis":
                continue
            if entree.is_dir():
                a_voir.append(entree)
            else:
                trouves.append(entree.relative_to(RACINE))
    return tuple(trouves)


@cache
def lire(chemin: Path) -> str:
    """The text of a file; « » for one that is not text."""
    try:
        return (RACINE / chemin).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def python(*, avec_tests: bool = False) -> list[Path]:
    """Python files, migrations left out."""
    return [
        chemin
        for chemin in fichiers()
        if (chemin.suffix == ".py" or chemin.parts[:1] == ("bin",))
        and "migrations" not in chemin.parts
        and (avec_tests or chemin.parts[0] in SOURCES)
    ]


def gabarits() -> dict[str, Path]:
    """Our templates: name as the loader knows it → file."""
    noms = {}
    for chemin in fichiers():
        if "templates" in chemin.parts and chemin.suffix in {".html", ".txt"} and chemin.parts[0] != "tests":
            rang = chemin.parts.index("templates")
            noms["/".join(chemin.parts[rang + 1 :])] = chemin
    return noms


def sans_commentaires(gabarit: str) -> str:
    """The text of a template without what it prints to nobody."""
    gabarit = re.sub(r"{#.*?#}", "", gabarit)
    return re.sub(r"{% comment.*?{% endcomment %}", "", gabarit, flags=re.DOTALL)
