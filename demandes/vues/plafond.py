"""Stop storing an upload at the size that is accepted, and go on reading so that the page can answer."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from demandes.normalisation.limites import FICHIERS_PAR_PIECE, TAILLE_MAX
from demandes.normalisation.noms import nettoyer_nom

# A few bytes more than what is accepted: the operation is the one that refuses.
MARGE = 64 * 1024
TOTAL_MAX = FICHIERS_PAR_PIECE * (TAILLE_MAX + MARGE)


class PlafondTeleversement(FileUploadHandler):
    """First handler of FILE_UPLOAD_HANDLERS: skips a file that passes 15 MB, and all once a form passes 150 MB.

    The rest of the body is read and dropped, never stored: a server that stops reading makes browsers show
    « connection reset » instead of its answer. Names of skipped files: `fichiers_trop_gros(request)`.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._de_ce_fichier = 0
        self._en_tout = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._de_ce_fichier = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._de_ce_fichier += len(raw_data)
        self._en_tout += len(raw_data)
        if self._de_ce_fichier > TAILLE_MAX + MARGE or self._en_tout > TOTAL_MAX:
            self.request.fichiers_trop_gros = [
                *fichiers_trop_gros(self.request),
                nettoyer_nom(self.file_name),
            ]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing to give: the handlers that follow make the file."""


def fichiers_trop_gros(request: Any) -> list[str]:
    """Cleaned names of the files of this POST that were skipped."""
    return getattr(request, "fichiers_trop_gros", [])
