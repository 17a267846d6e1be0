"""One page of a PDF as an image: an agent's browser is never given a PDF to run (R-INSTR-3)."""

import math
from pathlib import Path

import pypdfium2
from PIL import Image

from demandes.normalisation.fichier import PAGE
from demandes.normalisation.limites import COTE_PAGE, QUALITE_JPEG
from demandes.normalisation.motifs import Motif, Refuse


def dessiner_page(source: Path, numero: int, sortie: Path) -> None:
    """Draw page `numero` (from 1) of the PDF `source` into the file `page` of the folder `sortie`, as JPEG.

    Decodes in this process: call `isolement.dessiner_a_part` instead. Raises `Refuse`.
    """
    image_de_page(source, numero, COTE_PAGE).save(sortie / PAGE, "JPEG", quality=QUALITE_JPEG)


def image_de_page(source: Path, numero: int, cote: int) -> Image.Image:
    """Page `numero` (from 1) of the PDF, its longest side `cote` points, RGB. Raises `Refuse`."""
    try:
        document = pypdfium2.PdfDocument(source)
        try:
            page = document[numero - 1]
            plus_grand = max(page.get_size())
            if not (math.isfinite(plus_grand) and plus_grand > 0):
                raise Refuse(Motif.ILLISIBLE)
            dessin = page.render(scale=cote / plus_grand, may_draw_forms=False, prefer_bgrx=False)
            return dessin.to_pil().convert("RGB")
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError, OSError) as erreur:
        raise Refuse(Motif.ILLISIBLE) from erreur
