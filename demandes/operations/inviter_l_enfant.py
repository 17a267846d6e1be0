"""Offer the child of a dossier an account of their own, once its examination has started (R-COMPTE-4)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from comptes.models import Compte
from comptes.operations.inviter_enfant import inviter_enfant
from demandes.etats import Etat
from demandes.models import Demande, Evenement
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.requetes import demandes_de

# Nobody has looked at these: the invitation comes with the examination.
PAS_EXAMINEES = frozenset({Etat.BROUILLON, Etat.DEPOSEE, Etat.RETIREE})


def inviter_l_enfant(demande: Demande, *, acteur: Compte, maintenant: datetime) -> bool:
    """Invite the child through the account that applied, in the caller's transaction; the journal says so.

    False when there is nobody to invite: an adult, or a child who has an account.
    """
    if demande.majorite_le is None:
        return False
    civil = demande.donnees["civil"]
    invitation = inviter_enfant(
        numero_etranger=demande.beneficiaire,
        nom=civil["nom"],
        prenoms=" ".join(civil["prenoms"]),
        representant_id=demande.compte_id,
        majorite_le=demande.majorite_le,
        maintenant=maintenant,
    )
    if invitation is None:
        return False
    Evenement.objects.create(demande=demande, type="enfant_invite", acteur=acteur)
    return True


@transaction.atomic
def renvoyer_l_invitation(*, demande_id: UUID, compte_id: int, maintenant: datetime) -> None:
    """Send the representative a new link, which cancels the one before.

    Raises `DossierIntrouvable`: unknown, somebody else's, or the child is 18; `ActionImpossible`
    (compte_de_l_enfant): too early, or the child has an account.
    """
    compte = Compte.objects.get(pk=compte_id)
    demande = (
        demandes_de(compte)
        .filter(pk=demande_id, compte=compte, pour_mineur=True)
        .select_for_update(of=("self",))
        .first()
    )
    if demande is None:
        raise DossierIntrouvable
    if demande.etat in PAS_EXAMINEES or not inviter_l_enfant(demande, acteur=compte, maintenant=maintenant):
        raise ActionImpossible("compte_de_l_enfant")
