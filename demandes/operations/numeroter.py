"""The 19-digit number of a demande: site (4), date (8), time in Paris (4), sequence (3)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from demandes.models import Demande

PARIS = ZoneInfo("Europe/Paris")
PLUS_GRANDE_SEQUENCE = 999


def numeroter(*, site: str, maintenant: datetime) -> str:
    """Give the next free number of the site, inside the caller's transaction.

    `site` is the prefecture's four digits, `maintenant` an aware datetime. The layout is the one of the
    official 2D-Doc example (field 6K). In the hour that the autumn change repeats the sequence goes on, and
    a minute with a thousand deposits borrows from the next one.
    """
    with connection.cursor() as curseur:
        # One deposit at a time takes a number at this site, until its commit.
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"numero:{site}"])
    minute = maintenant.astimezone(PARIS).replace(second=0, microsecond=0, tzinfo=None)
    while True:
        debut = f"{site}{minute:%Y%m%d%H%M}"
        dernier = (
            Demande.objects.filter(numero__startswith=debut)
            .order_by("-numero")
            .values_list("numero", flat=True)
            .first()
        )
        sequence = int(dernier[-3:]) + 1 if dernier else 0
        if sequence <= PLUS_GRANDE_SEQUENCE:
            return f"{debut}{sequence:03d}"
        minute += timedelta(minutes=1)
