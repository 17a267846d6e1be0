"""Check and normalise one upload: a_traiter becomes pret or refuse (R-PIECE-1)."""

import contextlib
import logging
import shutil
import tempfile
import time
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from demandes.models import Fichier
from demandes.normalisation.fichier import APERCU, CONTENU, Normalise
from demandes.normalisation.isolement import normaliser_a_part
from demandes.normalisation.limites import DELAI_MAX_S
from demandes.normalisation.motifs import Motif, Refuse
from demandes.operations.ajouter_fichier import nom_de_stockage
from demandes.operations.effacer_contenu import effacer_contenu
from referentiels.isolement import Plantage

journal = logging.getLogger(__name__)


class Normaliser(Protocol):
    """As `normaliser_a_part`."""

    def __call__(self, source: Path, sortie: Path, *, delai_s: float) -> Normalise: ...


ESSAIS_AU_PLUS = 3
# What one page may spend on the files that the worker has not checked yet, on one of them, and on a lock.
DELAI_PAGE_S = 15.0
DELAI_FICHIER_S = 10.0
ATTENTE_VERROU_MS = 5000


def traiter_fichier(fichier_id: UUID, *, normaliser: Normaliser | None = None) -> bool:
    """Check the file and keep its normalised copy; gives False when there was nothing to do.

    `normaliser` replaces the process apart where the file is one of ours (demonstration).

    Safe to call again and from anywhere: the row stays locked for the time of the work, and a file that another
    process holds is left to it. A file that kills its process three times is refused as illisible. Errors
    of the storage are raised and not held against the file.
    """
    with transaction.atomic():
        fichier = _en_attente(fichier_id).select_for_update(of=("self",), skip_locked=True).first()
        return _traiter(fichier, DELAI_MAX_S, normaliser or normaliser_a_part)


def traiter_en_attente(demande_id: UUID) -> int:
    """Check now the files of the draft that still wait, for a person who wants to go on whatever the worker does.

    Waits a little for a file that a worker holds. Gives up after about `DELAI_PAGE_S` seconds; gives how many
    files still wait.
    """
    fin = time.monotonic() + DELAI_PAGE_S
    attendus = Fichier.objects.filter(piece__demande=demande_id, etat=Fichier.Etat.A_TRAITER)
    for fichier_id in list(attendus.values_list("pk", flat=True)):
        if time.monotonic() > fin:
            break
        # A lock that does not come is not an error: the worker is at it.
        with contextlib.suppress(OperationalError), transaction.atomic():
            with connection.cursor() as curseur:
                curseur.execute(f"SET LOCAL lock_timeout = {ATTENTE_VERROU_MS}")
            fichier = _en_attente(fichier_id).select_for_update(of=("self",)).first()
            _traiter(fichier, DELAI_FICHIER_S, normaliser_a_part)
    return attendus.count()


def _en_attente(fichier_id: UUID) -> QuerySet[Fichier]:
    return Fichier.objects.filter(pk=fichier_id, etat=Fichier.Etat.A_TRAITER)


def _traiter(fichier: Fichier | None, delai_s: float, normaliser: Normaliser) -> bool:
    """Do the work on a locked row, inside the caller's transaction."""
    if fichier is None:
        return False
    with tempfile.TemporaryDirectory(prefix="piece-") as nom:
        dossier = Path(nom)
        source = dossier / "source"
        try:
            _copier(fichier.brut, source)
            resultat = normaliser(source, dossier, delai_s=delai_s)
        except Refuse as refus:
            _refuser(fichier, refus.motif)
        except Plantage as plantage:
            journal.warning("fichier %s: normalisation interrompue (%s)", fichier.pk, plantage)
            fichier.essais += 1
            if fichier.essais >= ESSAIS_AU_PLUS:
                _refuser(fichier, Motif.ILLISIBLE)
            else:
                fichier.save(update_fields=["essais"])
        else:
            _retenir(fichier, resultat, dossier)
    return True


def _copier(brut: str, source: Path) -> None:
    try:
        with default_storage.open(brut) as depuis, source.open("wb") as vers:
            shutil.copyfileobj(depuis, vers)
    except FileNotFoundError as erreur:
        raise Plantage("envoi introuvable") from erreur


def _refuser(fichier: Fichier, motif: Motif) -> None:
    """The row stays, so that the person reads why; the bytes go."""
    effacer_contenu(fichier)
    fichier.etat, fichier.motif, fichier.brut = Fichier.Etat.REFUSE, motif, ""
    fichier.save()


def _retenir(fichier: Fichier, resultat: Normalise, dossier: Path) -> None:
    effacer_contenu(fichier)
    ecrits: list[str] = []
    try:
        for nom in (CONTENU, APERCU):
            with (dossier / nom).open("rb") as octets:
                ecrits.append(default_storage.save(nom_de_stockage(), File(octets)))
        fichier.contenu, fichier.apercu = ecrits
        fichier.brut = ""
        fichier.etat = Fichier.Etat.PRET
        fichier.type_mime, fichier.taille = resultat.type_mime, resultat.taille
        fichier.sha256, fichier.pages = resultat.sha256, resultat.pages
        fichier.save()
    except BaseException:
        for nom in ecrits:
            default_storage.delete(nom)
        raise
