"""Take an e-photo code for a dossier, at the deposit or in answer to a complement (R-EPHOTO-1)."""

from datetime import datetime

from demandes.models import Demande
from demandes.operations.refus import EphotoRefusee
from demandes.operations.reverifier_ephoto import EN_ATTENTE, INTROUVABLE, REFUSEE
from referentiels import ephoto
from referentiels.ephoto import EphotoDejaUtilisee, EtatEphoto

# An unknown code may still become active: the dossier goes on, the code is checked again.
ACCEPTEES = frozenset({EtatEphoto.VALIDE, EtatEphoto.INCONNU, EtatEphoto.PAS_ENCORE_ACTIVE})
# What is said of a code that the demande does not hold.
NON_PRISE = frozenset({EN_ATTENTE, INTROUVABLE, REFUSEE})


def prendre_ephoto(demande: Demande, maintenant: datetime) -> None:
    """Take `demande.ephoto_code`, or flag it as waiting; sets `signalements`, which the caller saves.

    Raises `EphotoRefusee`: expired, or used by somebody else.
    """
    service = ephoto.service()
    etat = service.consulter(demande.ephoto_code, maintenant)
    if etat not in ACCEPTEES:
        raise EphotoRefusee(etat)
    if etat == EtatEphoto.VALIDE:
        try:
            service.marquer_utilise(demande.ephoto_code, demande.numero or "")
        except EphotoDejaUtilisee:
            raise EphotoRefusee(EtatEphoto.UTILISE) from None
    restants = set(demande.signalements) - NON_PRISE
    demande.signalements = sorted(restants if etat == EtatEphoto.VALIDE else restants | {EN_ATTENTE})


def ephoto_prise(demande: Demande) -> bool:
    """Whether the e-photo service holds the code for this demande, and not for another or for nobody."""
    return bool(demande.ephoto_code) and not NON_PRISE & set(demande.signalements)
