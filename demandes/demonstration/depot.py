"""The demandes that are deposited from the start, by the operations that the pages call."""

import io
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageDraw

from comptes.models import Compte
from demandes.demonstration.dossier import DossierFictif
from demandes.demonstration.instruction import GESTES
from demandes.demonstration.passe import au_moment, il_y_a
from demandes.models import Demande
from demandes.normalisation.fichier import Normalise, normaliser
from demandes.operations.ajouter_fichier import ajouter_fichier
from demandes.operations.creer_brouillon import creer_brouillon
from demandes.operations.deposer import deposer
from demandes.operations.enregistrer_etape import enregistrer_etape, marque_des_reponses
from demandes.operations.traiter_fichier import traiter_fichier
from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from demandes.regles.codes import CodePiece


@transaction.atomic
def faire_le_dossier(dossier: DossierFictif, *, au: date) -> bool:
    """Deposit the dossier on its day and do what was done since; False when it is there already.

    All of it or nothing, so that a filling that was stopped can be run again.
    """
    compte = Compte.objects.get(identifiant=dossier.compte)
    if compte.demandes.exists():
        return False
    with au_moment(il_y_a(dossier.depose, au)) as le:
        demande = _deposer(compte, dossier, le)
    for rang, (geste, jours) in enumerate(dossier.gestes, start=1):
        with au_moment(il_y_a(jours, au, rang)) as le:
            GESTES[geste](Demande.objects.select_related("compte").get(pk=demande.pk), le)
    return True


def _deposer(compte: Compte, dossier: DossierFictif, le: datetime) -> Demande:
    demande = creer_brouillon(compte_id=compte.pk, pour_mineur=bool(dossier.parent))
    for etape in ETAPES:
        if etape == "justificatifs":
            _joindre(demande, le)
        demande.refresh_from_db()
        _dossier, formulaire = enregistrer_etape(
            demande_id=demande.pk,
            compte_id=compte.pk,
            etape=etape,
            saisie=_saisie(etape, dossier),
            marque=marque_des_reponses(demande, etape),
            au=timezone.localdate(le),
        )
        if not formulaire.is_valid():
            raise ValueError(f"{dossier.identifiant}, {etape}: {formulaire.errors.as_json()}")
    return deposer(demande_id=demande.pk, compte_id=compte.pk, maintenant=le)


def _saisie(etape: str, dossier: DossierFictif) -> MultiValueDict[str, str]:
    registre = dossier.registre
    adresse = registre["adresse"]
    situation = {"pour": "moi", "statut": registre.get("statut", ""), "nature": dossier.nature}
    if dossier.parent:
        annee, mois, jour = registre["date_naissance"].split("-")
        situation |= {
            "pour": "enfant",
            "numero_enfant": dossier.identifiant,
            "date_naissance_annee": annee,
            "date_naissance_mois": mois,
            "date_naissance_jour": jour,
            "souhaite_travailler": "oui",
        }
    for nom in ("lien", "statut_du_protege"):
        if registre.get(nom):
            situation[nom] = registre[nom]
    valeurs = {
        "situation": situation,
        "identite": {
            "ligne": adresse["ligne"],
            "code_postal": adresse["code_postal"],
            "commune": adresse["code_insee"],
            "telephone": registre["telephone"],
        },
        "famille": {"situation_familiale": registre["situation_familiale"], "nombre_enfants": "0"},
        "justificatifs": {"ephoto_code": dossier.ephoto},
        "recapitulatif": {"declaration": "on"},
    }[etape] | dossier.reponses.get(etape, {})
    return MultiValueDict({f"{etape}-{nom}": [valeur] for nom, valeur in valeurs.items()})


def _joindre(demande: Demande, le: datetime) -> None:
    """Give each pièce that is asked for one picture that says what it is."""
    demande.refresh_from_db()
    for piece in Dossier(demande, au=timezone.localdate(le)).pieces:
        if piece.code != CodePiece.EPHOTO and piece.obligatoire:
            fichier = ajouter_fichier(
                demande_id=demande.pk,
                compte_id=demande.compte_id,
                code=piece.code,
                nom=f"{piece.code}.jpg",
                contenu=ContentFile(_image(piece.code)),
            )
            # Our own pictures need no process of their own: a filling takes seconds instead of a minute.
            traiter_fichier(fichier.pk, normaliser=_ici)


def _ici(source: Path, sortie: Path, *, delai_s: float) -> Normalise:
    return normaliser(source, sortie)


@cache
def _image(code: str) -> bytes:
    image = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(image).text((60, 80), f"SPECIMEN\n{code}\nDocument fictif", fill="black", font_size=40)
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=80)
    return sortie.getvalue()
