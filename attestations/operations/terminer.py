"""End the life of attestations before their last day: replaced by a better one, or revoked (R-ATT-3)."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from attestations.models import Attestation


def remplacer(*, demande_id: uuid.UUID, types: Collection[str], maintenant: datetime) -> int:
    """Mark the attestations in force of these types as replaced; gives how many.

    The caller orders what replaces them, in the same transaction.
    """
    return _vivantes(demande_id).filter(type__in=types).update(remplacee_le=maintenant)


def revoquer(*, demande_id: uuid.UUID, types: Collection[str], maintenant: datetime) -> int:
    """Mark the attestations in force of these types as revoked, from that day on; gives how many."""
    return _vivantes(demande_id).filter(type__in=types).update(revoquee_le=maintenant)


def _vivantes(demande_id: uuid.UUID) -> QuerySet[Attestation]:
    return Attestation.objects.filter(
        demande_id=demande_id, remplacee_le__isnull=True, revoquee_le__isnull=True
    )
