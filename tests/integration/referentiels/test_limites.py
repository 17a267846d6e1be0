"""Limits in Redis: hashed keys, fixed windows, open without Redis."""

from datetime import timedelta

import pytest
import redis
import time_machine
from django.utils import timezone

from referentiels.limites import TropDEssais, adresse_ip, origine, verifier

MINUTE = timedelta(minutes=1)


def test_the_limit_falls_after_the_last_allowed_try_and_ends_with_its_window():
    with time_machine.travel(timezone.now(), tick=False) as horloge:
        for _ in range(3):
            verifier("x", maximum=3, duree=MINUTE)
        with pytest.raises(TropDEssais) as limite:
            verifier("x", maximum=3, duree=MINUTE)
        assert timedelta(0) < limite.value.attente <= MINUTE
        assert limite.value.minutes == 1
        verifier("y", maximum=3, duree=MINUTE)
        horloge.shift(limite.value.attente + timedelta(seconds=1))
        verifier("x", maximum=3, duree=MINUTE)


def test_redis_never_sees_the_number_or_address(settings):
    verifier("oubli:9903000002", maximum=3, duree=MINUTE)
    cles = redis.from_url(settings.REDIS_URL).keys("*")
    assert any(b"limite:" in cle for cle in cles)
    assert not any(b"9903000002" in cle for cle in cles)


def test_without_redis_people_still_get_in(settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"},
    }
    for _ in range(5):
        verifier("x", maximum=1, duree=MINUTE)


@pytest.mark.parametrize(
    ("adresse", "attendue"),
    [("10.1.2.3", "10.1.2.3"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("", ""), ("unix:", "unix:")],
)
def test_addresses_are_counted_by_ipv4_or_by_ipv6_network(rf, adresse, attendue):
    assert origine(rf.get("/", REMOTE_ADDR=adresse)) == attendue


def test_behind_a_proxy_only_its_own_word_counts(rf, settings):
    requete = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.9")
    assert adresse_ip(requete) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert adresse_ip(requete) == "203.0.113.9"
    assert adresse_ip(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="<x>")) == "10.0.0.1"
