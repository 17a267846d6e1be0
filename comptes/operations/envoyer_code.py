"""Step 2 of a sign-up: send a code and a link to the typed address."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptes.models import Inscription, InvitationEnfant
from comptes.operations.avertir import envoyer_seul
from referentiels.limites import verifier

# One address, or one sign-up, gets no more mails than this in an hour: nobody's mailbox is flooded through
# us.
MAXIMUM, DUREE = 5, timedelta(hours=1)


class AdresseDuRepresentant(Exception):
    """A child's account has an address of its own: at 18 it must be theirs alone."""


def envoyer_code(*, inscription_id: UUID, email: str) -> Inscription:
    """Send a code of 6 digits and a link, good for 30 minutes, to `email`; those sent before stop working.

    An address that is verified already and typed again stays verified and gets nothing. Raises
    Inscription.DoesNotExist, TropDEssais, AdresseDuRepresentant.
    """
    invitation = (
        InvitationEnfant.objects.filter(inscriptions=inscription_id).select_related("representant").first()
    )
    if invitation is not None and invitation.representant.email.casefold() == email.casefold():
        raise AdresseDuRepresentant
    verifier(f"code:{email.lower()}", maximum=MAXIMUM, duree=DUREE)
    verifier(f"code:{inscription_id}", maximum=MAXIMUM, duree=DUREE)
    with transaction.atomic():
        inscription = Inscription.objects.select_for_update().get(pk=inscription_id)
        if inscription.email_verifie_le is not None and inscription.email == email:
            return inscription
        inscription.email = email
        inscription.email_verifie_le = None
        inscription.envois += 1
        inscription.essais = 0
        inscription.code_expire_le = timezone.now() + Inscription.DUREE_CODE
        inscription.save(update_fields=["email", "email_verifie_le", "envois", "essais", "code_expire_le"])
        envoyer_seul(
            destinataire=email,
            type="verification",
            valeurs={"inscription": str(inscription.pk), "envoi": inscription.envois},
            cle=f"verification:{inscription.pk}:{inscription.envois}",
        )
    return inscription
