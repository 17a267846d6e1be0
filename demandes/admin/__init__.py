"""The agents' screens; each action calls an operation, the model pages are read-only."""

from demandes.admin.dossiers import DossierAdmin

__all__ = ["DossierAdmin"]
