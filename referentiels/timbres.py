"""Electronic tax stamps: 16 digits, an amount, used once (R.436-3)."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from referentiels.models import Timbre


@dataclass(frozen=True)
class TimbreConnu:
    """A stamp that was sold: its amount in euros, and whether it has served."""

    numero: str
    euros: int
    utilise: bool


class TimbreDejaUtilise(Exception):
    """The stamp serves another reference."""


class TimbreIndisponible(Exception):
    """The service of stamps did not answer."""


class Timbres(Protocol):
    """What the portal asks of the stamps. An implementation over HTTP raises `TimbreIndisponible`."""

    def consulter(self, numero: str) -> TimbreConnu | None:
        """The stamp of these 16 digits, None if none was sold."""

    def marquer_utilise(self, numero: str, reference: str) -> None:
        """Mark it as used by `reference`; again with the same reference changes nothing.

        Raises `TimbreDejaUtilise`.
        """


class TimbresLocaux:
    """The stamps of our own table, filled by `importer_timbres`."""

    def consulter(self, numero: str) -> TimbreConnu | None:
        timbre = Timbre.objects.filter(numero=numero).first()
        return timbre and TimbreConnu(timbre.numero, timbre.euros, timbre.utilise_le is not None)

    def marquer_utilise(self, numero: str, reference: str) -> None:
        libres = Timbre.objects.filter(numero=numero, utilise_le=None)
        pris = libres.update(utilise_le=timezone.now(), reference=reference)
        if not pris and not Timbre.objects.filter(numero=numero, reference=reference).exists():
            raise TimbreDejaUtilise


def service() -> Timbres:
    """The stamps in use, chosen by the setting SERVICE_TIMBRES."""
    return import_string(settings.SERVICE_TIMBRES)()
