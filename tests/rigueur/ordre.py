"""A queryset without an order gives its rows in a random one, as PostgreSQL may one day."""

import random

from django.db.models import QuerySet


def installer() -> None:
    """Shuffle what an unordered queryset fetched; pytest-randomly's seed makes it happen again."""
    charger = QuerySet._fetch_all

    def charger_dans_le_desordre(self: QuerySet) -> None:
        a_lire = self._result_cache is None
        charger(self)
        # Instances that a prefetch filled in are ordered by their own queryset, which came through here.
        if a_lire and not self.ordered and not self.query.combinator:
            random.shuffle(self._result_cache)

    QuerySet._fetch_all = charger_dans_le_desordre
