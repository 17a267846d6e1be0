"""Try again the attestations that were given up, once their cause is repaired."""

from django.utils import timezone

from attestations.models import Attestation


def reprendre() -> int:
    """Put every attestation in `echec` back to `a_produire`, due now. Returns how many."""
    return Attestation.objects.filter(etat=Attestation.Etat.ECHEC).update(
        etat=Attestation.Etat.A_PRODUIRE, essais=0, prochain_essai_le=timezone.now()
    )
