"""Reads: notifications, and whether mail reaches the account."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from comptes.models import Compte, Courriel, Notification


def notifications(compte: Compte) -> QuerySet[Notification]:
    """The messages of an account, newest first.

    Those about the dossier of somebody else's child end with the child's 18th birthday (R-COMPTE-4).
    """
    devenus_majeurs = Q(demande__compte=compte, demande__majorite_le__lte=timezone.localdate())
    if compte.numero_etranger:
        devenus_majeurs &= ~Q(demande__beneficiaire=compte.numero_etranger)
    return Notification.objects.filter(compte=compte).exclude(devenus_majeurs).order_by("-cree_le", "-pk")


def non_lues(compte: Compte) -> int:
    """How many messages of an account are unread."""
    return notifications(compte).filter(lue_le__isnull=True).count()


def adresse_en_echec(compte: Compte) -> bool:
    """Whether the last mail to the account's present address that came to an end has failed for good."""
    dernier = (
        Courriel.objects.filter(
            compte=compte, destinataire=compte.email, etat__in=[Courriel.Etat.ENVOYE, Courriel.Etat.ECHEC]
        )
        .order_by("-cree_le", "-pk")
        .values_list("etat", flat=True)
        .first()
    )
    return dernier == Courriel.Etat.ECHEC
