"""Order an attestation: the row that must exist anyway is the order (docs/attestations.md)."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Max

from attestations.donnees import DonneesAttestation
from attestations.erreurs import DonneesInvalides
from attestations.models import Attestation
from attestations.rendu import MODELES
from referentiels.relance import relancer


def commander(
    *, demande_id: uuid.UUID, type: str, debut: date, fin: date | None, donnees: DonneesAttestation
) -> Attestation:
    """Write the order in the caller's transaction and nudge a worker after its commit.

    The caller holds the demande's row, so that two orders do not take one rank. `debut` and `fin` (both
    included) are those printed. Raises DonneesInvalides if they differ from `donnees`, and
    transaction.TransactionManagementError outside a transaction: an order without what caused it must not be.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an attestation is ordered inside a transaction")
    for champ, valeur in (("type", type), ("debut", debut), ("fin", fin)):
        if getattr(donnees, champ) != valeur:
            raise DonneesInvalides(champ, "differs from what the document prints")
    precedentes = Attestation.objects.filter(demande_id=demande_id, type=type)
    attestation = Attestation.objects.create(
        demande_id=demande_id,
        type=type,
        rang=(precedentes.aggregate(dernier=Max("rang"))["dernier"] or 0) + 1,
        debut=debut,
        fin=fin,
        donnees=donnees.en_dict(),
        modele=MODELES[type],
    )
    relancer("attestations.tasks.produire_attestation", str(attestation.pk))
    return attestation
