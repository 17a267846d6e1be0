"""Log in, log out, change one's password: the staff's own doors."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from comptes.acces import sans_second_facteur
from comptes.formulaires.connexion import FormulaireConnexionAgent
from comptes.formulaires.mot_de_passe import FormulaireChangerMotDePasse, FormulaireOubliAgent
from comptes.operations.changer_mot_de_passe import changer_mot_de_passe
from comptes.vues.connexion import Connexion, Deconnexion
from comptes.vues.gestion.page import FormulaireDeGestion, PageDeGestion
from comptes.vues.mot_de_passe import Oubli
from comptes.vues.profil import compter_un_essai


class ConnexionAgent(PageDeGestion, Connexion):
    """Login and password; the second factor comes next, before anything of the admin is shown."""

    form_class = FormulaireConnexionAgent
    template_name = "gestion/connexion.html"
    titre = gettext_lazy("Connexion des agents")


@method_decorator(sans_second_facteur, name="dispatch")
class DeconnexionAgent(Deconnexion):
    """Log out, at any stage of logging in."""

    next_page = reverse_lazy("admin:login")


class OubliAgent(PageDeGestion, Oubli):
    """Ask for a link to choose a password; the answer does not depend on the login. The second factor stays."""

    form_class = FormulaireOubliAgent
    template_name = "gestion/oubli.html"
    titre = gettext_lazy("Mot de passe oublié")
    success_url = reverse_lazy("admin:login")

    def form_valid(self, form: FormulaireOubliAgent) -> HttpResponse:
        reponse = super().form_valid(form)
        messages.success(
            self.request,
            _(
                "Si un compte existe avec cet identifiant, un lien vient de partir à son adresse. "
                "Il sert une seule fois, pendant une heure."
            ),
        )
        return reponse


@method_decorator(sensitive_post_parameters(), name="dispatch")
class MotDePasseAgent(FormulaireDeGestion):
    """A new password; this session goes on, every other one ends."""

    form_class = FormulaireChangerMotDePasse
    template_name = "gestion/mot_de_passe.html"
    titre = gettext_lazy("Changer mon mot de passe")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        compter_un_essai(request.user.pk)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: FormulaireChangerMotDePasse) -> HttpResponse:
        compte = changer_mot_de_passe(
            compte_id=self.request.user.pk, mot_de_passe=form.cleaned_data["mot_de_passe"]
        )
        update_session_auth_hash(self.request, compte)
        messages.success(
            self.request, _("Votre mot de passe est changé. Vos autres appareils ont été déconnectés.")
        )
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return reverse("admin:index")
