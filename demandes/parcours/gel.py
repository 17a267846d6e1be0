"""The frozen copy of a dossier: what was shown at the last step is what the agent will read (R-DEPOT-2)."""

from typing import Any

from django.utils.translation import override

from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from demandes.parcours.lecture import lignes_de
from demandes.regles.lecture import situation_vers_dict
from referentiels.agdref import DocumentConnu


def geler(dossier: Dossier) -> dict[str, Any]:
    """Everything that the dossier says on the day of the deposit, as JSON.

    Keys: au (ISO date), beneficiaire, civil (civil status and where it comes from), adresse, situation and
    orientation (the shapes of R-REGLES-9), titre_detenu and document_detenu ({nature, numero, debut, fin} or
    null: the permit held; the permit, visa or récépissé that ends last), lignes ({step: [[label, value in
    words]]}), pieces ([{code, obligatoire, fichiers: [{id, sha256}]}]), ephoto_code.
    """
    with override("fr"):
        lignes = {etape: [list(ligne) for ligne in lignes_de(dossier, etape)] for etape in ETAPES[:3]}
    return {
        "au": dossier.au.isoformat(),
        "beneficiaire": dossier.beneficiaire,
        "civil": dossier.civil,
        "adresse": adresse_de(dossier),
        "situation": situation_vers_dict(dossier.situation),
        "orientation": dossier.orientation.vers_dict(),
        "titre_detenu": _document(dossier.titre_detenu),
        "document_detenu": _document(dossier.personne and dossier.personne.document_de_sejour),
        "lignes": lignes,
        "pieces": [
            {
                "code": piece.code,
                "obligatoire": piece.obligatoire,
                "fichiers": [
                    {"id": str(fichier.id), "sha256": fichier.sha256}
                    for fichier in (
                        dossier.pieces_jointes[piece.code].fichiers.all()
                        if piece.code in dossier.pieces_jointes
                        else ()
                    )
                ],
            }
            for piece in dossier.pieces
        ],
        "ephoto_code": dossier.demande.ephoto_code,
    }


def _document(document: DocumentConnu | None) -> dict[str, str] | None:
    if document is None:
        return None
    return {
        "nature": document.nature,
        "numero": document.numero,
        "debut": document.debut.isoformat(),
        "fin": document.fin.isoformat(),
    }


def adresse_de(dossier: Dossier) -> dict[str, str]:
    """The address of step 2: ligne, complement, code_postal, code_insee, commune, telephone."""
    net = dossier.nettes("identite") or {}
    formulaire = dossier.formulaire("identite")
    communes = {commune.code_insee: commune.nom for commune in formulaire.communes}
    return {
        "ligne": net["ligne"],
        "complement": net["complement"],
        "code_postal": net["code_postal"],
        "code_insee": net["commune"],
        "commune": communes[net["commune"]],
        "telephone": net["telephone"],
    }
