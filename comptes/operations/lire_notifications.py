"""Mark notifications as read."""

from django.utils import timezone

from comptes.models import Notification


def lire_notifications(*, compte_id: int, notification_id: int | None = None) -> int:
    """Mark one notification of this account as read, or all of them; give how many were unread."""
    lignes = Notification.objects.filter(compte_id=compte_id, lue_le__isnull=True)
    if notification_id is not None:
        lignes = lignes.filter(pk=notification_id)
    return lignes.update(lue_le=timezone.now())
