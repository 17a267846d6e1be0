"""What a step showed beside its answers: when that changes, the step opens again (R-DEPOT-1)."""

import hashlib
import json
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder

from demandes.parcours.identite import civil_du_registre

if TYPE_CHECKING:
    from demandes.parcours.dossier import Dossier


def empreinte(dossier: "Dossier", etape: str) -> str:
    """Digest of what the page of `etape` takes from elsewhere than its own answers."""
    texte = json.dumps(_montre(dossier, etape), cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(texte.encode()).hexdigest()[:16]


def _montre(dossier: "Dossier", etape: str) -> list[object]:
    personne = dossier.personne
    match etape:
        case "situation":
            return [dossier.demande.pour_mineur]
        case "identite":
            return [dossier.beneficiaire, personne and civil_du_registre(personne)]
        case "famille":
            return [
                dossier.beneficiaire,
                dossier.mineur,
                dossier.lien(),
                dossier.statut(),
                dossier.demande.pour_mineur,
                personne and [personne.situation_familiale, personne.date_mariage],
            ]
        case "justificatifs":
            return [[piece.code, piece.obligatoire] for piece in dossier.pieces]
    return []
