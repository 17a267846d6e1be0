"""Enrol the telephone of a member of staff (RFC 6238), with ten recovery codes."""

from uuid import uuid4

from django.db import transaction

from comptes.models import Agent, Authentificateur, EvenementAgent
from comptes.operations.agents.journal import consigner
from comptes.operations.agents.refus import CodeRefuse, SecondFacteurPresent
from comptes.operations.agents.renouveler_codes import remplacer_les_codes
from comptes.operations.agents.verifier_second_facteur import compter_un_essai
from comptes.operations.avertir import envoyer_seul


def activer_second_facteur(*, agent_id: int, graine: str, graine_codes: str, code: str) -> Authentificateur:
    """Keep the telephone that shows `code` for the secret of `graine`; the recovery codes are those of `graine_codes`.

    The code serves once: it does not log in a second time. The person is told by mail. Raises CodeRefuse,
    SecondFacteurPresent (two pages open at once: the first one wins), TropDEssais.
    """
    compter_un_essai(agent_id)
    with transaction.atomic():
        agent = Agent.objects.select_for_update().get(pk=agent_id)
        if Authentificateur.objects.filter(user_id=agent_id).exists():
            raise SecondFacteurPresent
        facteur = Authentificateur.objects.create(user_id=agent_id, name="application", key=graine)
        if not facteur.verify_token(code):
            raise CodeRefuse
        remplacer_les_codes(agent_id, graine_codes)
        consigner(EvenementAgent.Type.SECOND_FACTEUR_ACTIVE, agent=agent, acteur_id=agent_id)
        if agent.email:
            envoyer_seul(
                destinataire=agent.email,
                type="second_facteur_active",
                valeurs={},
                cle=f"second_facteur_active:{uuid4()}",
                compte=agent,
                langue=agent.langue,
            )
    return facteur
