"""The agents' screens: who enters, read through the prefecture, written by operations only."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from demandes.etats import AGENTS


class EcranDesAgents(admin.ModelAdmin):
    """A list and a page to read; `get_queryset` is the agent's, whatever else is 404."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> models.Model:
        """The row, or 404: unknown and another prefecture's look the same."""
        trouve = super().get_object(request, object_id, from_field)
        if trouve is None:
            raise Http404
        return trouve

    def page(self, request: HttpRequest, original: models.Model, contexte: dict[str, Any]) -> HttpResponse:
        """The page of a row: `change_form_template` with the admin's own context."""
        commun = self.admin_site.each_context(request)
        return TemplateResponse(
            request,
            self.change_form_template,
            {**commun, "opts": self.opts, "original": original, **contexte},
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.role in AGENTS

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def reserve(
    roles: Collection[str] = AGENTS,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The view answers 404 to whoever has none of `roles` (spec part 13)."""

    def fermer(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(vue)
        def vue_reservee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated or request.user.role not in roles:
                raise Http404
            return vue(request, *args, **kwargs)

        return vue_reservee

    return fermer
