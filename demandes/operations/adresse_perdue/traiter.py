"""An agent has compared the identity document with the register: the new address is accepted, or not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from comptes.models import Compte
from comptes.operations.avertir import avertir, envoyer_seul
from demandes.models import RecuperationAdresse, Trace
from demandes.operations.adresse_perdue.regler import refuser
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.requetes import recuperations_de_l_agent

Etat = RecuperationAdresse.Etat


@transaction.atomic
def accepter_recuperation(
    *, recuperation_id: UUID, agent_id: int, maintenant: datetime
) -> RecuperationAdresse:
    """Let the new address take effect in 72 hours; the old address and the account are told, and can say no.

    Raises `DossierIntrouvable`, `ActionImpossible` (recuperation_traitee, recuperation_deja_acceptee).
    """
    recuperation, agent = _verrouiller(recuperation_id, agent_id)
    compte = recuperation.compte
    if compte is None:
        raise DossierIntrouvable
    if RecuperationAdresse.objects.filter(compte=compte, etat=Etat.ACCEPTEE).exists():
        raise ActionImpossible("recuperation_deja_acceptee")
    recuperation.etat, recuperation.ancienne = Etat.ACCEPTEE, compte.email
    recuperation.traitee_par, recuperation.traitee_le = agent, maintenant
    recuperation.effet_le = maintenant + RecuperationAdresse.PREAVIS
    recuperation.save()
    Trace.objects.create(sujet=recuperation.pk, quoi="accepter_recuperation", acteur=agent)
    valeurs = {"recuperation": str(recuperation.pk), "effet": recuperation.effet_le.isoformat()}
    avertir(
        compte=compte,
        type="adresse_perdue_avis",
        valeurs=valeurs,
        cle=f"adresse_perdue_avis:{recuperation.pk}",
    )
    envoyer_seul(
        destinataire=recuperation.nouvelle,
        type="adresse_perdue_accord",
        valeurs=valeurs,
        cle=f"adresse_perdue_accord:{recuperation.pk}",
        langue=compte.langue,
    )
    return recuperation


@transaction.atomic
def refuser_recuperation(
    *, recuperation_id: UUID, agent_id: int, motif: str, maintenant: datetime
) -> RecuperationAdresse:
    """Refuse the new address; `motif` stays with the agents, the person reads one same sentence for every reason.

    Raises `DossierIntrouvable`, `ActionImpossible` (recuperation_traitee, motif_agent).
    """
    recuperation, agent = _verrouiller(recuperation_id, agent_id)
    if not motif.strip():
        raise ActionImpossible("motif_agent")
    recuperation.traitee_par, recuperation.traitee_le = agent, maintenant
    refuser(recuperation, quoi="refuser_recuperation", acteur=agent, motif=motif.strip()[:500])
    return recuperation


def _verrouiller(recuperation_id: UUID, agent_id: int) -> tuple[RecuperationAdresse, Compte]:
    """The request to look at, of the agent's prefectures, locked."""
    agent = Compte.objects.get(pk=agent_id)
    recuperation = (
        recuperations_de_l_agent(agent)
        .select_related("compte")
        .select_for_update(of=("self",))
        .filter(pk=recuperation_id)
        .first()
    )
    if recuperation is None:
        raise DossierIntrouvable
    if recuperation.etat != Etat.OUVERTE:
        raise ActionImpossible("recuperation_traitee")
    return recuperation, agent
