"""Who may enter which part of the portal: one gate for every page (R-COMPTE-5).

| who | the public part | the usagers' part | /gestion/ |
|---|---|---|---|
| anonymous | yes | its login page | its login page |
| usager | yes | yes | 404 |
| staff, password only | yes | 404; « Mon espace » leads to /gestion/ | the page of the second factor |
| staff, second factor checked | yes | 404; « Mon espace » leads to /gestion/ | yes; each screen asks for its role |
"""

import time
from collections.abc import Callable
from typing import Any

import django_otp
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django_otp.models import Device

from comptes.prolongation import prolonger

# When the second factor was checked, in the session.
CLE = "second_facteur_le"
GESTION = "admin"


class AccesMiddleware(LoginRequiredMiddleware):
    """Closed by default: anonymous visitors log in, staff give their second factor, each part keeps to its people.

    Stands where LoginRequiredMiddleware would. A view of /gestion/ is protected even when it forgets `admin_view`.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Give the redirect that keeps this person out, or None to let them in.

        Raises Http404 for an usager in /gestion/, and for staff in the usagers' part.
        """
        if not request.user.is_authenticated:
            return super().process_view(request, view_func, view_args, view_kwargs)
        if dans_la_gestion(request):
            if not request.user.is_staff:
                raise Http404
            if getattr(view_func, "sans_second_facteur", False) or second_facteur_verifie(request):
                return None
            return _vers_le_second_facteur(request)
        if request.user.is_staff and getattr(view_func, "login_required", True):
            # « Mon espace » stands in the menu of every public page: theirs is elsewhere.
            mon_espace = request.resolver_match.view_name == settings.LOGIN_REDIRECT_URL
            if mon_espace and request.method in ("GET", "HEAD"):
                return redirect("admin:index")
            raise Http404
        return None

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        """Send an anonymous visitor to the login page of the part asked for."""
        return redirect_to_login(request.get_full_path(), page_de_connexion(request))


def sans_second_facteur(vue: Callable) -> Callable:
    """Mark a view of /gestion/ that a member of staff needs before the second factor is checked."""
    vue.sans_second_facteur = True
    return vue


def dans_la_gestion(request: HttpRequest) -> bool:
    """Whether this request is about a page of the staff's part."""
    return request.resolver_match is not None and GESTION in request.resolver_match.namespaces


def page_de_connexion(request: HttpRequest) -> str:
    """The address of the login page for the part of the portal that this request is about."""
    return reverse("admin:login") if dans_la_gestion(request) else reverse(settings.LOGIN_URL)


def second_facteur_verifie(request: HttpRequest) -> bool:
    """Whether a second factor that still exists was checked in this session, less than SECOND_FACTEUR_HEURES ago.

    NIST SP 800-63B §4.2.3 (AAL2): both factors again after 12 hours, whatever the activity.
    """
    age = time.time() - request.session.get(CLE, 0)
    return request.user.is_verified() and 0 <= age < settings.SECOND_FACTEUR_HEURES * 3600


def ouvrir_la_gestion(request: HttpRequest, facteur: Device) -> None:
    """Note in the session that `facteur` was just checked; the session and the token of forms are renewed."""
    request.session.cycle_key()
    rotate_token(request)
    django_otp.login(request, facteur)
    request.session[CLE] = int(time.time())
    prolonger(request)


def _vers_le_second_facteur(request: HttpRequest) -> HttpResponse:
    page = reverse("admin:second_facteur")
    # An address that was posted to may not be one to look at.
    if request.method != "GET" or request.path == reverse("admin:index"):
        return redirect(page)
    return redirect_to_login(request.get_full_path(), page, REDIRECT_FIELD_NAME)
