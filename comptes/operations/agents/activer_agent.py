"""Shut a staff account, or open it again."""

from django.db import transaction

from comptes.models import EvenementAgent
from comptes.operations.agents.fermer_sessions import fermer_sessions
from comptes.operations.agents.journal import consigner, verrouiller
from comptes.operations.agents.refus import DejaFait
from comptes.operations.reinitialiser import annuler_les_liens


def desactiver_agent(*, agent_id: int, acteur_id: int | None) -> None:
    """Shut the account: sessions and links end at once and stay dead if it is opened again.

    The account is kept: the journals name it. Raises AgentInconnu, SansDroit, SonPropreCompte, DejaFait.
    """
    with transaction.atomic():
        agent = verrouiller(agent_id=agent_id, acteur_id=acteur_id)
        if not agent.is_active:
            raise DejaFait
        agent.is_active = False
        agent.save(update_fields=["is_active"])
        fermer_sessions(agent)
        annuler_les_liens(agent.pk)
        consigner(EvenementAgent.Type.DESACTIVE, agent=agent, acteur_id=acteur_id)


def reactiver_agent(*, agent_id: int, acteur_id: int | None) -> None:
    """Open the account again, with its password and its second factor.

    Raises AgentInconnu, SansDroit, SonPropreCompte, DejaFait.
    """
    with transaction.atomic():
        agent = verrouiller(agent_id=agent_id, acteur_id=acteur_id)
        if agent.is_active:
            raise DejaFait
        agent.is_active = True
        agent.save(update_fields=["is_active"])
        consigner(EvenementAgent.Type.REACTIVE, agent=agent, acteur_id=acteur_id)
