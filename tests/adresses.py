"""Every address of the portal, read from the URL resolver, with made-up values: new ones are covered by themselves."""

import re
import uuid
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

VALEURS = {
    "uuid": str(uuid.UUID(int=7)), "int": "7", "str": "inconnu", "slug": "inconnu", "path": "inconnu",
}  # fmt: skip
METHODES = ("get", "head", "post", "put", "patch", "delete", "options")


def adresses() -> list[tuple[str, str]]:
    """(full name, address) of every pattern."""
    return sorted(set(_adresses(get_resolver())))


def _adresses(resolveur: URLResolver, debut: str = "", espace: str = "") -> Iterator[tuple[str, str]]:
    for motif in resolveur.url_patterns:
        for morceau in _remplir(motif):
            if isinstance(motif, URLResolver):
                dedans = f"{espace}{motif.namespace}:" if motif.namespace else espace
                yield from _adresses(motif, debut + morceau, dedans)
            elif isinstance(motif, URLPattern):
                yield f"{espace}{motif.name or motif.lookup_str}", f"/{debut}{morceau}"


def _remplir(motif: URLPattern | URLResolver) -> list[str]:
    chemin = str(motif.pattern)
    for nom, convertisseur in motif.pattern.converters.items():
        genre = type(convertisseur).__name__.removesuffix("Converter").lower().replace("string", "str")
        chemin = chemin.replace(f"<{genre}:{nom}>", VALEURS[genre])
    # The admin's own patterns are regular expressions.
    chemin = chemin.replace("^", "").replace("$", "").replace("(?P<url>.*)", "inconnu").replace(r"\Z", "")
    choix = re.search(r"\(\?P<\w+>([\w|]+)\)", chemin)
    return [chemin.replace(choix[0], mot) for mot in choix[1].split("|")] if choix else [chemin]
