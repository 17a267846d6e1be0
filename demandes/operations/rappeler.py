"""Reminders of the day when a renewal can be asked for: programmed on request, sent by beat."""

from datetime import date, datetime

from django.db import transaction

from comptes.operations.avertir import avertir
from demandes.models import Rappel


def programmer_rappel(*, compte_id: int, beneficiaire: str, jour: date) -> Rappel:
    """Remember to write to the account on `jour`; asking twice is asking once."""
    rappel, _cree = Rappel.objects.get_or_create(compte_id=compte_id, beneficiaire=beneficiaire, jour=jour)
    return rappel


@transaction.atomic
def envoyer_rappel(*, rappel_id: int, maintenant: datetime) -> None:
    """Order the mail of one reminder, once."""
    rappel = (
        Rappel.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("compte")
        .filter(pk=rappel_id, envoye_le__isnull=True)
        .first()
    )
    if rappel is None:
        return
    rappel.envoye_le = maintenant
    rappel.save(update_fields=["envoye_le"])
    avertir(compte=rappel.compte, type="rappel_renouvellement", valeurs={}, cle=f"rappel:{rappel.pk}")
