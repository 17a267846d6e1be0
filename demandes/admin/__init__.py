"""The agents' screens; each action calls an operation, the model pages are read-only."""

from demandes.admin.adresses_perdues import AdressePerdueAdmin
from demandes.admin.declarations import DeclarationAdmin
from demandes.admin.dossiers import DossierAdmin

__all__ = ["AdressePerdueAdmin", "DeclarationAdmin", "DossierAdmin"]
