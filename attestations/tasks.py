"""The tasks of the document factory: they carry ids, the rows carry the truth."""

import gc
import logging
import time
import uuid
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init

from attestations import rendu
from attestations.erreurs import ProductionImpossible
from attestations.operations.produire import produire_suivante

journal = logging.getLogger(__name__)

# A sweep stops before the soft time limit of tasks; the next one goes on.
DUREE_BALAYAGE = 90.0


@shared_task
def produire_attestation(attestation_id: str) -> None:
    """Make one PDF; nothing if it is made, being made, or unknown."""
    _essayer(uuid.UUID(attestation_id))


@shared_task
def balayer_attestations() -> None:
    """Make every PDF that is due, the oldest first, one transaction each: nudges may be lost, rows not."""
    fin = time.monotonic() + DUREE_BALAYAGE
    while _essayer(None) and time.monotonic() < fin:
        pass


def _essayer(attestation_id: uuid.UUID | None) -> bool:
    try:
        return produire_suivante(attestation_id)
    except ProductionImpossible as erreur:
        # The row has its next try; the next row is not concerned. The type only: no personal data.
        journal.warning("attestation not produced: %s", type(erreur).__name__)
        return True


@worker_process_init.connect
def preparer_processus(**_: Any) -> None:
    """Load fonts and style sheets once, and spare the garbage collector from walking them each time."""
    rendu.prechauffer()
    gc.collect()
    gc.freeze()
