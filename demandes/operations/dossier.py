"""What every operation on a dossier begins and ends with: the row locked and up to date, the transition written."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from comptes.models import Compte
from demandes.etats import A_DECIDER, CLOS, PAR_CODE, Etat
from demandes.models import Demande, Evenement
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, DossierModifie
from demandes.parcours.situation import MAJORITE
from demandes.regles.dates import anniversaire
from demandes.regles.faits import DateNaissance
from demandes.requetes import demandes_de, dossiers_de_l_agent

DECISIONS = frozenset({Etat.DECISION_FAVORABLE, Etat.DECISION_DEFAVORABLE})
# Flags of the clocks, and the states in which each still says something to the agent.
COMPLEMENT_SANS_REPONSE = "COMPLEMENT_SANS_REPONSE"
DELAI_LEGAL_DEPASSE = "DELAI_LEGAL_DEPASSE"
SIGNALEMENTS_D_UN_ETAT: dict[str, frozenset[Etat]] = {
    COMPLEMENT_SANS_REPONSE: frozenset({Etat.COMPLEMENT_DEMANDE}),
    DELAI_LEGAL_DEPASSE: A_DECIDER,
}


def verrouiller_dossier(*, demande_id: UUID, agent_id: int, version: int | None) -> tuple[Demande, Compte]:
    """Lock a dossier of the agent's prefectures inside the caller's transaction; gives it with the agent.

    `version` is the one that the agent's page showed; None when the agent saw no page (a bulk action, which
    looks at the state instead). Raises `DossierIntrouvable`: unknown, another prefecture's or no agent any
    more; `DossierModifie`: somebody wrote since.
    """
    agent = Compte.objects.get(pk=agent_id)
    demande = (
        dossiers_de_l_agent(agent)
        .select_related("compte", "prefecture")
        .select_for_update(of=("self",))
        .filter(pk=demande_id)
        .first()
        if agent.is_active
        else None
    )
    if demande is None:
        raise DossierIntrouvable
    if version is not None and version != demande.version:
        raise DossierModifie
    return demande, agent


def verrouiller_sienne(*, demande_id: UUID, compte_id: int) -> tuple[Demande, Compte]:
    """Lock a demande that this account sees, inside the caller's transaction; gives it with the account.

    Raises `DossierIntrouvable`: unknown, or somebody else's.
    """
    compte = Compte.objects.filter(pk=compte_id).first()
    demande = (
        demandes_de(compte)
        .select_related("compte", "prefecture")
        .select_for_update(of=("self",))
        .filter(pk=demande_id)
        .first()
        if compte is not None
        else None
    )
    if demande is None or compte is None:
        raise DossierIntrouvable
    return demande, compte


def passer(
    demande: Demande,
    code: str,
    *,
    acteur: Compte,
    maintenant: datetime,
    valeurs: Mapping[str, Any] | None = None,
) -> None:
    """Follow the line `code` of the table of transitions: state, dates, version and journal entry, all saved.

    `demande` is locked by the caller, who may have set other fields: they are saved too. `valeurs` is the
    « why » of the entry. Raises `ActionImpossible` (etat, role).
    """
    transition = PAR_CODE[code]
    if demande.etat not in transition.de:
        raise ActionImpossible("etat")
    if acteur.role not in transition.par:
        raise ActionImpossible("role")
    de, demande.etat = demande.etat, transition.vers
    demande.etat_depuis = maintenant
    if transition.vers in DECISIONS:
        demande.decidee_le = maintenant
    if transition.vers in CLOS:
        demande.close_le = maintenant
    demande.signalements = [
        signalement
        for signalement in demande.signalements
        if transition.vers in SIGNALEMENTS_D_UN_ETAT.get(signalement, Etat)
    ]
    noter(demande, code, acteur=acteur, valeurs=valeurs, de=de, vers=transition.vers)


def noter(
    demande: Demande,
    type_: str,
    *,
    acteur: Compte | None,
    valeurs: Mapping[str, Any] | None = None,
    de: str = "",
    vers: str = "",
) -> None:
    """Save the dossier as a new version, with its entry in the journal."""
    demande.version += 1
    demande.save()
    Evenement.objects.create(
        demande=demande, type=type_, acteur=acteur, de=de, vers=vers, valeurs=dict(valeurs or {})
    )


def exiger_etat(demande: Demande, *etats: Etat) -> None:
    """Raise `ActionImpossible` unless the dossier is in one of `etats`."""
    if demande.etat not in etats:
        raise ActionImpossible("etat")


def majorite_de(demande: Demande) -> date | None:
    """For a demande made for a child, the 18th birthday by the frozen copy; None otherwise."""
    if not demande.pour_mineur:
        return None
    naissance = DateNaissance.lire(demande.donnees["situation"]["date_naissance"])
    return anniversaire(naissance.au_plus_tot, MAJORITE)
