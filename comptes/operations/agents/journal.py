"""Lines of the staff's journal, and the rows that an operation on a staff account starts from."""

from typing import Any

from comptes.models import Agent, Compte, EvenementAgent
from comptes.operations.agents.refus import AgentInconnu, SansDroit, SonPropreCompte


def consigner(
    type: EvenementAgent.Type, *, agent: Compte, acteur_id: int | None, valeurs: dict[str, Any] | None = None
) -> None:
    """Write one line, in the transaction of what it tells; `acteur_id` is None for the operator.

    `valeurs` holds codes, never a name, an address or a secret.
    """
    EvenementAgent.objects.create(
        type=type, agent_id=agent.pk, acteur_id=acteur_id, valeurs=valeurs if valeurs is not None else {}
    )


def verrouiller(*, agent_id: int, acteur_id: int | None) -> Agent:
    """Lock the account and that of who acts, in one order, and check the right to act; inside a transaction.

    Locked together, two administrateurs who shut each other out at the same instant cannot both succeed: one always
    remains. Raises AgentInconnu, SansDroit, SonPropreCompte.
    """
    lignes = Agent.objects.select_for_update().filter(pk__in={agent_id, acteur_id} - {None}).order_by("pk")
    agents = {agent.pk: agent for agent in lignes}
    if acteur_id is not None:
        exiger_administrateur(agents.get(acteur_id))
    if agent_id == acteur_id:
        raise SonPropreCompte
    if agent_id not in agents:
        raise AgentInconnu
    return agents[agent_id]


def exiger_administrateur(acteur: Compte | None) -> None:
    """Raise SansDroit unless this is an active administrateur."""
    if acteur is None or not acteur.is_active or acteur.role != Compte.Role.ADMINISTRATEUR:
        raise SansDroit
