"""My messages: every mail has its copy here."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from comptes import requetes
from comptes.models import Notification
from comptes.operations.lire_notifications import lire_notifications


@method_decorator(never_cache, name="dispatch")
class Notifications(ListView):
    """All messages, newest first, twenty a page."""

    template_name = "comptes/notifications.html"
    context_object_name = "notifications"
    paginate_by = 20
    extra_context = {"rubrique": "espace"}

    def get_queryset(self) -> QuerySet[Notification]:
        return requetes.notifications(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "non_lues": requetes.non_lues(self.request.user),
            "adresse_en_echec": requetes.adresse_en_echec(self.request.user),
        }


@require_POST
def lire(request: HttpRequest, notification_id: int | None = None) -> HttpResponse:
    """Mark one message of mine as read, or all of them; somebody else's stays as it is."""
    lire_notifications(compte_id=request.user.pk, notification_id=notification_id)
    return redirect("comptes:notifications")
