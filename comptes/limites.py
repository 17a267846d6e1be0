"""How often something may be tried: fixed windows counted in Redis, keys hashed, open when Redis is down."""

import ipaddress
import logging
import math
import time
from collections.abc import Callable
from datetime import timedelta

import redis
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from comptes.acces import dans_la_gestion

journal = logging.getLogger(__name__)


class TropDEssais(Exception):
    """The limit is reached; `attente` says when to try again."""

    def __init__(self, attente: timedelta) -> None:
        super().__init__("limite atteinte")
        self.attente = attente

    @property
    def minutes(self) -> int:
        """The waiting time in minutes, rounded up, at least 1."""
        return max(1, math.ceil(self.attente.total_seconds() / 60))


def verifier(cle: str, *, maximum: int, duree: timedelta) -> None:
    """Count one try for `cle` (any text: it is stored hashed) and raise TropDEssais beyond `maximum` in
    `duree`.

    Without Redis nothing is counted: a broken limit must not shut people out of their account.
    """
    secondes = int(duree.total_seconds())
    maintenant = time.time()
    fenetre = int(maintenant // secondes)
    # The key may name a person: only its keyed hash goes to Redis.
    empreinte = salted_hmac("comptes.limites", f"{cle}:{fenetre}", algorithm="sha256").hexdigest()
    try:
        cache.add(f"limite:{empreinte}", 0, timeout=secondes)
        total = cache.incr(f"limite:{empreinte}")
    except (redis.RedisError, OSError, ValueError):
        # ValueError: the key expired between the two calls, so the window has just ended.
        journal.warning("limite non comptée", exc_info=False)
        return
    if total > maximum:
        raise TropDEssais(timedelta(seconds=(fenetre + 1) * secondes - maintenant))


def adresse_ip(request: HttpRequest) -> str:
    """Give the client's address: behind our proxy, the one it appended; else the peer's."""
    if settings.SECURE_PROXY_SSL_HEADER:
        # Only the last entry was written by the proxy; those before it are the client's own words.
        transmise = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
        try:
            return str(ipaddress.ip_address(transmise))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR", "")


def origine(request: HttpRequest) -> str:
    """Give what limits count by: an IPv4 address, or the /64 of an IPv6 one (a home or a phone owns that
    many).
    """
    adresse = adresse_ip(request)
    try:
        lue = ipaddress.ip_address(adresse)
    except ValueError:
        return adresse
    if lue.version == 6:
        return str(ipaddress.ip_network((lue, 64), strict=False))
    return adresse


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
