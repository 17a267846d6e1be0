"""The second factor of the demonstration's staff: a telephone that everybody may look at."""

import time
from dataclasses import dataclass

from django_otp.oath import totp

from comptes.models import Authentificateur, Compte
from comptes.second_facteur import PERIODE_S, nouvelle_graine, secret_en_base32
from demandes.demonstration.agents import AGENTS


@dataclass(frozen=True)
class Telephone:
    """What the application of a member of staff shows at this moment."""

    identifiant: str
    role: str
    code: str
    secret: str


def lier_un_telephone(compte: Compte) -> None:
    """Enrol a telephone of the demonstration for whoever has none; a real one is left alone."""
    if not Authentificateur.objects.filter(user=compte).exists():
        Authentificateur.objects.create(
            user=compte, name=Authentificateur.DE_DEMONSTRATION, key=nouvelle_graine()
        )


def telephones() -> list[Telephone]:
    """The telephones of the demonstration's staff, with the code valid now, in the order of `AGENTS`.

    Whoever enrolled a telephone of their own is not among them.
    """
    lies = {
        facteur.user.identifiant: facteur
        for facteur in Authentificateur.objects.filter(
            user__identifiant__in=[agent.identifiant for agent in AGENTS],
            name=Authentificateur.DE_DEMONSTRATION,
        ).select_related("user")
    }
    return [
        Telephone(
            identifiant=agent.identifiant,
            role=agent.role.label,
            code=f"{totp(lies[agent.identifiant].bin_key):06d}",
            secret=secret_en_base32(lies[agent.identifiant].key),
        )
        for agent in AGENTS
        if agent.identifiant in lies
    ]


def secondes_restantes() -> int:
    """How long the codes of now are still shown."""
    return PERIODE_S - int(time.time()) % PERIODE_S
