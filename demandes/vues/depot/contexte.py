"""What the page of each step shows beside its form."""

from typing import Any

from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from demandes.parcours.lecture import etat_civil_connu, lignes_de
from demandes.parcours.titres import TITRES_DES_ETAPES
from demandes.regles.codes import CodePiece
from demandes.vues.depot.orientation import resultat_de
from demandes.vues.orientation import presenter_pieces


def contexte_de_l_etape(dossier: Dossier, etape: str) -> dict[str, Any]:
    """Title and place in the five steps, and what this step alone shows."""
    rang = ETAPES.index(etape)
    contexte: dict[str, Any] = {
        "titre_etape": TITRES_DES_ETAPES[etape],
        "rang": rang + 1,
        "nombre_etapes": len(ETAPES),
        "titre_suivant": TITRES_DES_ETAPES[ETAPES[rang + 1]] if rang + 1 < len(ETAPES) else "",
        "etape_precedente": ETAPES[rang - 1] if rang else "",
    }
    if etape == "identite" and dossier.personne:
        contexte["connues"] = etat_civil_connu(dossier.personne)
    elif etape == "justificatifs":
        contexte["pieces"] = pieces_a_montrer(dossier)
    elif etape == "recapitulatif":
        contexte["resultat"] = resultat_de(dossier)
        contexte["resume"] = [(nom, TITRES_DES_ETAPES[nom], lignes_de(dossier, nom)) for nom in ETAPES[:3]]
        contexte["pieces"] = pieces_a_montrer(dossier)
    return contexte


def pieces_a_montrer(dossier: Dossier) -> list[dict[str, Any]]:
    """Each pièce but the e-photo, with its texts and files: keys piece, texte, jointe, fichiers."""
    textes = {ligne["code"]: ligne for ligne in presenter_pieces(dossier.pieces)}
    lignes = []
    for piece in dossier.pieces:
        if piece.code == CodePiece.EPHOTO:
            continue
        jointe = dossier.pieces_jointes.get(piece.code)
        lignes.append(
            {
                "piece": piece,
                "texte": textes[piece.code],
                "jointe": jointe,
                "fichiers": list(jointe.fichiers.all()) if jointe else [],
            }
        )
    return lignes
