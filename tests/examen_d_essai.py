"""Dossiers under examination, brought there by the real operations, and the agents who examine them."""

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from comptes.models import Compte
from demandes.etats import Etat
from demandes.models import Demande, Fichier
from demandes.operations.annoncer_titre import annoncer_titre
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.demander_complement import PieceACompleter, demander_complement
from demandes.operations.deposer import deposer
from demandes.operations.examiner_piece import accepter_les_pieces
from demandes.operations.prendre_en_charge import prendre_en_charge
from demandes.operations.refuser import proposer_refus
from referentiels.models import Timbre
from tests import dossiers_d_essai as essai
from tests.dossiers_d_essai import MAINTENANT, Profil

UNE_PIECE = PieceACompleter("justificatif_domicile", "illisible", "Photo floue : refaites-la.")


def depose(profil: Profil | None = None) -> Demande:
    """A dossier deposited in the Jura: an adult refugee's first application unless told otherwise."""
    profil = (profil or essai.refugie()).remplir()
    return deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=MAINTENANT)


def instructeur(departement: str = "39") -> Compte:
    return essai.agent(essai.prefecture(departement))


def responsable(departement: str = "39") -> Compte:
    return essai.agent(essai.prefecture(departement), role="responsable")


def faire(operation: Callable[..., Any], demande: Demande, agent: Compte, **valeurs: Any) -> Any:
    """Call an agent's operation from a page that is up to date; `demande` is read again afterwards."""
    demande.refresh_from_db()
    valeurs.setdefault("version", demande.version)
    if "maintenant" in inspect.signature(operation).parameters:
        valeurs.setdefault("maintenant", MAINTENANT)
    resultat = operation(demande_id=demande.pk, agent_id=agent.pk, **valeurs)
    demande.refresh_from_db()
    return resultat


def fichiers_de(demande: Demande, code: str = "") -> list[Any]:
    """Ids of the files of a dossier, or of one of its pièces."""
    fichiers = Fichier.objects.filter(piece__demande=demande, remplace_le=None)
    return list((fichiers.filter(piece__code=code) if code else fichiers).values_list("pk", flat=True))


def amener(demande: Demande, etat: str, agent: Compte) -> Demande:
    """Bring a deposited dossier to an open state by the operations of an agent, so that nothing is missing."""
    rang = [Etat.DEPOSEE, Etat.EN_INSTRUCTION, Etat.DECISION_FAVORABLE, Etat.TITRE_DISPONIBLE]
    if etat == Etat.COMPLEMENT_DEMANDE:
        amener(demande, Etat.EN_INSTRUCTION, agent)
        faire(demander_complement, demande, agent, pieces=[UNE_PIECE])
        return demande
    for suivant in rang[rang.index(Etat(demande.etat)) + 1 : rang.index(Etat(etat)) + 1]:
        avancer(demande, suivant, agent)
    return demande


def avancer(demande: Demande, vers: Etat, agent: Compte) -> None:
    if vers == Etat.EN_INSTRUCTION:
        faire(prendre_en_charge, demande, agent)
    elif vers == Etat.DECISION_FAVORABLE:
        faire(accepter_les_pieces, demande, agent, vus=fichiers_de(demande))
        faire(decider_favorable, demande, agent)
    else:
        faire(annoncer_titre, demande, agent, **titre())


def refus_propose(demande: Demande, agent: Compte) -> Demande:
    faire(
        proposer_refus, demande, agent, motif="lien_non_etabli", explication="L’acte ne montre pas le lien."
    )
    return demande


def titre(debut: date = essai.AU, ans: int = 10) -> dict[str, Any]:
    """What `annoncer_titre` is told of a card that starts on `debut`."""
    fin = debut.replace(year=debut.year + ans) - timedelta(days=1)
    return {"titre_numero": "fic 1234567", "titre_debut": debut, "titre_fin": fin}


def timbre(euros: int, numero: str = "1234567890123456", **valeurs: Any) -> str:
    """A stamp that was sold for that amount."""
    return Timbre.objects.create(numero=numero, euros=euros, **valeurs).numero
