"""Error pages: each says what to do next and carries a reference that support can find."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
@login_not_required
def page_perimee(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's page is older than the session (CSRF failure): nothing was changed, say how to go on."""
    return render(request, "erreurs/page_perimee.html", {"chemin": request.path}, status=403)


@requires_csrf_token
@login_not_required
def erreur_interne(request: HttpRequest) -> HttpResponse:
    """A fault of ours; the reference ties the page to the log."""
    return render(
        request, "erreurs/erreur_interne.html", {"reference": getattr(request, "reference", "")}, status=500
    )


@requires_csrf_token
@login_not_required
def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Unknown and forbidden look the same."""
    return render(request, "erreurs/introuvable.html", status=404)


@requires_csrf_token
@login_not_required
def requete_refusee(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django refuses before any view (bad host, too many fields…)."""
    return render(request, "erreurs/requete_refusee.html", status=400)
