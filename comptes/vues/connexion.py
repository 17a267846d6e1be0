"""Log in, log out, keep the session alive."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comptes import reprise
from comptes.formulaires.connexion import FormulaireConnexion
from comptes.limites import page_trop_d_essais
from comptes.models import Compte
from comptes.operations.rapprocher import rapprocher
from comptes.prolongation import duree_annoncee, prolonger
from referentiels.limites import TropDEssais, origine, verifier


class Connexion(auth.LoginView):
    """Everyone may log in here; staff land at the second factor. Django rotates the session and refuses a `next` of
    another site.
    """

    form_class = FormulaireConnexion
    template_name = "comptes/connexion.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # Beside the lock of one number: somebody who tries one password on many numbers.
        verifier(f"connexion:{origine(request)}", maximum=60, duree=timedelta(minutes=10))
        return super().post(request, *args, **kwargs)

    def get_default_redirect_url(self) -> str:
        return accueil_de(self.request.user)

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {
            "a_reprendre": reprise.a_reprendre(self.request),
            "session_finie": reprise.session_finie(self.request),
        }

    def form_valid(self, form: FormulaireConnexion) -> HttpResponse:
        compte = form.get_user()
        reponse = super().form_valid(form)
        reprise.apres_connexion(self.request, compte)
        reprise.poser_temoin(reponse, compte)
        rapprocher(compte_id=compte.pk)
        return reponse


@method_decorator(login_not_required, name="dispatch")
class Deconnexion(auth.LogoutView):
    """Log out; harmless when the session has ended already."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        reponse = super().post(request, *args, **kwargs)
        reprise.oter_temoin(reponse)
        return reponse


def accueil_de(compte: Compte) -> str:
    """Give the page where this account starts: the admin for staff, the espace for the others."""
    return reverse("admin:index") if compte.is_staff else reverse(settings.LOGIN_REDIRECT_URL)


def trop_d_essais(
    request: HttpRequest, reponse: HttpResponse | None, identifiants: dict | None
) -> HttpResponse:
    """Answer a locked number (called by django-axes): the same page whether the number exists or not."""
    return page_trop_d_essais(request, TropDEssais(settings.AXES_COOLOFF_TIME))


@login_not_required
@require_POST
@never_cache
def prolonger_session(request: HttpRequest) -> HttpResponse:
    """Keep the session alive: JSON {"duree": seconds to count on} for a script, 401 once the session has
    ended.

    Without script the same button sends the person back to the page they were on.
    """
    en_json = "application/json" in request.headers.get("Accept", "")
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401) if en_json else HttpResponseRedirect(reverse(settings.LOGIN_URL))
    prolonger(request)
    if en_json:
        return JsonResponse({"duree": duree_annoncee(request)})
    return HttpResponseRedirect(reprise.page_du_formulaire(request, accueil_de(request.user)))
