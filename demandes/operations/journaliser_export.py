"""Write down who takes a list of dossiers out of the portal (R.142-22)."""

from collections.abc import Collection
from datetime import datetime

from demandes.models import ExportDeListe


def commencer_export(
    *, agent_id: int, situation: str, prefectures: Collection[str], maintenant: datetime
) -> ExportDeListe:
    """Note the export before its first line leaves; `situation` is a code of SITUATIONS."""
    return ExportDeListe.objects.create(
        agent_id=agent_id, situation=situation, prefectures=sorted(prefectures), commence_le=maintenant
    )


def finir_export(*, export_id: int, lignes: int, maintenant: datetime) -> None:
    """Note how many dossiers left, also when the reader went away before the end."""
    ExportDeListe.objects.filter(pk=export_id).update(lignes=lignes, fini_le=maintenant)
