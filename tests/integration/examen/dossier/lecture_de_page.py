"""A page as these tests read it, and the forms they look for."""

import html

ACTION = "//form[contains(@action, '{}')]"


def texte(reponse) -> str:
    """The page with its entities and no-break spaces as plain text."""
    return html.unescape(reponse.content.decode()).replace("\xa0", " ").replace("\u202f", " ")
