"""The demande that is deposited from the start, by the operations that the pages call (DEMANDE_EN_COURS)."""

import io
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageDraw

from comptes.models import Compte
from demandes.demonstration import ephotos
from demandes.demonstration.personnage import Personnage
from demandes.models import Demande
from demandes.operations.ajouter_fichier import ajouter_fichier
from demandes.operations.creer_brouillon import creer_brouillon
from demandes.operations.deposer import deposer
from demandes.operations.enregistrer_etape import enregistrer_etape, marque_des_reponses
from demandes.operations.traiter_fichier import traiter_fichier
from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from demandes.regles.codes import CodePiece


def deposer_la_demande(*, personnage: Personnage, maintenant: datetime) -> bool:
    """Deposit a first application of this refugee; False when a demande of the account exists already."""
    compte = Compte.objects.get(identifiant=personnage.identifiant)
    if compte.demandes.exists():
        return False
    demande = creer_brouillon(compte_id=compte.pk, pour_mineur=False)
    for etape in ETAPES:
        if etape == "justificatifs":
            _joindre(demande, maintenant)
        demande.refresh_from_db()
        _dossier, formulaire = enregistrer_etape(
            demande_id=demande.pk,
            compte_id=compte.pk,
            etape=etape,
            saisie=_saisie(etape, personnage.registre),
            marque=marque_des_reponses(demande, etape),
            au=timezone.localdate(maintenant),
        )
        if not formulaire.is_valid():
            raise ValueError(f"{etape}: {formulaire.errors.as_json()}")
    deposer(demande_id=demande.pk, compte_id=compte.pk, maintenant=maintenant)
    return True


def _saisie(etape: str, registre: dict[str, Any]) -> MultiValueDict[str, str]:
    adresse = registre["adresse"]
    valeurs = {
        "situation": {"pour": "moi", "statut": registre["statut"], "nature": "premiere"},
        "identite": {
            "ligne": adresse["ligne"],
            "code_postal": adresse["code_postal"],
            "commune": adresse["code_insee"],
            "telephone": registre["telephone"],
        },
        "famille": {"situation_familiale": registre["situation_familiale"], "nombre_enfants": "0"},
        "justificatifs": {"ephoto_code": ephotos.DEPOSEE},
        "recapitulatif": {"declaration": "on"},
    }[etape]
    return MultiValueDict({f"{etape}-{nom}": [valeur] for nom, valeur in valeurs.items()})


def _joindre(demande: Demande, maintenant: datetime) -> None:
    """Give each pièce that is asked for one picture that says what it is."""
    demande.refresh_from_db()
    for piece in Dossier(demande, au=timezone.localdate(maintenant)).pieces:
        if piece.code != CodePiece.EPHOTO and piece.obligatoire:
            contenu = ContentFile(_image(piece.code))
            fichier = ajouter_fichier(
                demande_id=demande.pk,
                compte_id=demande.compte_id,
                code=piece.code,
                nom=f"{piece.code}.jpg",
                contenu=contenu,
            )
            traiter_fichier(fichier.pk)


def _image(code: str) -> bytes:
    image = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(image).text((60, 80), f"SPECIMEN\n{code}\nDocument fictif", fill="black", font_size=40)
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=80)
    return sortie.getvalue()
