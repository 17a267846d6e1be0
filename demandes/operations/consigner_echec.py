"""Keep the dated proof of a deposit that failed through a fault of ours."""

import secrets
from uuid import UUID

from django.db import Error as ErreurDeBase
from django.db import transaction

from demandes.models import EchecDepot


def consigner_echec(*, demande_id: UUID) -> EchecDepot | None:
    """Record the failure and give its row; None when the database itself does not answer."""
    try:
        with transaction.atomic():
            return EchecDepot.objects.create(demande_id=demande_id, reference=secrets.token_hex(6).upper())
    except ErreurDeBase:
        return None
