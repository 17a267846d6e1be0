"""End the life of attestations before their last day: replaced by a better one, or revoked (R-ATT-3).

Those in force and those yet to start are ended alike. What has reached its last day stays as it is: it goes on
proving its days.
"""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from attestations.models import Attestation
from attestations.presentation import PARIS
from attestations.validite import VIVANTE, pas_finie


def remplacer(*, demande_id: uuid.UUID, types: Collection[str], maintenant: datetime) -> int:
    """Mark the attestations of these types as replaced; gives how many.

    The caller orders what replaces them, in the same transaction.
    """
    return _a_terminer(demande_id, types, maintenant).update(remplacee_le=maintenant)


def revoquer(*, demande_id: uuid.UUID, types: Collection[str], maintenant: datetime) -> int:
    """Mark the attestations of these types as revoked, from that day on; gives how many."""
    return _a_terminer(demande_id, types, maintenant).update(revoquee_le=maintenant)


def _a_terminer(demande_id: uuid.UUID, types: Collection[str], maintenant: datetime) -> QuerySet[Attestation]:
    jour = maintenant.astimezone(PARIS).date()
    return Attestation.objects.filter(VIVANTE, pas_finie(jour), demande_id=demande_id, type__in=types)
