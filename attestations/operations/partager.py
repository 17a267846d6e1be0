"""Share codes: a person lets an employer or a landlord check one attestation, until a day (R-ATT-3)."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction

from attestations import partages
from attestations.erreurs import PartageRefuse, RefusPartage
from attestations.models import Attestation, Partage

DUREE_MAXIMALE = timedelta(days=183)
PARTAGES_MAXIMUM = 20


def creer_partage(*, attestation_id: uuid.UUID, motif: str, fin: date, au: date) -> Partage:
    """Make a share of this attestation, good until `fin` included; its code is `partages.code(partage.pk)`.

    The caller has checked that the attestation belongs to whoever asks. Raises PartageRefuse.
    """
    if fin < au:
        raise PartageRefuse(RefusPartage.FIN_PASSEE)
    if fin > au + DUREE_MAXIMALE:
        raise PartageRefuse(RefusPartage.FIN_LOINTAINE)
    with transaction.atomic():
        # The lock counts: two requests at once do not pass the maximum.
        attestation = Attestation.objects.select_for_update().get(pk=attestation_id)
        if attestation.revoquee_le is not None or attestation.remplacee_le is not None:
            raise PartageRefuse(RefusPartage.SANS_EFFET)
        actifs = attestation.partages.filter(revoque_le__isnull=True, fin__gte=au).count()
        if actifs >= PARTAGES_MAXIMUM:
            raise PartageRefuse(RefusPartage.TROP_NOMBREUX)
        identifiant = uuid.uuid4()
        return Partage.objects.create(
            pk=identifiant,
            attestation=attestation,
            empreinte=partages.empreinte(partages.code(identifiant)),
            motif=motif,
            fin=fin,
        )


def revoquer_partage(*, partage_id: uuid.UUID, maintenant: datetime) -> bool:
    """End a share at once; gives False when it had been ended before."""
    return bool(Partage.objects.filter(pk=partage_id, revoque_le__isnull=True).update(revoque_le=maintenant))


def consulter_partage(*, code: str, au: date, maintenant: datetime) -> Attestation | None:
    """The attestation that this share code shows, after noting the look-up.

    None, without a difference, for a code that is unknown, revoked or over, or whose attestation was revoked.
    """
    en_cours = Partage.objects.filter(
        empreinte=partages.empreinte(code),
        revoque_le__isnull=True,
        fin__gte=au,
        attestation__revoquee_le__isnull=True,
    )
    partage = en_cours.select_related("attestation").first()
    if partage is None:
        return None
    Partage.objects.filter(pk=partage.pk).update(consulte_le=maintenant)
    return partage.attestation
