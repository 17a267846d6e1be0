"""The state of the service, as a person cares for it: does each part work now (R-PORTAIL-3)."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attestations.models import Attestation
from comptes.models import Courriel

# Beyond this, what waits is late enough to say so.
ATTENTE_NORMALE = timedelta(minutes=10)


@require_safe
@never_cache
@login_not_required
def etat_du_service(request: HttpRequest) -> HttpResponse:
    """Whether deposits, attestations and mail work. Deposits do: the page itself comes from their database."""
    maintenant = timezone.now()
    attestations = Attestation.objects.filter(etat=Attestation.Etat.A_PRODUIRE)
    courriels = Courriel.objects.filter(etat=Courriel.Etat.A_ENVOYER)
    services = [
        {"nom": _("Compte et dépôt des demandes"), "en_retard": False},
        {"nom": _("Attestations"), "en_retard": _en_retard(attestations, maintenant)},
        {"nom": _("Envoi des courriels"), "en_retard": _en_retard(courriels, maintenant)},
    ]
    contexte = {
        "services": services,
        "maintenant": maintenant,
        "retard": any(s["en_retard"] for s in services),
    }
    return render(request, "assistance/etat_du_service.html", contexte)


def _en_retard(attente: QuerySet[Any], maintenant: datetime) -> bool:
    return attente.filter(cree_le__lt=maintenant - ATTENTE_NORMALE).exists()
