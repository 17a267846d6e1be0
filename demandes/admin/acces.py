"""Who may open the agents' pages: for everybody else they do not exist."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from demandes.etats import AGENTS


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
