"""A demande from draft to card in hand, its pièces, its examination and its journal (docs/architecture.md)."""

from demandes.models.adresse_perdue import RecuperationAdresse
from demandes.models.demande import ETATS_LIBELLES, Demande
from demandes.models.echanges import Convocation, DeclarationTitre, Rectification
from demandes.models.examen import Complement, PieceDemandee, Refus, Remise
from demandes.models.journal import EchecDepot, Evenement, Rappel, RappelEcheance, Trace
from demandes.models.lots import ExportDeListe, LigneDeLot, Lot
from demandes.models.pieces import Fichier, Piece
from demandes.models.recherche import Mot

__all__ = [
    "ETATS_LIBELLES",
    "Complement",
    "Convocation",
    "DeclarationTitre",
    "Demande",
    "EchecDepot",
    "Evenement",
    "ExportDeListe",
    "Fichier",
    "LigneDeLot",
    "Lot",
    "Mot",
    "Piece",
    "PieceDemandee",
    "Rappel",
    "RappelEcheance",
    "Rectification",
    "RecuperationAdresse",
    "Refus",
    "Remise",
    "Trace",
]
