"""Start a demande: an empty draft of the account."""

from django.db import transaction

from comptes.models import Compte
from demandes.models import Demande
from demandes.operations.refus import TropDeBrouillons
from demandes.requetes import brouillons_de

BROUILLONS_AU_PLUS = 20


@transaction.atomic
def creer_brouillon(*, compte_id: int, pour_mineur: bool) -> Demande:
    """Create a draft; its random id keeps several drafts of one account apart (R-DEPOT-5).

    Raises `TropDeBrouillons` beyond 20 drafts.
    """
    compte = Compte.objects.select_for_update().get(pk=compte_id)
    if brouillons_de(compte).count() >= BROUILLONS_AU_PLUS:
        raise TropDeBrouillons
    return Demande.objects.create(compte=compte, pour_mineur=pour_mineur)
