"""What agents and persons did with the dossiers of the demonstration, by the operations that the pages call."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from comptes.models import Compte
from demandes.demonstration import timbres
from demandes.models import Complement, Demande, Remise
from demandes.operations.annoncer_titre import annoncer_titre, fin_la_plus_tardive
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.demander_complement import PieceACompleter, demander_complement
from demandes.operations.dossier import passer
from demandes.operations.examiner_piece import accepter_les_pieces
from demandes.operations.prendre_en_charge import prendre_en_charge
from demandes.operations.refuser import confirmer_refus, proposer_refus
from demandes.operations.remettre_titre import remettre_titre
from demandes.operations.retirer import retirer
from demandes.regles.codes import CodePiece
from demandes.requetes import fichiers_en_vigueur


def prendre(demande: Demande, maintenant: datetime) -> None:
    prendre_en_charge(**_agent("instructeur", demande), maintenant=maintenant)


def accepter(demande: Demande, maintenant: datetime) -> None:
    vus = [fichier.pk for piece in demande.pieces.all() for fichier in fichiers_en_vigueur(piece)]
    accepter_les_pieces(**_agent("instructeur", demande), vus=vus, maintenant=maintenant)


def completer(demande: Demande, maintenant: datetime) -> None:
    demander_complement(
        **_agent("instructeur", demande),
        pieces=[
            PieceACompleter(
                CodePiece.JUSTIFICATIF_DOMICILE,
                "perime",
                "La facture a plus de six mois. Envoyez une facture récente.",
            )
        ],
        message="Le reste du dossier est complet.",
        maintenant=maintenant,
    )


@transaction.atomic
def repondre(demande: Demande, maintenant: datetime) -> None:
    """The person keeps the pièce as it is and transmits."""
    complement = Complement.objects.get(demande=demande, etat=Complement.Etat.OUVERT)
    complement.pieces.update(choix="garder")
    complement.etat, complement.clos_le = Complement.Etat.TRANSMIS, maintenant
    complement.save()
    passer(demande, "transmettre_complement", acteur=demande.compte, maintenant=maintenant)


def proposer_un_refus(demande: Demande, maintenant: datetime) -> None:
    proposer_refus(
        **_agent("instructeur", demande),
        motif="lien_non_etabli",
        explication="L’acte de mariage n’a pas été reconnu par l’autorité qui l’aurait établi.",
        maintenant=maintenant,
    )


def confirmer(demande: Demande, maintenant: datetime) -> None:
    confirmer_refus(**_agent("responsable", demande), maintenant=maintenant)


def classer(demande: Demande, maintenant: datetime) -> None:
    classer_sans_suite(
        **_agent("instructeur", demande),
        motif="complement_non_recu",
        explication="Le justificatif de domicile demandé n’est pas arrivé. Vous pouvez refaire une demande.",
        maintenant=maintenant,
    )


def accorder(demande: Demande, maintenant: datetime) -> None:
    decider_favorable(**_agent("instructeur", demande), maintenant=maintenant)


def annoncer(demande: Demande, maintenant: datetime) -> None:
    debut = maintenant.date()
    annoncer_titre(
        **_agent("instructeur", demande),
        titre_numero=f"DEMOT{demande.beneficiaire[-5:]}",
        titre_debut=debut,
        titre_fin=fin_la_plus_tardive(demande, debut),
        maintenant=maintenant,
    )


def remettre(demande: Demande, maintenant: datetime) -> None:
    euros = Remise.objects.get(demande=demande).euros
    remettre_titre(
        **_agent("instructeur", demande),
        # The last of the good ones: the first are left for whoever tries.
        timbre=timbres.valides(euros)[-1],
        ancien_titre_rendu=True if demande.donnees["titre_detenu"] else None,
        maintenant=maintenant,
    )


def reprendre(demande: Demande, maintenant: datetime) -> None:
    retirer(demande_id=demande.pk, compte_id=demande.compte_id, maintenant=maintenant)


GESTES: dict[str, Callable[[Demande, datetime], None]] = {
    "prendre": prendre,
    "accepter": accepter,
    "completer": completer,
    "repondre": repondre,
    "proposer_un_refus": proposer_un_refus,
    "confirmer": confirmer,
    "classer": classer,
    "accorder": accorder,
    "annoncer": annoncer,
    "remettre": remettre,
    "retirer": reprendre,
}


def _agent(role: str, demande: Demande) -> dict[str, Any]:
    """What an operation of an agent is given: the dossier and who acts, without a page that could be stale."""
    agent = Compte.objects.get(identifiant=f"{role}-{demande.prefecture_id}")
    return {"demande_id": demande.pk, "agent_id": agent.pk, "version": None}
