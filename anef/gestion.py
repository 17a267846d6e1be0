"""The staff admin site: what `comptes.acces` lets in, each screen then asks for its role."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from comptes.acces import second_facteur_verifie

# Pages of ours take their place, or nothing here needs them.
ECARTEES = frozenset({"login", "logout", "password_change", "password_change_done", "view_on_site"})


class SiteGestion(admin.AdminSite):
    site_header = _("Portail BPI — gestion")
    site_title = _("Gestion")
    index_title = _("Tableau de bord")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff whose second factor was checked in this session."""
        return super().has_permission(request) and second_facteur_verifie(request)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The staff's own pages, then those of Django's admin that are of use."""
        from comptes.urls_gestion import urlpatterns

        return [*urlpatterns, *(motif for motif in super().get_urls() if _nom(motif) not in ECARTEES)]

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


def _nom(motif: URLPattern | URLResolver) -> str | None:
    return getattr(motif, "name", None)
