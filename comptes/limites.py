"""What a person sees when a limit is reached: the page of status 429."""

import math
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comptes.acces import dans_la_gestion
from referentiels.limites import TropDEssais


class LimitesMiddleware:
    """Answer TropDEssais with a page that says when to try again (429)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give the 429 page for a reached limit, nothing for another exception."""
        if not isinstance(exception, TropDEssais):
            return None
        return page_trop_d_essais(request, exception)


def page_trop_d_essais(request: HttpRequest, limite: TropDEssais) -> HttpResponse:
    """Give the 429 page with its Retry-After."""
    minutes = limite.minutes
    attente = {"minutes": minutes, "heures": math.ceil(minutes / 60) if minutes > 90 else None}
    gabarit = "gestion/trop_d_essais.html" if dans_la_gestion(request) else "comptes/trop_d_essais.html"
    reponse = render(request, gabarit, attente, status=429)
    reponse["Retry-After"] = str(max(1, math.ceil(limite.attente.total_seconds())))
    return reponse
