"""Check the second factor of a member of staff: the code of the telephone, or a recovery code."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from comptes.models import Agent, Authentificateur, EvenementAgent
from comptes.operations.agents.journal import consigner
from comptes.operations.agents.refus import CodeRefuse, SecondFacteurAbsent
from comptes.requetes import codes_de_secours_restants
from comptes.second_facteur import empreinte
from referentiels.limites import TropDEssais, verifier

ESSAIS, DUREE = 10, timedelta(minutes=10)


def verifier_code(*, agent_id: int, code: str) -> Authentificateur:
    """Check the six digits of the telephone, and use them up: shown to someone, they serve nobody else.

    Each failure doubles the wait before the next try (django-otp, in the database); while waiting, right and wrong get
    the same answer. Raises CodeRefuse, SecondFacteurAbsent, TropDEssais.
    """
    compter_un_essai(agent_id)
    with transaction.atomic():
        facteur = (
            Authentificateur.objects.select_for_update().filter(user_id=agent_id, confirmed=True).first()
        )
        accepte = _essayer(facteur, code)
    # After the commit: a refusal must be counted.
    if not accepte:
        raise CodeRefuse
    return facteur


def verifier_code_de_secours(*, agent_id: int, code: str) -> StaticDevice:
    """Check a recovery code (normalised) and use it up: each works once, also when sent twice at the same instant.

    Raises CodeRefuse, SecondFacteurAbsent, TropDEssais.
    """
    compter_un_essai(agent_id)
    with transaction.atomic():
        # Before the device, as whoever administers the account does.
        agent = Agent.objects.select_for_update().get(pk=agent_id)
        facteur = StaticDevice.objects.select_for_update().filter(user_id=agent_id, confirmed=True).first()
        accepte = _essayer(facteur, empreinte(code, agent_id))
        if accepte:
            consigner(
                EvenementAgent.Type.CODE_DE_SECOURS_UTILISE,
                agent=agent,
                acteur_id=agent_id,
                valeurs={"restants": codes_de_secours_restants(agent_id)},
            )
    if not accepte:
        raise CodeRefuse
    return facteur


def compter_un_essai(agent_id: int) -> None:
    """Count one try of any code for this account. Raises TropDEssais beyond ten in ten minutes."""
    verifier(f"second_facteur:{agent_id}", maximum=ESSAIS, duree=DUREE)


def _essayer(facteur: Device | None, jeton: str) -> bool:
    if facteur is None:
        raise SecondFacteurAbsent
    permis, attente = facteur.verify_is_allowed()
    if not permis:
        raise TropDEssais(attente["locked_until"] - timezone.now())
    return facteur.verify_token(jeton)
