"""Lost password: ask for a link, use it."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from comptes.formulaires.mot_de_passe import FormulaireMotDePasse, FormulaireOubli
from comptes.jetons import jeton_reinitialisation
from comptes.operations.changer_mot_de_passe import changer_mot_de_passe
from comptes.operations.reinitialiser import demander_reinitialisation
from referentiels.limites import origine, verifier


@method_decorator([login_not_required, never_cache], name="dispatch")
class Oubli(FormView):
    """Ask for a link; the answer, its status and its time do not depend on the number."""

    form_class = FormulaireOubli
    template_name = "comptes/mot_de_passe/oubli.html"
    success_url = reverse_lazy("comptes:mot_de_passe_demande")

    def form_valid(self, form: FormulaireOubli) -> HttpResponse:
        identifiant = form.cleaned_data["username"]
        verifier(f"oubli:{origine(self.request)}", maximum=10, duree=timedelta(hours=1))
        verifier(f"oubli:{identifiant}", maximum=5, duree=timedelta(hours=1))
        demander_reinitialisation(identifiant=identifiant)
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class OubliDemande(TemplateView):
    """« If there is such an account, a mail is on its way »."""

    template_name = "comptes/mot_de_passe/demande.html"


class Nouveau(auth.PasswordResetConfirmView):
    """Choose a password with the link of the mail. Django moves the token from the address to the session."""

    form_class = FormulaireMotDePasse
    template_name = "comptes/mot_de_passe/nouveau.html"
    token_generator = jeton_reinitialisation
    success_url = reverse_lazy("comptes:mot_de_passe_fait")

    def form_valid(self, form: FormulaireMotDePasse) -> HttpResponse:
        changer_mot_de_passe(compte_id=self.user.pk, mot_de_passe=form.cleaned_data["mot_de_passe"])
        del self.request.session[auth.INTERNAL_RESET_SESSION_TOKEN]
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contexte = super().get_context_data(**kwargs)
        # Inactive accounts get no link; one closed since then finds it useless.
        contexte["validlink"] = self.validlink and self.user.is_active
        return contexte


@method_decorator(login_not_required, name="dispatch")
class NouveauFait(TemplateView):
    """The password is changed: log in."""

    template_name = "comptes/mot_de_passe/fait.html"
