"""The values of a message, which JSON keeps as text, in the words of the reader."""

from datetime import date

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def jour(texte: str) -> str:
    """« 7 janvier 2027 » for "2027-01-07", the ISO date that a message carries."""
    return date_format(date.fromisoformat(texte), "j F Y")
