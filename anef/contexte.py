"""What every template needs to know about the portal itself."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest

from comptes.prolongation import duree_annoncee


def portail(request: HttpRequest) -> dict[str, object]:
    """Give the base template its banner, identity and telephone number."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "identite_etat": settings.IDENTITE_ETAT,
        "telephone_ccc": settings.TELEPHONE_CCC,
        "page_courriels": bool(settings.COURRIELS_DEMONSTRATION),
        # Called by the template that shows it: an error page must not need a session.
        "duree_session": partial(duree_annoncee, request),
    }
