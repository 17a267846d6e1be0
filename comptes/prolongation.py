"""The session lives as long as the person is there, without a database write at each page."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CLE = "vue_le"
# A page seen within this time of the last write does not write again: the session may end this much earlier
# than SESSION_COOKIE_AGE after the last page, which the warning takes into account.
PAS_S = 5 * 60


class ProlongationMiddleware:
    """Push the end of the session of whoever is logged in, at most once every five minutes. After
    authentication.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and time.time() - request.session.get(CLE, 0) > PAS_S:
            prolonger(request)
        return self.get_response(request)


def prolonger(request: HttpRequest) -> None:
    """Make the session last SESSION_COOKIE_AGE from now."""
    request.session[CLE] = int(time.time())


def duree_annoncee() -> int:
    """How many seconds a page may count on before the session ends."""
    return settings.SESSION_COOKIE_AGE - PAS_S
