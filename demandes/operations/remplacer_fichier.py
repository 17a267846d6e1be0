"""Put another file in the place of one."""

from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from demandes.models import Fichier
from demandes.normalisation.noms import nettoyer_nom
from demandes.operations.ajouter_fichier import TACHE, conserver_brut
from demandes.operations.effacer_contenu import effacer_contenu
from demandes.operations.pieces_ouvertes import verrouiller_pieces
from referentiels.relance import relancer


def remplacer_fichier(
    *, demande_id: UUID, compte_id: int, fichier_id: UUID, nom: str, contenu: File
) -> Fichier:
    """Delete the file and attach `contenu` in its place among the others; gives the new row, in state a_traiter.

    Raises `FichierRefuse` (the old file stays), `FichierIntrouvable`, `FichierOccupe`, `BrouillonIntrouvable`,
    `DejaDeposee`.
    """
    brut = conserver_brut(contenu)
    try:
        with transaction.atomic():
            ouvertes = verrouiller_pieces(demande_id=demande_id, compte_id=compte_id)
            ancien = ouvertes.verrouiller_fichier(fichier_id)
            nouveau = Fichier.objects.create(
                piece=ancien.piece, nom=nettoyer_nom(nom), brut=brut, complement=ouvertes.complement
            )
            # The pages keep their order: auto_now_add is overridden by an update.
            Fichier.objects.filter(pk=nouveau.pk).update(ajoute_le=ancien.ajoute_le)
            effacer_contenu(ancien)
            ancien.delete()
            ouvertes.noter_l_activite()
            relancer(TACHE, str(nouveau.pk))
            return nouveau
    except BaseException:
        default_storage.delete(brut)
        raise
