"""Step 3 of a sign-up: the password is chosen, the account exists."""

from uuid import UUID

from django.db import transaction

from comptes.models import Compte, Inscription
from comptes.operations.creer_compte import creer_compte


class InscriptionIncomplete(Exception):
    """The sign-up is over, too old, or its address is not verified yet."""


def terminer_inscription(*, inscription_id: UUID, mot_de_passe: str) -> Compte:
    """Create the account of a sign-up whose address is verified, and end the sign-up.

    `mot_de_passe` has passed the validators. Raises InscriptionIncomplete, CompteExistant.
    """
    with transaction.atomic():
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
    return compte
