"""Attach a file to a pièce of a draft or an open complement: quick checks now, the real ones in the worker."""

import uuid
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from demandes.models import Fichier
from demandes.normalisation.detection import OCTETS_UTILES
from demandes.normalisation.fichier import verifier_entete
from demandes.normalisation.limites import FICHIERS_PAR_PIECE
from demandes.normalisation.motifs import Refuse
from demandes.normalisation.noms import nettoyer_nom
from demandes.operations.pieces_ouvertes import verrouiller_pieces
from demandes.operations.refus import FichierRefuse, TropDeFichiers
from referentiels.relance import relancer

TACHE = "demandes.tasks.traiter_fichier"


def ajouter_fichier(*, demande_id: UUID, compte_id: int, code: str, nom: str, contenu: File) -> Fichier:
    """Store the upload as it came and order its check; gives the row, in state a_traiter.

    `code` is a pièce asked for, `nom` what the person called the file. Raises `FichierRefuse` (empty,
    too big, not a type we take), `TropDeFichiers`, `BrouillonIntrouvable`, `DejaDeposee`; then nothing is kept.
    """
    brut = conserver_brut(contenu)
    try:
        with transaction.atomic():
            ouvertes = verrouiller_pieces(demande_id=demande_id, compte_id=compte_id)
            piece = ouvertes.piece(code)
            if ouvertes.fichiers().filter(piece=piece).count() >= FICHIERS_PAR_PIECE:
                raise TropDeFichiers
            fichier = Fichier.objects.create(
                piece=piece, nom=nettoyer_nom(nom), brut=brut, complement=ouvertes.complement
            )
            ouvertes.noter_un_ajout(code)
            ouvertes.noter_l_activite()
            relancer(TACHE, str(fichier.pk))
            return fichier
    except BaseException:
        default_storage.delete(brut)
        raise


def conserver_brut(contenu: File) -> str:
    """Check what can be checked at once and store the upload; gives its name in the storage.

    Streams: the file never sits in memory. Raises `FichierRefuse`.
    """
    contenu.seek(0)
    try:
        verifier_entete(contenu.read(OCTETS_UTILES), contenu.size)
    except Refuse as refus:
        raise FichierRefuse(refus.motif) from refus
    contenu.seek(0)
    return default_storage.save(nom_de_stockage(), contenu)


def nom_de_stockage() -> str:
    """A random name: it says nothing of the person nor of the document."""
    hasard = uuid.uuid4().hex
    return f"pieces/{hasard[:2]}/{hasard}"
