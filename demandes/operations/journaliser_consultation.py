"""Write down who opened a dossier or a file (R.142-22: look-ups are kept three years)."""

from datetime import datetime
from uuid import UUID

from demandes.models import Evenement


def journaliser_consultation(
    *, demande_id: UUID, agent_id: int, objet: str, sauf_depuis: datetime | None = None
) -> None:
    """`objet` is "dossier" or the id of the file or attestation opened.

    With `sauf_depuis`, a look at the same by the same agent since then is enough: the pages of one file.
    """
    consultations = Evenement.objects.filter(
        demande_id=demande_id, type="consultation", acteur_id=agent_id, valeurs={"objet": objet}
    )
    if sauf_depuis is not None and consultations.filter(le__gte=sauf_depuis).exists():
        return
    Evenement.objects.create(
        demande_id=demande_id, type="consultation", acteur_id=agent_id, valeurs={"objet": objet}
    )
