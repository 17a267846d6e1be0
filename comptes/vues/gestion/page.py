"""What the staff's own pages have in common."""

import math
from typing import Any

from django.contrib.admin import site
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import FormView
from django.views.generic.base import ContextMixin

from referentiels.limites import TropDEssais


class PageDeGestion(ContextMixin):
    """A page in the admin's look. `titre` is its only h1."""

    titre: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "title": self.titre,
            "site_title": site.site_title,
            "site_header": site.site_header,
            "has_permission": site.has_permission(self.request),
            "is_nav_sidebar_enabled": False,
            "is_popup": False,
            **super().get_context_data(**kwargs),
        }


@method_decorator(never_cache, name="dispatch")
class FormulaireDeGestion(PageDeGestion, FormView):
    """A form of these pages: a reached limit is said in the form, with the time to wait, and nothing is lost."""

    def refuser(self, form: Form, champ: str, phrase: str) -> HttpResponse:
        """Show the form again with this sentence at this field."""
        form.add_error(champ, phrase)
        return self.form_invalid(form)

    def faire_attendre(self, form: Form, champ: str, limite: TropDEssais) -> HttpResponse:
        """Show the form again (429) and say when to try again."""
        reponse = self.refuser(form, champ, phrase_d_attente(limite))
        reponse.status_code = 429
        reponse["Retry-After"] = str(_secondes(limite))
        return reponse


def phrase_d_attente(limite: TropDEssais) -> str:
    """Say how long to wait: seconds, minutes or hours; beyond a day, whom to ask."""
    secondes = _secondes(limite)
    if secondes <= 90:
        return ngettext(
            "Il y a eu trop d’essais. Réessayez dans %(n)d seconde.",
            "Il y a eu trop d’essais. Réessayez dans %(n)d secondes.",
            secondes,
        ) % {"n": secondes}
    if limite.minutes <= 90:
        return ngettext(
            "Il y a eu trop d’essais. Réessayez dans %(n)d minute.",
            "Il y a eu trop d’essais. Réessayez dans %(n)d minutes.",
            limite.minutes,
        ) % {"n": limite.minutes}
    heures = math.ceil(limite.minutes / 60)
    if heures <= 24:
        return ngettext(
            "Il y a eu trop d’essais. Réessayez dans %(n)d heure.",
            "Il y a eu trop d’essais. Réessayez dans %(n)d heures.",
            heures,
        ) % {"n": heures}
    return gettext(
        "Il y a eu trop d’essais. Demandez à un administrateur de réinitialiser votre second facteur."
    )


def suite(request: HttpRequest) -> str:
    """The page of ours that was asked for before the second factor, else the admin's first page."""
    voulue = request.GET.get(REDIRECT_FIELD_NAME, "")
    permise = url_has_allowed_host_and_scheme(voulue, {request.get_host()}, require_https=request.is_secure())
    return voulue if permise else reverse("admin:index")


def avec_suite(nom: str, request: HttpRequest) -> str:
    """The address called `nom`, which carries on the page that was asked for."""
    voulue = suite(request)
    if voulue == reverse("admin:index"):
        return reverse(nom)
    requete = QueryDict(mutable=True)
    requete[REDIRECT_FIELD_NAME] = voulue
    return f"{reverse(nom)}?{requete.urlencode(safe='/')}"


def _secondes(limite: TropDEssais) -> int:
    return max(1, math.ceil(limite.attente.total_seconds()))
