"""Check again the e-photo codes that the service did not know at the deposit (R-EPHOTO-1)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from demandes.etats import OUVERTS
from demandes.models import Demande, Evenement
from demandes.operations.prevenir import prevenir
from referentiels import ephoto
from referentiels.ephoto import EphotoDejaUtilisee, EtatEphoto

# Beyond 72 hours an inactive code will not come: the person is told, the agent sees it.
ATTENTE_AU_PLUS = timedelta(hours=72)
EN_ATTENTE = "EPHOTO_EN_ATTENTE"
INTROUVABLE = "EPHOTO_INTROUVABLE"
REFUSEE = "EPHOTO_REFUSEE"


@transaction.atomic
def reverifier_ephoto(*, demande_id: UUID, maintenant: datetime) -> None:
    """Settle the waiting code of one demande: valid, refused, unknown after 72 hours, or wait on."""
    demande = (
        Demande.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("compte")
        .filter(pk=demande_id, etat__in=OUVERTS, signalements__contains=[EN_ATTENTE])
        .first()
    )
    if demande is None or demande.numero is None or demande.deposee_le is None:
        return
    etat = ephoto.service().consulter(demande.ephoto_code, maintenant)
    if etat == EtatEphoto.VALIDE:
        etat = _prendre(demande.ephoto_code, demande.numero)
    if etat == EtatEphoto.VALIDE:
        _conclure(demande, signalement=None, type_="ephoto_valide")
    elif etat in (EtatEphoto.EXPIRE, EtatEphoto.UTILISE):
        _conclure(demande, signalement=REFUSEE, type_="ephoto_refusee")
        prevenir(demande, type="ephoto_a_refaire", cle=f"ephoto_a_refaire:{demande.pk}:{demande.version}")
    elif maintenant - demande.deposee_le >= ATTENTE_AU_PLUS:
        _conclure(demande, signalement=INTROUVABLE, type_="ephoto_introuvable")
        prevenir(demande, type="ephoto_introuvable", cle=f"ephoto_introuvable:{demande.pk}:{demande.version}")


def _prendre(code: str, numero: str) -> EtatEphoto:
    """Take the code for the demande of this number; used if somebody else was quicker."""
    try:
        ephoto.service().marquer_utilise(code, numero)
    except EphotoDejaUtilisee:
        return EtatEphoto.UTILISE
    return EtatEphoto.VALIDE


def _conclure(demande: Demande, *, signalement: str | None, type_: str) -> None:
    restants = set(demande.signalements) - {EN_ATTENTE}
    demande.signalements = sorted(restants | ({signalement} if signalement else set()))
    demande.save(update_fields=["signalements", "modifie_le"])
    Evenement.objects.create(demande=demande, type=type_)
