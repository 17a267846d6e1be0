"""The titles of the five steps, and the deposited answers under them."""

from django.utils.translation import gettext_lazy as _

from demandes.models import Demande
from demandes.parcours import ETAPES

TITRES_DES_ETAPES = {
    "situation": _("Votre situation"),
    "identite": _("État civil et coordonnées"),
    "famille": _("Famille"),
    "justificatifs": _("Justificatifs et e-photo"),
    "recapitulatif": _("Récapitulatif et dépôt"),
}


def lignes_deposees(demande: Demande) -> list[tuple[str, list[list[str]]]]:
    """(title, [[label, value]]) of each step in order, from the frozen copy: PostgreSQL keeps no order of keys."""
    lignes = demande.donnees["lignes"]
    return [(str(TITRES_DES_ETAPES[etape]), lignes[etape]) for etape in ETAPES if etape in lignes]
