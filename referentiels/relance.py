"""The nudge: tell a worker that a row waits. May be lost; beat's sweep finds the row anyway."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu import Connection, pools

journal = logging.getLogger(__name__)

# Seconds: a web request must not wait for a broker that is dead or silent.
DELAI_CONNEXION = 0.5
DELAI_REPONSE = 1.0
# After a failure, no further try for a while: one slow request, not all of them.
PAUSE_APRES_ECHEC = 10.0

_muet_jusqu_a = 0.0
_sans_relance: ContextVar[bool] = ContextVar("sans_relance", default=False)


@contextmanager
def sans_relance() -> Iterator[None]:
    """Inside, `relancer` does nothing: rows ordered by the thousand are left to beat's sweeps.

    Their nudges would stand in the queue before those of people who wait for their page.
    """
    jeton = _sans_relance.set(True)
    try:
        yield
    finally:
        _sans_relance.reset(jeton)


def relancer(tache: str, *arguments: str | int) -> None:
    """Queue `tache` (its dotted name) with `arguments` once the current transaction is committed.

    Arguments are ids, never personal data. Never raises and never holds the caller more than about two
    seconds, whatever the state of the broker; outside a transaction, queues at once.
    """
    if not _sans_relance.get():
        transaction.on_commit(partial(_pousser, tache, arguments), robust=True)


def _pousser(tache: str, arguments: tuple[str | int, ...]) -> None:
    global _muet_jusqu_a  # noqa: PLW0603 - one circuit breaker for the process
    if time.monotonic() < _muet_jusqu_a:
        return
    try:
        with pools.producers[_connexion()].acquire(block=True, timeout=DELAI_REPONSE) as producteur:
            current_app.send_task(tache, args=arguments, producer=producteur, retry=False)
    except Exception as erreur:  # noqa: BLE001 - the sweep does the work, whatever broke here
        _muet_jusqu_a = time.monotonic() + PAUSE_APRES_ECHEC
        journal.warning("relance impossible: %s (%s)", tache, type(erreur).__name__)


def _connexion() -> Connection:
    return Connection(
        settings.CELERY_BROKER_URL,
        connect_timeout=DELAI_CONNEXION,
        transport_options={
            **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
            "socket_connect_timeout": DELAI_CONNEXION,
            "socket_timeout": DELAI_REPONSE,
            "retry_on_timeout": False,
            "max_retries": 0,
        },
    )
