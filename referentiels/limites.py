"""How often something may be tried: fixed windows counted in Redis, keys hashed, open when Redis is down."""

import ipaddress
import logging
import math
import time
from datetime import timedelta

import redis
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

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
    empreinte = salted_hmac("limites", f"{cle}:{fenetre}", algorithm="sha256").hexdigest()
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
