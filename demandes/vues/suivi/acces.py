"""What every page of a deposited dossier begins with."""

from uuid import UUID

from django.http import Http404, HttpRequest

from demandes.etats import Etat
from demandes.models import Demande
from demandes.requetes import demandes_de


def mon_dossier(request: HttpRequest, demande_id: UUID) -> Demande:
    """The deposited demande that this account sees; 404 for a draft, somebody else's or an unknown one."""
    demande = demandes_de(request.user).exclude(etat=Etat.BROUILLON).filter(pk=demande_id).first()
    if demande is None:
        raise Http404
    return demande
