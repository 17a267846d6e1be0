"""Step 3 of a sign-up: the password is chosen, the account exists."""

from uuid import UUID

from django.db import transaction

from comptes.models import Compte, Inscription, InvitationEnfant
from comptes.operations.avertir import avertir
from comptes.operations.creer_compte import creer_compte


class InscriptionIncomplete(Exception):
    """The sign-up is over, too old, or its address is not verified yet."""


def terminer_inscription(*, inscription_id: UUID, mot_de_passe: str) -> Compte:
    """Create the account of a sign-up whose address is verified, and end the sign-up.

    A child's claim ends with it, and the representative is told. `mot_de_passe` has passed the validators. Raises
    InscriptionIncomplete, CompteExistant.
    """
    with transaction.atomic():
        # First, as whoever sends a new link does: both end all the sign-ups of one link.
        invitation = (
            InvitationEnfant.objects.select_for_update(of=("self",))
            .select_related("representant")
            .filter(inscriptions=inscription_id)
            .first()
        )
        inscription = Inscription.objects.select_for_update().filter(pk=inscription_id).first()
        if inscription is None or inscription.perimee or inscription.email_verifie_le is None:
            raise InscriptionIncomplete
        compte = creer_compte(
            numero_etranger=inscription.numero_etranger,
            numero_visa=inscription.numero_visa,
            nom=inscription.nom,
            prenoms=inscription.prenoms,
            email=inscription.email,
            mot_de_passe=mot_de_passe,
            email_verifie_le=inscription.email_verifie_le,
        )
        inscription.delete()
        if invitation is not None:
            _fermer_l_invitation(invitation)
    return compte


def _fermer_l_invitation(invitation: InvitationEnfant) -> None:
    avertir(
        compte=invitation.representant,
        type="compte_enfant_cree",
        valeurs={"enfant": invitation.prenoms},
        cle=f"compte_enfant_cree:{invitation.pk}",
    )
    invitation.delete()
