"""A lost telephone: forget the second factor of a member of staff, who enrols another one at the next login."""

from uuid import uuid4

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice

from comptes.models import Authentificateur, EvenementAgent
from comptes.operations.agents.fermer_sessions import fermer_sessions
from comptes.operations.agents.journal import consigner, verrouiller
from comptes.operations.avertir import envoyer_seul


def reinitialiser_second_facteur(*, agent_id: int, acteur_id: int | None) -> None:
    """Delete the telephone and the recovery codes, end every session, tell the person by mail.

    Never one's own: an open session would be enough to replace the factor that protects it. `acteur_id` is None for the
    operator, who is the way out of the last administrateur. Raises AgentInconnu, SansDroit, SonPropreCompte.
    """
    with transaction.atomic():
        agent = verrouiller(agent_id=agent_id, acteur_id=acteur_id)
        Authentificateur.objects.filter(user_id=agent_id).delete()
        StaticDevice.objects.filter(user_id=agent_id).delete()
        fermer_sessions(agent)
        consigner(EvenementAgent.Type.SECOND_FACTEUR_REINITIALISE, agent=agent, acteur_id=acteur_id)
        if agent.email:
            envoyer_seul(
                destinataire=agent.email,
                type="second_facteur_reinitialise",
                valeurs={},
                cle=f"second_facteur_reinitialise:{uuid4()}",
                compte=agent,
                langue=agent.langue,
            )
