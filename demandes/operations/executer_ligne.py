"""Do one line of an action on several dossiers: its operation and what became of it are one transaction."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from demandes.etats import Etat
from demandes.models import LigneDeLot, Lot
from demandes.operations.prendre_en_charge import affecter, prendre_en_charge
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, DossierModifie


def executer_ligne(*, ligne_id: int, maintenant: datetime) -> None:
    """Do the action on this dossier, once: a line already done, or held by another worker, is left alone.

    A refusal of the operation is the line's result; whatever else fails raises, and the line waits.
    """
    with transaction.atomic():
        ligne = (
            LigneDeLot.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("lot", "demande")
            .filter(pk=ligne_id, resultat="", lot__lance_le__isnull=False)
            .first()
        )
        if ligne is None:
            return
        try:
            with transaction.atomic():
                ACTIONS[ligne.lot.action](ligne, maintenant)
        except DossierIntrouvable:
            ligne.resultat = "introuvable"
        except DossierModifie:
            ligne.resultat = "modifie"
        except ActionImpossible as refus:
            ligne.resultat = refus.code
        else:
            ligne.resultat = LigneDeLot.FAIT
        ligne.save()


def renoncer_a_la_ligne(*, ligne_id: int) -> None:
    """Note that the portal failed on this dossier, for a reason that no agent can lift."""
    LigneDeLot.objects.filter(pk=ligne_id, resultat="").update(resultat="panne")


def _prendre(ligne: LigneDeLot, maintenant: datetime) -> None:
    prendre_en_charge(
        demande_id=ligne.demande_id, agent_id=ligne.lot.agent_id, version=ligne.version, maintenant=maintenant
    )


def _confier(ligne: LigneDeLot, maintenant: datetime) -> None:
    """Hand the dossier over; one that nobody has taken is taken first, so that its examination starts."""
    collegue, version = ligne.lot.confie_a_id, ligne.version
    if collegue is None:
        raise ActionImpossible("agent_inconnu")
    if ligne.demande.etat == Etat.DEPOSEE:
        _prendre(ligne, maintenant)
        version += 1
    affecter(demande_id=ligne.demande_id, agent_id=ligne.lot.agent_id, version=version, a_id=collegue)


ACTIONS: dict[str, Callable[[LigneDeLot, datetime], None]] = {
    Lot.Action.PRENDRE: _prendre,
    Lot.Action.CONFIER: _confier,
}
