"""A child opens the link and starts the sign-up of an account: the claim stands for its first step (R-COMPTE-4)."""

from uuid import UUID

from django.db import transaction

from comptes import jetons
from comptes.models import Inscription, InvitationEnfant
from comptes.operations.creer_compte import CompteExistant, compte_existant


class InvitationPerimee(Exception):
    """The link is too old, was replaced, has served, or was never one of ours."""


class NumeroFaux(Exception):
    """The link is good, the number typed is not the child's."""


@transaction.atomic
def reclamer_compte(*, invitation_id: UUID, jeton: str, numero: str) -> Inscription:
    """Give the sign-up of the child, whose address and password remain to be chosen.

    The number is asked because a mail is forwarded, or read by somebody else, more easily than a document; it
    is also the login to remember. Raises InvitationPerimee; NumeroFaux; CompteExistant, only to who has both
    link and number.
    """
    invitation = InvitationEnfant.objects.select_for_update().filter(pk=invitation_id).first()
    if invitation is None or not jetons.egal(jeton, jetons.jeton_enfant(invitation)) or invitation.perimee:
        raise InvitationPerimee
    if not jetons.egal(numero, invitation.numero_etranger):
        raise NumeroFaux
    if compte_existant(numero_etranger=invitation.numero_etranger, numero_visa=""):
        raise CompteExistant
    return Inscription.objects.create(
        numero_etranger=invitation.numero_etranger,
        nom=invitation.nom,
        prenoms=invitation.prenoms,
        invitation=invitation,
    )
