"""Step 2 of a sign-up: the code typed, or the link opened, proves that the address is the person's."""

from enum import Enum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptes import jetons
from comptes.models import Inscription


class Verification(Enum):
    """What came of a code or a link."""

    JUSTE = "juste"
    FAUX = "faux"
    # Too old, typed wrong too often, or replaced by a newer one.
    PERIME = "perime"


def verifier_code(*, inscription_id: UUID, code: str) -> Verification:
    """Check the code of 6 digits; a wrong one is counted, five wrong ones end it. An address verified stays
    so.
    """
    with transaction.atomic():
        inscription = Inscription.objects.select_for_update().filter(pk=inscription_id).first()
        if inscription is None or inscription.perimee:
            return Verification.PERIME
        if inscription.email_verifie_le is not None:
            return Verification.JUSTE
        if not inscription.code_en_cours:
            return Verification.PERIME
        if jetons.egal(code, jetons.code_inscription(inscription)):
            return _verifiee(inscription)
        inscription.essais += 1
        inscription.save(update_fields=["essais"])
        return Verification.FAUX if inscription.code_en_cours else Verification.PERIME


def verifier_lien(*, inscription_id: UUID, jeton: str) -> Verification:
    """Check the token of the link; a link followed twice is right twice."""
    with transaction.atomic():
        inscription = Inscription.objects.select_for_update().filter(pk=inscription_id).first()
        if inscription is None or inscription.perimee:
            return Verification.PERIME
        if not jetons.egal(jeton, jetons.jeton_inscription(inscription)):
            return Verification.PERIME
        if inscription.email_verifie_le is not None:
            return Verification.JUSTE
        if inscription.code_expire_le is None or timezone.now() >= inscription.code_expire_le:
            return Verification.PERIME
        return _verifiee(inscription)


def _verifiee(inscription: Inscription) -> Verification:
    inscription.email_verifie_le = timezone.now()
    inscription.save(update_fields=["email_verifie_le"])
    return Verification.JUSTE
