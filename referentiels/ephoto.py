"""E-photo codes: form of a code, its state at the service that made it (R-EPHOTO-1)."""

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

# Unicode's dashes and invisible format characters (a copied code often carries one).
_SEPARATEURS = ("Pd", "Cf")


class EtatEphoto(StrEnum):
    INCONNU = "inconnu"
    PAS_ENCORE_ACTIVE = "pas_encore_active"
    VALIDE = "valide"
    EXPIRE = "expire"
    UTILISE = "utilise"


class CodeMalforme(ValueError):
    """The text typed cannot be an e-photo code; its message is French and shown to the person."""


class EphotoDejaUtilisee(Exception):
    """The code already serves another reference."""


class EphotoIndisponible(Exception):
    """The e-photo service did not answer."""


class EphotoService(Protocol):
    """What the portal asks of the e-photo service. Codes are given as `normaliser` returns them."""

    def consulter(self, code: str, le: datetime) -> EtatEphoto:
        """The state of the code at that instant (an aware datetime)."""

    def marquer_utilise(self, code: str, reference: str) -> None:
        """Mark the code as used by `reference`; again with the same reference changes nothing.

        A code that the service does not know yet is left alone. Raises `EphotoDejaUtilisee`.
        """

    def liberer(self, code: str) -> None:
        """Make the code usable again; a code that is free or unknown is left alone."""


def normaliser(saisie: str) -> str:
    """Give the code in capitals without spaces and dashes: 21 or 22 letters and digits.

    Raises `CodeMalforme`, with the sentence to show, when it cannot be a code.
    """
    # Full-width digits of Asian keyboards are digits; every dash and space may stand between groups.
    compose = unicodedata.normalize("NFKC", saisie)
    code = "".join(
        c for c in compose if unicodedata.category(c) not in _SEPARATEURS and not c.isspace()
    ).upper()
    if not code:
        raise CodeMalforme(_("Saisissez le code inscrit sur votre planche de photos."))
    if not (code.isascii() and code.isalnum()):
        raise CodeMalforme(
            _(
                "Le code contient seulement des lettres et des chiffres. "
                "Recopiez-le depuis votre planche de photos."
            )
        )
    if len(code) not in (21, 22):
        raise CodeMalforme(
            _(
                "Le code compte 22 caractères. Vous en avez saisi %(nombre)d. Recopiez-le depuis votre planche "
                "de photos."
            )
            % {"nombre": len(code)}
        )
    return code


class EphotoLocale:
    """The codes kept in our own database, filled by `importer_ephotos`."""

    def consulter(self, code: str, le: datetime) -> EtatEphoto:
        from referentiels.models import Ephoto

        ligne = Ephoto.objects.filter(code=code).first()
        if ligne is None:
            return EtatEphoto.INCONNU
        if ligne.utilise_le is not None:
            return EtatEphoto.UTILISE
        if le >= ligne.expire_le:
            return EtatEphoto.EXPIRE
        if le < ligne.active_le:
            return EtatEphoto.PAS_ENCORE_ACTIVE
        return EtatEphoto.VALIDE

    def marquer_utilise(self, code: str, reference: str) -> None:
        from referentiels.models import Ephoto

        # One statement decides: two callers at once cannot both find the code free.
        pris = Ephoto.objects.filter(code=code, utilise_le=None).update(
            utilise_le=timezone.now(), reference=reference
        )
        if not pris and Ephoto.objects.filter(code=code).exclude(reference=reference).exists():
            raise EphotoDejaUtilisee

    def liberer(self, code: str) -> None:
        from referentiels.models import Ephoto

        Ephoto.objects.filter(code=code).update(utilise_le=None, reference="")


def service() -> EphotoService:
    """The e-photo service in use, chosen by the setting SERVICE_EPHOTO."""
    return import_string(settings.SERVICE_EPHOTO)()
