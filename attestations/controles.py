"""System check: the shared library without which a document takes several times as long."""

import ctypes
from typing import Any

from django.core import checks
from django.utils.translation import gettext as _

# Linux, macOS, Windows: the names under which WeasyPrint looks for it.
BIBLIOTHEQUES = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")


def verifier_harfbuzz(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """W001 when WeasyPrint would have to subset fonts in Python."""
    if any(_presente(nom) for nom in BIBLIOTHEQUES):
        return []
    return [
        checks.Warning(
            _(
                "La bibliothèque harfbuzz-subset est absente : chaque PDF prend environ dix fois plus de temps."
            ),
            hint=_("Installez-la, par exemple : apt install libharfbuzz-subset0"),
            id="attestations.W001",
        )
    ]


def _presente(nom: str) -> bool:
    try:
        ctypes.CDLL(nom)
    except OSError:
        return False
    return True
