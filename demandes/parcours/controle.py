"""Comparing what the person declares with the register: confirmed, to be checked, or contradicted."""

from enum import StrEnum

from demandes.regles.faits import Situation, Statut
from referentiels.agdref import PersonneConnue


class Controle(StrEnum):
    CONFIRME = "confirme"
    A_VERIFIER = "a_verifier"
    CONTREDIT = "contredit"


def controler(situation: Situation | None, personne: PersonneConnue | None) -> Controle:
    """Compare the declared status with the register's.

    Confirmed: the attestation follows at once. Unknown there: the deposit goes through and an agent checks
    within two working days. Contradicted: not deposited here, the page gives the way out.
    """
    if situation is None or personne is None or not personne.statut:
        return Controle.A_VERIFIER
    if personne.statut != situation.statut:
        return Controle.CONTREDIT
    if situation.statut == Statut.MEMBRE_FAMILLE:
        compares = [
            (personne.lien, situation.lien),
            (personne.statut_du_protege, situation.statut_du_protege),
        ]
        if any(connu and connu != declare for connu, declare in compares):
            return Controle.CONTREDIT
        if not all(connu for connu, _declare in compares):
            return Controle.A_VERIFIER
    return Controle.CONFIRME
