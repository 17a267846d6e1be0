"""Answer « signaler une erreur »: what the person says is wrong is corrected, or refused with a reason (R-ESPACE-2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from comptes.models import Compte
from demandes.etats import A_DECIDER
from demandes.models import Demande, Rectification
from demandes.operations.corriger import corriger
from demandes.operations.dossier import exiger_etat, noter, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible


@transaction.atomic
def traiter_rectification(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    rectification_id: int,
    etat: str,
    reponse: str,
    maintenant: datetime,
) -> Rectification:
    """Close a reported error with an answer that the person reads.

    `etat` is REFUSEE, or CORRIGEE for what is no field of CHAMPS (a telephone, an answer of step 3). Raises
    `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (rectification_absente, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    rectification = _ouverte(demande, rectification_id)
    if not reponse.strip():
        raise ActionImpossible("phrase")
    _conclure(rectification, demande, agent, Rectification.Etat(etat), reponse.strip(), maintenant)
    prevenir(
        demande,
        type="rectification_traitee",
        cle=f"rectification_traitee:{rectification.pk}",
        corrigee=rectification.etat == Rectification.Etat.CORRIGEE,
        reponse=rectification.reponse,
    )
    return rectification


@transaction.atomic
def corriger_comme_signale(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    rectification_id: int,
    champ: str,
    valeur: str,
    motif: str,
    maintenant: datetime,
) -> Demande:
    """Correct a field because the person reported it: `corriger`, whose message tells the person, closes the report.

    Raises what `corriger` raises, and `ActionImpossible` (rectification_absente).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, *A_DECIDER)
    rectification = _ouverte(demande, rectification_id)
    demande = corriger(
        demande_id=demande_id,
        agent_id=agent_id,
        version=version,
        champ=champ,
        valeur=valeur,
        motif=motif,
        maintenant=maintenant,
    )
    _conclure(rectification, demande, agent, Rectification.Etat.CORRIGEE, "", maintenant)
    return demande


def _ouverte(demande: Demande, rectification_id: int) -> Rectification:
    rectification = demande.rectifications.filter(
        pk=rectification_id, etat=Rectification.Etat.OUVERTE
    ).first()
    if rectification is None:
        raise ActionImpossible("rectification_absente")
    return rectification


def _conclure(
    rectification: Rectification,
    demande: Demande,
    agent: Compte,
    etat: Rectification.Etat,
    reponse: str,
    maintenant: datetime,
) -> None:
    rectification.etat, rectification.reponse = etat, reponse
    rectification.traitee_par, rectification.traitee_le = agent, maintenant
    rectification.save()
    noter(
        demande,
        "traiter_rectification",
        acteur=agent,
        valeurs={"rectification": rectification.pk, "champ": rectification.champ, "etat": str(etat)},
    )
