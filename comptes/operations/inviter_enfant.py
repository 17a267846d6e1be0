"""Invite a child to an account of their own, through the representative who applied for them (R-COMPTE-4)."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from comptes.models import Compte, Inscription, InvitationEnfant
from comptes.operations.avertir import avertir
from comptes.operations.creer_compte import compte_existant


@transaction.atomic
def inviter_enfant(
    *,
    numero_etranger: str,
    nom: str,
    prenoms: str,
    representant_id: int,
    majorite_le: date,
    maintenant: datetime,
) -> InvitationEnfant | None:
    """Send a one-time link to the representative, good for 72 hours and never beyond the 18th birthday.

    A link sent before stops working, and so does the sign-up that it had opened. No password is made and none
    travels. Gives None, and sends nothing, when the child has an account already or is 18.
    """
    majorite = timezone.make_aware(datetime.combine(majorite_le, time.min))
    if maintenant >= majorite or compte_existant(numero_etranger=numero_etranger, numero_visa=""):
        return None
    representant = Compte.objects.get(pk=representant_id)
    expire_le = min(maintenant + InvitationEnfant.DUREE, majorite)
    InvitationEnfant.objects.get_or_create(
        numero_etranger=numero_etranger, defaults={"representant": representant, "expire_le": expire_le}
    )
    invitation = InvitationEnfant.objects.select_for_update().get(numero_etranger=numero_etranger)
    invitation.nom, invitation.prenoms = nom[:120], prenoms[:200]
    invitation.representant, invitation.expire_le = representant, expire_le
    invitation.envois += 1
    invitation.save()
    Inscription.objects.filter(invitation=invitation).delete()
    avertir(
        compte=representant,
        type="compte_enfant",
        valeurs={"invitation": str(invitation.pk), "envoi": invitation.envois, "enfant": invitation.prenoms},
        cle=f"compte_enfant:{invitation.pk}:{invitation.envois}",
    )
    return invitation
