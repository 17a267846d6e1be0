"""Make new recovery codes."""

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from comptes.models import Agent, EvenementAgent
from comptes.operations.agents.journal import consigner
from comptes.operations.agents.verifier_second_facteur import verifier_code
from comptes.second_facteur import codes_de_secours, empreinte


def renouveler_codes(*, agent_id: int, code: str, graine_codes: str) -> None:
    """Replace every recovery code by those of `graine_codes`, for whoever has the telephone: `code` is what it shows.

    A session left open is not enough to make codes that open the account later. Raises CodeRefuse, SecondFacteurAbsent,
    TropDEssais.
    """
    verifier_code(agent_id=agent_id, code=code)
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(pk=agent_id)
        remplacer_les_codes(agent_id, graine_codes)
        consigner(EvenementAgent.Type.CODES_RENOUVELES, agent=agent, acteur_id=agent_id)


def remplacer_les_codes(agent_id: int, graine_codes: str) -> None:
    """Keep the hashes of the ten codes of this seed, and no other; the account is locked by the caller."""
    facteur, _nouveau = StaticDevice.objects.get_or_create(user_id=agent_id, defaults={"name": "secours"})
    facteur.token_set.all().delete()
    StaticToken.objects.bulk_create(
        StaticToken(device=facteur, token=empreinte(code, agent_id))
        for code in codes_de_secours(graine_codes)
    )
