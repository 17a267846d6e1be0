"""The screen of staff accounts, for administrateurs."""

from comptes.admin.agents import AgentAdmin

__all__ = ["AgentAdmin"]
