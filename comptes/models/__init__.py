"""People: accounts, staff, sign-ups under way, notifications and the queued mail (R-COMPTE, R-ESPACE-1)."""

from comptes.models.agents import Agent, Authentificateur, EvenementAgent
from comptes.models.compte import Compte
from comptes.models.inscription import (
    ChangementAdresse,
    DemandeReinitialisation,
    Inscription,
    InvitationEnfant,
)
from comptes.models.messages import Courriel, Notification

__all__ = [
    "Agent",
    "Authentificateur",
    "ChangementAdresse",
    "Compte",
    "Courriel",
    "DemandeReinitialisation",
    "EvenementAgent",
    "Inscription",
    "InvitationEnfant",
    "Notification",
]
