"""Communes, départements and their prefectures (spec, part 12; R.431-20 for who is competent)."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from referentiels.models import Commune, Prefecture


@dataclass(frozen=True)
class CommuneConnue:
    """A commune found by one of its postal codes."""

    code_insee: str
    nom: str
    code_postal: str
    code_departement: str


class Territoire(Protocol):
    """What the portal asks about places; only the 101 départements are known."""

    def communes(self, code_postal: str) -> list[CommuneConnue]:
        """The communes of a postal code by name; [] for an unknown one or one outside the départements."""

    def prefecture(self, code_departement: str) -> Prefecture | None:
        """The prefecture of a département ("01" … "95", "2A", "2B", "971" … "974", "976")."""

    def departements(self) -> list[tuple[str, str]]:
        """The 101 départements, (code, name), in the order of their codes."""

    def prefecture_de_commune(self, code_insee: str) -> Prefecture | None:
        """The prefecture competent for those who live in this commune."""


class TerritoireLocal:
    """The tables filled by `charger_referentiels`."""

    def communes(self, code_postal: str) -> list[CommuneConnue]:
        code = "".join(code_postal.split())
        if not (code.isascii() and code.isdigit()):
            return []
        lignes = Commune.objects.filter(code_postal=code).order_by("nom", "code_insee")
        return [CommuneConnue(c.code_insee, c.nom, c.code_postal, c.prefecture_id) for c in lignes]

    def prefecture(self, code_departement: str) -> Prefecture | None:
        code = code_departement.strip().upper()
        if not (code.isascii() and code.isalnum()):
            return None
        return Prefecture.objects.filter(pk=code).first()

    def departements(self) -> list[tuple[str, str]]:
        return list(Prefecture.objects.order_by("pk").values_list("code_departement", "departement"))

    def prefecture_de_commune(self, code_insee: str) -> Prefecture | None:
        code = code_insee.strip().upper()
        if not (code.isascii() and code.isalnum()):
            return None
        return Prefecture.objects.filter(communes__code_insee=code).first()


def service() -> Territoire:
    """The territory in use, chosen by the setting SERVICE_TERRITOIRE."""
    return import_string(settings.SERVICE_TERRITOIRE)()
