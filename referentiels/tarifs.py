"""What a person pays when the card is handed over, from a dated table (CESEDA L.436-1 and following)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from referentiels.models import Tarif


@dataclass(frozen=True)
class LigneTarif:
    """One part of a payment: what it is, how much in euros, the article that asks it."""

    libelle: str
    euros: int
    article: str


@dataclass(frozen=True)
class Montant:
    """A payment in euros; `a_confirmer` when no source confirms one of its lines."""

    euros: int
    lignes: tuple[LigneTarif, ...]
    a_confirmer: bool


class TarifInconnu(LookupError):
    """The table has no line for this title, nature and day."""


class Tarifs(Protocol):
    """What the portal asks about amounts; each method raises `TarifInconnu`."""

    def montant(self, titre_code: str, nature: str, le: date, fondements: Collection[str] = ()) -> Montant:
        """The payment for a title (code of R-REGLES-2) of this nature on that day.

        `nature` is premiere, renouvellement or duplicata. `fondements` are the articles of the orientation:
        a carte de résident by four years' residence (L.424-13) is not priced as one of a refugee.
        """

    def majoration_retard(self, le: date) -> Montant:
        """The surcharge for a late renewal (L.436-5); an agent adds it, it is never added by itself."""


class TarifsLocaux:
    """The table filled by `charger_referentiels`."""

    def montant(self, titre_code: str, nature: str, le: date, fondements: Collection[str] = ()) -> Montant:
        lignes = _lignes(le).filter(titre_code=titre_code, nature=nature)
        propres = [t for t in lignes if t.fondement in fondements]
        return _somme(propres or [t for t in lignes if not t.fondement])

    def majoration_retard(self, le: date) -> Montant:
        return _somme(list(_lignes(le).filter(nature=Tarif.Nature.RETARD)))


def service() -> Tarifs:
    """The tariffs in use, chosen by the setting SERVICE_TARIFS."""
    return import_string(settings.SERVICE_TARIFS)()


def _lignes(le: date):
    en_vigueur = (Q(du=None) | Q(du__lte=le)) & (Q(au=None) | Q(au__gte=le))
    return Tarif.objects.filter(en_vigueur).order_by("-euros", "article")


def _somme(tarifs: list[Tarif]) -> Montant:
    if not tarifs:
        raise TarifInconnu
    return Montant(
        euros=sum(t.euros for t in tarifs),
        lignes=tuple(LigneTarif(t.libelle, t.euros, t.article) for t in tarifs),
        a_confirmer=any(t.a_confirmer for t in tarifs),
    )
