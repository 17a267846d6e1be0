"""Which attestations hold on a day: the conditions of queries, and the situation of one row."""

from datetime import date
from enum import StrEnum

from django.db.models import Q

from attestations.models import Attestation

# Neither replaced nor revoked. The database lets no day have two such attestations for one demande.
VIVANTE = Q(remplacee_le=None, revoquee_le=None)


def pas_finie(jour: date) -> Q:
    """In force on `jour`, or yet to start."""
    return Q(fin=None) | Q(fin__gte=jour)


class Situation(StrEnum):
    """What an attestation is on a day, most important first."""

    REVOQUEE = "revoquee"
    REMPLACEE = "remplacee"
    TERMINEE = "terminee"
    A_VENIR = "a_venir"
    EN_VIGUEUR = "en_vigueur"


def situation(attestation: Attestation, jour: date) -> Situation:
    """What `attestation` is on `jour`, the date in Paris, as the row knows it now."""
    if attestation.revoquee_le is not None:
        return Situation.REVOQUEE
    if attestation.remplacee_le is not None:
        return Situation.REMPLACEE
    if attestation.fin is not None and attestation.fin < jour:
        return Situation.TERMINEE
    return Situation.A_VENIR if jour < attestation.debut else Situation.EN_VIGUEUR
