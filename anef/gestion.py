"""The staff admin site: anonymous visitors meet the login page, signed-in persons without the right meet 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class SiteGestion(admin.AdminSite):
    site_header = _("Portail BPI — gestion")
    site_title = _("Gestion")
    index_title = _("Tableau de bord")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff with an active account; a signed-in usager meets 404, not a login form."""
        if request.user.is_authenticated and not (request.user.is_active and request.user.is_staff):
            raise Http404
        return super().has_permission(request)

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        """Unknown and forbidden look the same: a refused permission becomes 404."""
        vue = super().admin_view(view, cacheable)

        @wraps(vue)
        def vue_close(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return vue(request, *args, **kwargs)
            except PermissionDenied:
                raise Http404 from None

        return vue_close
