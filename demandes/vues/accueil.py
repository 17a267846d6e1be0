"""The home page and its tiles (R-PORTAIL-1)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def accueil(request: HttpRequest) -> HttpResponse:
    """Five tiles and how a deposit goes."""
    return render(request, "portail/accueil.html", {"rubrique": "accueil"})
