"""Change what a staff account holds: name, address, role, prefectures."""

from collections.abc import Collection
from uuid import uuid4

from django.db import transaction
from django.utils.crypto import salted_hmac

from comptes.models import Agent, EvenementAgent
from comptes.operations.agents.creer_agent import verifier_prefectures
from comptes.operations.agents.fermer_sessions import fermer_sessions
from comptes.operations.agents.journal import consigner, verrouiller
from comptes.operations.agents.refus import CompteModifie
from comptes.operations.avertir import envoyer_seul


def modifier_agent(
    *,
    agent_id: int,
    acteur_id: int | None,
    vu: str,
    nom: str,
    prenoms: str,
    email: str,
    role: str,
    prefectures: Collection[str],
) -> Agent:
    """Write the new values; a new role ends every session, a new address is told at the old one.

    `vu` is the `marque` of the account that the page showed. Nothing changed writes no line. Raises AgentInconnu,
    SansDroit, SonPropreCompte, PrefecturesIncoherentes; CompteModifie when the account is not as shown any more.
    """
    verifier_prefectures(role, prefectures)
    with transaction.atomic():
        agent = verrouiller(agent_id=agent_id, acteur_id=acteur_id)
        if marque(agent) != vu:
            raise CompteModifie
        avant, apres = _valeurs(agent), (nom, prenoms, email, role, sorted(prefectures))
        if avant == apres:
            return agent
        ancienne = agent.email
        agent.nom, agent.prenoms, agent.email, agent.role = nom, prenoms, email, role
        agent.save(update_fields=["nom", "prenoms", "email", "role"])
        agent.prefectures.set(prefectures)
        consigner(
            EvenementAgent.Type.MODIFIE, agent=agent, acteur_id=acteur_id, valeurs=_differences(avant, apres)
        )
        if avant[3] != role:
            fermer_sessions(agent)
        if ancienne and ancienne != email:
            envoyer_seul(
                destinataire=ancienne,
                type="adresse_agent_changee",
                valeurs={},
                cle=f"adresse_agent_changee:{uuid4()}",
                compte=agent,
                langue=agent.langue,
            )
    return agent


def marque(agent: Agent) -> str:
    """A mark of what the account holds, for a page to carry: it differs as soon as something has changed."""
    *champs, prefectures = _valeurs(agent)
    texte = "\x1f".join([*champs, *prefectures])
    return salted_hmac("comptes.modifier_agent", texte, algorithm="sha256").hexdigest()


def _valeurs(agent: Agent) -> tuple[str, str, str, str, list[str]]:
    codes = sorted(agent.prefectures.values_list("pk", flat=True))
    return agent.nom, agent.prenoms, agent.email, agent.role, codes


def _differences(avant: tuple, apres: tuple) -> dict:
    """What changed, for the journal: role and prefectures before and after; of the rest, that it changed."""
    noms = ("nom", "prenoms", "email", "role", "prefectures")
    return {
        champ: [ancienne, nouvelle] if champ in ("role", "prefectures") else True
        for champ, ancienne, nouvelle in zip(noms, avant, apres, strict=True)
        if ancienne != nouvelle
    }
