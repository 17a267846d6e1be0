"""Write down who opened a dossier or a file (R.142-22: look-ups are kept three years)."""

from uuid import UUID

from demandes.models import Evenement


def journaliser_consultation(*, demande_id: UUID, agent_id: int, objet: str) -> None:
    """`objet` is "dossier" or the id of the file or attestation opened."""
    Evenement.objects.create(
        demande_id=demande_id, type="consultation", acteur_id=agent_id, valeurs={"objet": objet}
    )
