"""The demonstration's past: operations run as they would have run that day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")


@contextmanager
def au_moment(instant: datetime) -> Iterator[datetime]:
    """Make `timezone.now()` answer `instant`, so that the journal, the messages and the files bear that day.

    Only ever called by `peupler_demo`, a process of its own.
    """
    with patch.object(timezone, "now", return_value=instant):
        yield instant


def il_y_a(jours: int, au: date, rang: int = 0) -> datetime:
    """A working hour of the day `jours` days before `au`, in Paris; `rang` keeps several of one day in order."""
    return datetime.combine(au - timedelta(days=jours), time(9 + rang % 8, 10), tzinfo=PARIS)
