"""What every clock shares: a sweep that stops in time, a dossier taken without waiting for who holds it."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from demandes.models import Demande, Evenement

journal = logging.getLogger(__name__)

# A sweep stops well before CELERY_TASK_SOFT_TIME_LIMIT; the next one goes on.
DUREE_BALAYAGE_S = 60
# Rows read at once from a query that may find very many.
LOT = 500

T = TypeVar("T")


def balayer(dus: Iterable[T], faire: Callable[[T], object]) -> int:
    """Do every item that is due, each in its own transaction; gives for how many there was something to do.

    An item that fails keeps its place for the next sweep and does not hold the others.
    """
    fin = time.monotonic() + DUREE_BALAYAGE_S
    faits = 0
    for element in dus:
        if time.monotonic() > fin:
            break
        try:
            faits += bool(faire(element))
        except Exception as erreur:  # noqa: BLE001 - whatever one row is about, the next ones are not
            # The kind only: the text of an error may quote what the row holds.
            journal.warning("%s: un élément en échec (%s)", _nom(faire), type(erreur).__name__)
    return faits


def prendre(demande_id: UUID, **conditions: Any) -> Demande | None:
    """Lock the demande, with its account, if `conditions` still hold and nobody else holds it; else None.

    Who holds it is at work on it: the next sweep looks again.
    """
    return (
        Demande.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("compte", "prefecture")
        .filter(pk=demande_id, **conditions)
        .first()
    )


def noter_l_horloge(demande: Demande, type_: str, **valeurs: Any) -> None:
    """Add to the journal what a clock did. The version stays: an agent's page is not made stale by a reminder."""
    Evenement.objects.create(demande=demande, type=type_, valeurs=valeurs)


def signaler(demande: Demande, code: str) -> None:
    """Add a flag that the agent sees, and save it. The caller holds the demande."""
    demande.signalements = sorted({*demande.signalements, code})
    demande.save(update_fields=["signalements", "modifie_le"])


def _nom(faire: Callable[..., object]) -> str:
    return getattr(getattr(faire, "func", faire), "__name__", "")
