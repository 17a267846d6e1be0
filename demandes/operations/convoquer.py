"""Appointments at the prefecture: fingerprints (R.431-9), collection of the card (R-INSTR, spec part 13)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from demandes.etats import Etat
from demandes.models import Convocation, Demande
from demandes.operations.dossier import exiger_etat, noter, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible

EN_COURS = (Convocation.Etat.PREVUE, Convocation.Etat.A_REPORTER)
# When each kind of appointment has a meaning.
ETATS = {
    Convocation.Objet.EMPREINTES: frozenset(
        {Etat.EN_INSTRUCTION, Etat.COMPLEMENT_DEMANDE, Etat.DECISION_FAVORABLE}
    ),
    Convocation.Objet.REMISE: frozenset({Etat.TITRE_DISPONIBLE}),
}


@transaction.atomic
def convoquer(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    objet: str,
    le: datetime,
    lieu: str,
    a_apporter: str = "",
    maintenant: datetime,
) -> Convocation:
    """Give the person an appointment; a new date replaces the old one, and the message says so.

    `objet` is a `Convocation.Objet`; `le` and `maintenant` are aware. Raises `DossierIntrouvable`,
    `DossierModifie`, `ActionImpossible` (etat, date_passee, lieu).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, *ETATS[Convocation.Objet(objet)])
    if le <= maintenant:
        raise ActionImpossible("date_passee")
    if not lieu.strip():
        raise ActionImpossible("lieu")
    remplacees = demande.convocations.filter(objet=objet, etat__in=EN_COURS).update(
        etat=Convocation.Etat.REMPLACEE
    )
    convocation = Convocation.objects.create(
        demande=demande, objet=objet, le=le, lieu=lieu.strip(), a_apporter=a_apporter.strip(), cree_par=agent
    )
    noter(
        demande,
        "convoquer",
        acteur=agent,
        valeurs={"convocation": convocation.pk, "objet": objet, "le": le.isoformat()},
    )
    prevenir(
        demande,
        type="convocation",
        cle=f"convocation:{convocation.pk}",
        objet=objet,
        le=le.isoformat(),
        lieu=convocation.lieu,
        a_apporter=convocation.a_apporter,
        remplace=remplacees > 0,
    )
    return convocation


@transaction.atomic
def honorer_convocation(
    *, demande_id: UUID, agent_id: int, version: int | None, convocation_id: int
) -> Convocation:
    """Note that the person came.

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (convocation_absente).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    convocation = _en_cours(demande, convocation_id)
    convocation.etat = Convocation.Etat.HONOREE
    convocation.save()
    noter(
        demande,
        "honorer_convocation",
        acteur=agent,
        valeurs={"convocation": convocation.pk, "objet": convocation.objet},
    )
    return convocation


@transaction.atomic
def annuler_convocation(
    *, demande_id: UUID, agent_id: int, version: int | None, convocation_id: int, motif: str
) -> Convocation:
    """Cancel an appointment; the person reads `motif`.

    Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible` (convocation_absente, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    convocation = _en_cours(demande, convocation_id)
    if not motif.strip():
        raise ActionImpossible("phrase")
    noter(
        demande,
        "annuler_convocation",
        acteur=agent,
        valeurs={"convocation": convocation.pk, "objet": convocation.objet, "motif": motif.strip()},
    )
    _annuler(convocation, motif.strip())
    return convocation


def annuler_les_convocations(demande: Demande, maintenant: datetime) -> None:
    """Cancel what is still to come of a dossier that ends or leaves; the person is told.

    `demande` is locked by the caller, whose own journal entry and message give the reason.
    """
    for convocation in demande.convocations.filter(etat__in=EN_COURS, le__gt=maintenant):
        _annuler(convocation, "")


def _en_cours(demande: Demande, convocation_id: int) -> Convocation:
    convocation = demande.convocations.filter(pk=convocation_id, etat__in=EN_COURS).first()
    if convocation is None:
        raise ActionImpossible("convocation_absente")
    return convocation


def _annuler(convocation: Convocation, motif: str) -> None:
    convocation.etat = Convocation.Etat.ANNULEE
    convocation.save()
    prevenir(
        convocation.demande,
        type="convocation_annulee",
        cle=f"convocation_annulee:{convocation.pk}",
        objet=convocation.objet,
        le=convocation.le.isoformat(),
        motif=motif,
    )
