"""Dates in messages: their values are JSON, so a day or a time comes as ISO 8601 text."""

from datetime import date, datetime

from django import template

register = template.Library()


@register.filter
def instant(texte: str) -> date | datetime:
    """The day or the time of an ISO 8601 text, for the filter `date`: `{{ valeurs.le|instant|date:"j F Y" }}`."""
    return datetime.fromisoformat(texte) if "T" in texte else date.fromisoformat(texte)
