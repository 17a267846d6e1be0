"""The wizard's storage is the draft's row: several drafts never mix and none dies with the session."""

from django.http import HttpRequest
from formtools.wizard.storage.base import BaseStorage


class StockageBrouillon(BaseStorage):
    """Answers are read from `request.brouillon`; only the operation `enregistrer_etape` writes them.

    formtools' own storages reset the answers at a plain GET and keep them in the session.
    """

    def __init__(self, prefix: str, request: HttpRequest, file_storage: object | None = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.init_data()
        self.data[self.step_data_key] = request.brouillon.reponses

    def reset(self) -> None:
        """Nothing to forget: the row is discarded by its own operation only."""
