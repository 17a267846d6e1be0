"""System check: settings under which staff sessions would last too long, or end before the warning."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

# The warning comes five minutes before an end that may itself come five minutes early (comptes.prolongation).
BORNES = {"SESSION_AGENTS_MINUTES": (15, 120), "SECOND_FACTEUR_HEURES": (1, 24)}


def verifier_durees(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """E001 for a duration outside its bounds."""
    return [
        checks.Error(
            _("%(nom)s vaut %(valeur)d : choisissez une valeur de %(minimum)d à %(maximum)d.")
            % {"nom": nom, "valeur": getattr(settings, nom), "minimum": minimum, "maximum": maximum},
            id="comptes.E001",
        )
        for nom, (minimum, maximum) in BORNES.items()
        if not minimum <= getattr(settings, nom) <= maximum
    ]
