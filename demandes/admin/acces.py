"""The agents' screens: who enters, read through the prefecture, written by operations only."""

from collections.abc import Callable, Collection, Iterator
from functools import wraps
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from demandes.etats import AGENTS

A_TRAITER = "ouverte"


class FiltreDEtat(admin.SimpleListFilter):
    """What waits for an agent, unless another state is asked for: an inbox, not an archive."""

    title = _("état")
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [*model_admin.model.Etat.choices, ("tous", _("Tous"))]

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        for etat, libelle in self.lookup_choices:
            yield {
                "selected": etat == (self.value() or A_TRAITER),
                "query_string": changelist.get_query_string({self.parameter_name: etat}),
                "display": libelle,
            }

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        etat = self.value() or A_TRAITER
        return queryset if etat == "tous" else queryset.filter(etat=etat)


class EcranDesAgents(admin.ModelAdmin):
    """A list and a page to read; `get_queryset` is the agent's, whatever else is 404."""

    list_filter: ClassVar[Any] = (FiltreDEtat,)
    list_per_page = 50
    # No COUNT over everything, and none for each filter.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        titre = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {**(extra_context or {}), "title": titre})

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
