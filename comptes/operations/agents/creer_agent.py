"""Open the account of a member of staff."""

import re
from collections.abc import Collection

from django.db import IntegrityError, transaction

from comptes.authentification import compte_de
from comptes.identifiants import normaliser_identifiant
from comptes.models import Agent, Compte, EvenementAgent
from comptes.operations.agents.envoyer_lien import commander_lien
from comptes.operations.agents.journal import consigner, exiger_administrateur
from comptes.operations.agents.refus import IdentifiantInvalide, IdentifiantPris, PrefecturesIncoherentes

IDENTIFIANT = re.compile(r"[a-z][a-z0-9._-]{2,39}")


def creer_agent(
    *,
    acteur_id: int | None,
    identifiant: str,
    nom: str,
    prenoms: str,
    email: str,
    role: str,
    prefectures: Collection[str],
) -> Agent:
    """Create the account and send a link to choose a password: no password travels by mail.

    `acteur_id` is an administrateur, or None for the operator. `prefectures` are codes. Raises SansDroit,
    IdentifiantInvalide, IdentifiantPris, PrefecturesIncoherentes.
    """
    identifiant = identifiant.strip().lower()
    # What is read as a number at the login page could never log in.
    if not IDENTIFIANT.fullmatch(identifiant) or normaliser_identifiant(identifiant) != identifiant:
        raise IdentifiantInvalide
    verifier_prefectures(role, prefectures)
    with transaction.atomic():
        if acteur_id is not None:
            exiger_administrateur(Compte.objects.select_for_update().filter(pk=acteur_id).first())
        if compte_de(identifiant) is not None:
            raise IdentifiantPris
        try:
            with transaction.atomic():
                agent = Agent.objects.create_user(
                    identifiant, nom=nom, prenoms=prenoms, email=email, role=role
                )
        except IntegrityError as erreur:
            raise IdentifiantPris from erreur
        agent.prefectures.set(prefectures)
        consigner(
            EvenementAgent.Type.CREE,
            agent=agent,
            acteur_id=acteur_id,
            valeurs={"role": role, "prefectures": sorted(prefectures)},
        )
        commander_lien(agent)
    return agent


def verifier_prefectures(role: str, prefectures: Collection[str]) -> None:
    """Raise PrefecturesIncoherentes unless an instructeur or responsable has one or more, and another role none."""
    if bool(prefectures) != (role in Agent.ROLES_EN_PREFECTURE):
        raise PrefecturesIncoherentes
