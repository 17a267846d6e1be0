"""My account: what it holds, telephone, e-mail, password."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView, TemplateView

from comptes import requetes
from comptes.formulaires.mot_de_passe import FormulaireChangerMotDePasse
from comptes.formulaires.profil import FormulaireChangerEmail, FormulaireTelephone
from comptes.models import ChangementAdresse
from comptes.operations.changer_adresse import LienPerime, confirmer_adresse, demander_changement
from comptes.operations.changer_mot_de_passe import changer_mot_de_passe
from comptes.operations.changer_telephone import changer_telephone
from referentiels.limites import origine, verifier


@method_decorator(never_cache, name="dispatch")
class Profil(TemplateView):
    """What the account holds, and what can be changed."""

    template_name = "comptes/profil/profil.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        compte = self.request.user
        changement = ChangementAdresse.objects.filter(compte=compte).first()
        return super().get_context_data(**kwargs) | {
            "rubrique": "espace",
            "compte": compte,
            "changement": changement if changement and not changement.perime else None,
            "adresse_en_echec": requetes.adresse_en_echec(compte),
        }


@method_decorator(never_cache, name="dispatch")
class Modifier(FormView):
    """A page that changes one thing of my account."""

    success_url = reverse_lazy("comptes:profil")
    extra_context = {"rubrique": "espace"}


class ModifierTelephone(Modifier):
    """The telephone number, changed at once."""

    form_class = FormulaireTelephone
    template_name = "comptes/profil/telephone.html"

    def get_initial(self) -> dict[str, Any]:
        return {"telephone": self.request.user.telephone}

    def form_valid(self, form: FormulaireTelephone) -> HttpResponse:
        changer_telephone(compte_id=self.request.user.pk, telephone=form.cleaned_data["telephone"])
        messages.success(self.request, _("Votre numéro de téléphone est enregistré."))
        return super().form_valid(form)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ModifierAvecMotDePasse(Modifier):
    """Asks the present password, a limited number of times."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        compter_un_essai(request.user.pk)
        return super().post(request, *args, **kwargs)


def compter_un_essai(compte_id: int) -> None:
    """Count one try of the present password. Raises TropDEssais beyond ten in ten minutes."""
    verifier(f"mot_de_passe_actuel:{compte_id}", maximum=10, duree=timedelta(minutes=10))


class ModifierEmail(ModifierAvecMotDePasse):
    """The e-mail address: a link goes to the present and to the new address."""

    form_class = FormulaireChangerEmail
    template_name = "comptes/profil/email.html"

    def form_valid(self, form: FormulaireChangerEmail) -> HttpResponse:
        demander_changement(compte_id=self.request.user.pk, nouvelle=form.cleaned_data["email"])
        messages.success(
            self.request,
            _(
                "Deux messages sont partis : un à votre adresse actuelle, un à la nouvelle. Ouvrez le lien de chacun. "
                "Votre adresse changera après les deux."
            ),
        )
        return super().form_valid(form)


class ModifierMotDePasse(ModifierAvecMotDePasse):
    """The password; this session goes on, every other one ends."""

    form_class = FormulaireChangerMotDePasse
    template_name = "comptes/profil/mot_de_passe.html"

    def form_valid(self, form: FormulaireChangerMotDePasse) -> HttpResponse:
        compte = changer_mot_de_passe(
            compte_id=self.request.user.pk, mot_de_passe=form.cleaned_data["mot_de_passe"]
        )
        update_session_auth_hash(self.request, compte)
        messages.success(
            self.request, _("Votre mot de passe est changé. Vos autres appareils ont été déconnectés.")
        )
        return super().form_valid(form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmer_email(request: HttpRequest, changement_id: UUID, cote: str, jeton: str) -> HttpResponse:
    """Confirm one side of a change of address when the button is pressed; opening the link changes nothing."""
    if request.method != "POST":
        return render(request, "comptes/profil/confirmer_email.html", {"cote": cote})
    verifier(f"lien:{origine(request)}", maximum=30, duree=timedelta(minutes=10))
    try:
        fini = confirmer_adresse(changement_id=changement_id, cote=cote, jeton=jeton)
    except LienPerime:
        return render(request, "comptes/profil/lien_perime.html", status=410)
    return render(request, "comptes/profil/email_confirme.html", {"fini": fini})


def retour_profil(request: HttpRequest) -> HttpResponse:
    """Send /compte/ to the profile."""
    return redirect("comptes:profil")
