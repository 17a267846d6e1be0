"""A file as images in the agent's browser: a photo as it is, a PDF page by page (R-INSTR-3)."""

import logging
import shutil
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from demandes.models import Fichier
from demandes.normalisation.detection import Genre
from demandes.normalisation.isolement import Plantage, dessiner_a_part
from demandes.normalisation.motifs import Refuse
from demandes.vues.document_prive import proteger

journal = logging.getLogger(__name__)


def nombre_de_pages(fichier: Fichier) -> int:
    """A photo has one."""
    return fichier.pages or 1


def reponse_page(fichier: Fichier, numero: int) -> HttpResponseBase:
    """Page `numero` (from 1) as a JPEG shown in place; the caller has checked who asks and writes it down.

    Raises `Http404` for a file that is not ready or has no such page; answers 503 when it cannot be drawn.
    """
    if (
        fichier.etat != Fichier.Etat.PRET
        or not fichier.contenu
        or not 1 <= numero <= nombre_de_pages(fichier)
    ):
        raise Http404
    try:
        octets = _dessin(fichier, numero) if fichier.type_mime == Genre.PDF else _octets(fichier)
    except FileNotFoundError:
        raise Http404 from None
    except (Plantage, Refuse) as erreur:
        journal.warning(
            "fichier %s: page %s impossible à dessiner (%s)", fichier.pk, numero, type(erreur).__name__
        )
        return HttpResponse(status=503)
    reponse = HttpResponse(octets, content_type="image/jpeg")
    reponse["Content-Disposition"] = f'inline; filename="{fichier.piece.code}-page-{numero}.jpg"'
    proteger(reponse)
    return reponse


def _octets(fichier: Fichier) -> bytes:
    with default_storage.open(fichier.contenu) as contenu:
        return contenu.read()


def _dessin(fichier: Fichier, numero: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="page-") as nom:
        dossier = Path(nom)
        with default_storage.open(fichier.contenu) as depuis, (dossier / "source").open("wb") as vers:
            shutil.copyfileobj(depuis, vers)
        return dessiner_a_part(dossier / "source", dossier, numero).read_bytes()
