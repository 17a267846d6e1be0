"""Fill the demonstration: register, codes, accounts, staff, dossiers. Run again, it adds only what is missing."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from unittest.mock import patch

from django.contrib.auth import base_user
from django.db import transaction
from django.utils import timezone

from comptes.models import Compte
from comptes.operations.creer_compte import CompteExistant, creer_compte
from demandes.demonstration import MOT_DE_PASSE, ephotos, timbres
from demandes.demonstration.agents import AGENTS, Agent
from demandes.demonstration.codes import lier_un_telephone
from demandes.demonstration.depot import faire_le_dossier
from demandes.demonstration.personnage import Personnage
from demandes.demonstration.personnages import dossiers, personnages
from demandes.operations.horloges.relancer_complement import relancer_les_complements
from demandes.operations.horloges.relancer_retrait import relancer_les_retraits
from demandes.operations.horloges.signaler_delai import signaler_les_delais
from referentiels import agdref
from referentiels.models import Prefecture
from referentiels.operations.importer_ephotos import importer_ephotos
from referentiels.operations.importer_personnes import importer_personnes
from referentiels.operations.importer_timbres import importer_timbres

T = TypeVar("T")


@dataclass
class Ajouts:
    """How many were added; 0 when they were there already."""

    personnes: int = 0
    comptes: int = 0
    agents: int = 0
    demandes: int = 0


def sans_barre(liste: list[T], nom: str) -> Iterable[T]:
    """The list as it is: nobody watches."""
    return liste


def peupler(*, maintenant: datetime, suivi: Callable[[list[Any], str], Iterable[Any]] = sans_barre) -> Ajouts:
    """Add the people, codes, stamps, accounts, staff and dossiers that are missing; nothing that exists is changed.

    `maintenant` is aware; the dates of new people follow its day in Paris. `suivi(list, name)` wraps a long list (a
    progress bar). Raises `LookupError` when the prefectures are not loaded.
    """
    if not Prefecture.objects.exists():
        raise LookupError("prefectures")
    au = timezone.localdate(maintenant)
    registre = agdref.AgdrefLocal()
    ajouts = Ajouts()
    absents = [p for p in personnages(au) if registre.personne(p.identifiant) is None]
    lignes = ((rang, json.dumps(p.registre).encode()) for rang, p in enumerate(absents, start=1))
    ajouts.personnes = importer_personnes(lignes, au=au).gardees
    with un_seul_hachage():
        for personnage in suivi(personnages(au), "Comptes"):
            ajouts.comptes += _compte(personnage, maintenant)
        for agent in AGENTS:
            ajouts.agents += _agent(agent)
    a_deposer = dossiers(au)
    # Codes that nobody used are renewed, so that « valid » stays true months later.
    importer_ephotos(iter(enumerate(ephotos.lignes_csv(maintenant, a_deposer), start=1)))
    importer_timbres(iter(enumerate(timbres.lignes_csv(maintenant), start=1)))
    for dossier in suivi(a_deposer, "Dossiers"):
        ajouts.demandes += faire_le_dossier(dossier, au=au)
    # What beat would have done by now: it starts with the portal, and looks at these once an hour.
    for horloge in (relancer_les_complements, relancer_les_retraits, signaler_les_delais):
        horloge(maintenant=maintenant)
    return ajouts


@contextmanager
def un_seul_hachage() -> Iterator[None]:
    """Hash the public password once for all accounts: Argon2 costs a tenth of a second each time, by design."""
    with patch.object(base_user, "make_password", cache(base_user.make_password)):
        yield


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
