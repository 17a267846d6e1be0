"""Fill the demonstration: register, codes, accounts, staff. Run again, it adds only what is missing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from comptes.models import Compte
from comptes.operations.creer_compte import CompteExistant, creer_compte
from demandes.demonstration import MOT_DE_PASSE, ephotos
from demandes.demonstration.agents import AGENTS, Agent
from demandes.demonstration.codes import lier_un_telephone
from demandes.demonstration.depot import deposer_la_demande
from demandes.demonstration.personnage import Personnage
from demandes.demonstration.personnages import personnages
from referentiels import agdref
from referentiels.models import Prefecture
from referentiels.operations.importer_ephotos import importer_ephotos
from referentiels.operations.importer_personnes import importer_personnes

# Whose demande is deposited from the start.
DEPOSE = "9900000066"


@dataclass
class Ajouts:
    """How many were added; 0 when they were there already."""

    personnes: int = 0
    comptes: int = 0
    agents: int = 0
    demandes: int = 0


def peupler(*, maintenant: datetime, suivi: Iterable[Personnage] | None = None) -> Ajouts:
    """Add the people, codes, accounts and staff that are missing; nothing that exists is changed.

    `maintenant` is aware; the dates of new people follow its day in Paris. `suivi` wraps the list of people
    (a progress bar). Raises `LookupError` when the prefectures are not loaded.
    """
    if not Prefecture.objects.exists():
        raise LookupError("prefectures")
    au = timezone.localdate(maintenant)
    registre = agdref.AgdrefLocal()
    ajouts = Ajouts()
    absents = [p for p in personnages(au) if registre.personne(p.identifiant) is None]
    lignes = ((rang, json.dumps(p.registre).encode()) for rang, p in enumerate(absents, start=1))
    ajouts.personnes = importer_personnes(lignes, au=au).gardees
    # Codes that nobody used are renewed, so that « valid » stays true months later.
    importer_ephotos(iter(enumerate(ephotos.lignes_csv(maintenant), start=1)))
    for personnage in suivi if suivi is not None else personnages(au):
        ajouts.comptes += _compte(personnage, maintenant)
    depose = next(p for p in personnages(au) if p.identifiant == DEPOSE)
    ajouts.demandes += deposer_la_demande(personnage=depose, maintenant=maintenant)
    for agent in AGENTS:
        ajouts.agents += _agent(agent)
    return ajouts


def _compte(personnage: Personnage, maintenant: datetime) -> bool:
    if not personnage.compte:
        return False
    ligne = personnage.registre
    try:
        creer_compte(
            numero_etranger=ligne.get("numero_etranger", ""),
            numero_visa=ligne.get("numero_visa", ""),
            nom=ligne["nom"],
            prenoms=" ".join(ligne["prenoms"]),
            email=f"{personnage.identifiant.lower()}@usagers.example",
            mot_de_passe=MOT_DE_PASSE,
            telephone=ligne["telephone"],
            email_verifie_le=maintenant,
        )
    except CompteExistant:
        return False
    return True


@transaction.atomic
def _agent(agent: Agent) -> bool:
    compte = Compte.objects.filter(identifiant=agent.identifiant).first()
    nouveau = compte is None
    if nouveau:
        compte = Compte.objects.create_user(
            agent.identifiant,
            MOT_DE_PASSE,
            nom="AGENT-SPECIMEN",
            prenoms=agent.prenom,
            email=f"{agent.identifiant}@agents.example",
            role=agent.role,
        )
        compte.prefectures.set(agent.departements)
    lier_un_telephone(compte)
    return nouveau
