"""Tell the people who follow a dossier what has just happened to it (R-ESPACE-1, R-COMPTE-4)."""

from typing import Any

from attestations.models import Attestation
from comptes.operations.avertir import avertir
from demandes.models import Demande
from demandes.requetes import comptes_du_dossier


def prevenir(
    demande: Demande, *, type: str, cle: str, attestation: Attestation | None = None, **valeurs: Any
) -> None:
    """Order the mail and the notification `type` for every account that sees the dossier.

    Their texts get `valeurs` and numero, nature, enfant: the child's first names where the account is
    somebody else's, a parent with several children. A child who came of age without an account has nobody to be
    told: the account that applied learns that there is news, and where the child can read it, nothing more.
    """
    enfant = " ".join(demande.donnees["civil"]["prenoms"]) if demande.pour_mineur else ""
    communes = {"numero": demande.numero, "nature": str(demande.nature), **valeurs}
    comptes = comptes_du_dossier(demande)
    for compte in comptes:
        sien = compte.numero_etranger == demande.beneficiaire
        avertir(
            compte=compte,
            type=type,
            valeurs={**communes, "enfant": "" if sien else enfant},
            cle=f"{cle}:enfant" if sien and demande.pour_mineur else cle,
            demande=demande,
            attestation=attestation,
        )
    if not comptes:
        avertir(
            compte=demande.compte,
            type="dossier_du_majeur",
            valeurs={"enfant": enfant},
            cle=f"{cle}:majeur",
        )
