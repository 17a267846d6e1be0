"""The session lives as long as the person is there, without a database write at each page."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CLE = "vue_le"
# A page seen within this time of the last write does not write again: the session may end this much earlier
# than its duration after the last page, which the warning takes into account.
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
    """Make the session last from now: SESSION_AGENTS_MINUTES for staff, SESSION_COOKIE_AGE for the others."""
    request.session[CLE] = int(time.time())
    request.session.set_expiry(_duree(request) if request.user.is_staff else None)


def duree_annoncee(request: HttpRequest) -> int:
    """How many seconds a page may count on before the session ends."""
    return _duree(request) - PAS_S


def _duree(request: HttpRequest) -> int:
    return settings.SESSION_AGENTS_MINUTES * 60 if request.user.is_staff else settings.SESSION_COOKIE_AGE
