"""Pages of a person stay out of every cache: whoever uses the computer next must not read them with « Back »."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class CachePriveMiddleware:
    """Say `private, no-store` for whoever is logged in, unless the view has decided. After authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Read before the view: logging out empties it, and that answer is private too.
        connecte = request.user.is_authenticated
        reponse = self.get_response(request)
        if connecte or request.user.is_authenticated:
            reponse.headers.setdefault("Cache-Control", "private, no-store")
        return reponse
