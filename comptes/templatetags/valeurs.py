"""The values of a message, which JSON keeps as text, in the words of the reader."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def jour(texte: str) -> str:
    """« 7 janvier 2027 » for "2027-01-07", the ISO date that a message carries."""
    return date_format(date.fromisoformat(texte), "j F Y")


@register.filter
def instant(texte: str) -> str:
    """« mardi 7 janvier 2027 à 09:30 », the time in Paris, for an ISO 8601 instant that a message carries."""
    return date_format(localtime(datetime.fromisoformat(texte)), r"l j F Y \à H:i")
