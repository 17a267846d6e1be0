"""Forget the reports of actions on several dossiers (R-INSTR-2)."""

from datetime import datetime

from demandes.models import Lot


def oublier_les_lots(*, avant: datetime) -> int:
    """Delete the lots prepared before `avant`, done or never launched; gives how many."""
    _tout, nombres = (
        Lot.objects.filter(cree_le__lt=avant).exclude(lance_le__isnull=False, lignes__resultat="").delete()
    )
    return nombres.get(Lot._meta.label, 0)
