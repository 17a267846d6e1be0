"""The telephones of the staff that tests invent."""

import time

from django_otp.oath import totp

from comptes.models import Authentificateur, Compte
from comptes.second_facteur import PERIODE_S, nouvelle_graine


def telephone_de(agent: Compte) -> Authentificateur:
    """The telephone of this member of staff, enrolled if there is none."""
    facteur = Authentificateur.objects.filter(user_id=agent.pk).first()
    return facteur or Authentificateur.objects.create(
        user_id=agent.pk, name="application", key=nouvelle_graine()
    )


def code(cle: bytes, *, decalage: int = 0) -> str:
    """The six digits that a telephone with this secret shows now, or `decalage` times 30 seconds later."""
    return f"{totp(cle, t0=-decalage * PERIODE_S):06d}"


def code_de(agent: Compte, *, decalage: int = 0) -> str:
    """What the telephone of this member of staff shows."""
    return code(telephone_de(agent).bin_key, decalage=decalage)


def maintenant_pile() -> float:
    """The first second of the present period: a test that starts there does not meet a change of code."""
    return time.time() // PERIODE_S * PERIODE_S
