"""Pages that only inform: help, mandatory pages, and what the portal does not do yet (R-PORTAIL-3)."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


def _page(gabarit: str, rubrique: str = "") -> Callable[[HttpRequest], HttpResponse]:
    """Make the view of a page without anything to compute."""

    @require_safe
    @login_not_required
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, f"assistance/{gabarit}.html", {"rubrique": rubrique})

    return page


aide = _page("aide", "aide")
numero = _page("numero", "aide")
voyage = _page("voyage", "aide")
changement_de_situation = _page("changement_de_situation")
mentions_legales = _page("mentions_legales")
donnees_personnelles = _page("donnees_personnelles")
accessibilite = _page("accessibilite")
plan_du_site = _page("plan_du_site")
