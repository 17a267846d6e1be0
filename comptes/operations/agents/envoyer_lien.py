"""Send a member of staff a link to choose a password."""

from django.db import transaction

from comptes.models import Compte, EvenementAgent
from comptes.operations.agents.journal import consigner, verrouiller
from comptes.operations.agents.refus import CompteDesactive, SansAdresse
from comptes.operations.avertir import envoyer_seul
from comptes.operations.reinitialiser import annuler_les_liens


def envoyer_lien(*, agent_id: int, acteur_id: int | None) -> None:
    """Order the mail; the link works once, for one hour from the moment it leaves, and replaces those before.

    The present password and the second factor stay as they are. Raises AgentInconnu, SansDroit, SonPropreCompte,
    CompteDesactive, SansAdresse.
    """
    with transaction.atomic():
        agent = verrouiller(agent_id=agent_id, acteur_id=acteur_id)
        if not agent.is_active:
            raise CompteDesactive
        if not agent.email:
            raise SansAdresse
        commander_lien(agent)
        consigner(EvenementAgent.Type.LIEN_ENVOYE, agent=agent, acteur_id=acteur_id)


def commander_lien(agent: Compte) -> None:
    """Order the mail with the link, in the caller's transaction."""
    rang = annuler_les_liens(agent.pk).reinitialisations
    envoyer_seul(
        destinataire=agent.email,
        type="acces_agent",
        valeurs={"rang": rang},
        cle=f"acces_agent:{agent.pk}:{rang}",
        compte=agent,
        langue=agent.langue,
    )
