"""The second factor of staff: enrol a telephone, give its code or a recovery code (R-COMPTE-5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters

from comptes import second_facteur
from comptes.acces import ouvrir_la_gestion, sans_second_facteur, second_facteur_verifie
from comptes.formulaires.second_facteur import (
    CODE,
    CODE_DE_SECOURS,
    REFUS,
    REFUS_DE_SECOURS,
    FormulaireCodeDeSecours,
    FormulaireCodeUnique,
)
from comptes.operations.agents.activer_second_facteur import activer_second_facteur
from comptes.operations.agents.refus import CodeRefuse, SecondFacteurAbsent, SecondFacteurPresent
from comptes.operations.agents.verifier_second_facteur import verifier_code, verifier_code_de_secours
from comptes.requetes import a_un_second_facteur, codes_de_secours_restants
from comptes.vues.gestion.codes import montrer_les_codes
from comptes.vues.gestion.page import FormulaireDeGestion, avec_suite, suite
from referentiels.limites import TropDEssais

# The seed of the secret being enrolled, in the session until it is confirmed: the same at each reload.
GRAINE = "second_facteur_graine"


@method_decorator([sans_second_facteur, sensitive_post_parameters()], name="dispatch")
class Verification(FormulaireDeGestion):
    """A page between the password and the admin, for whoever has (`enrole`) or has not enrolled a telephone."""

    enrole = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if second_facteur_verifie(request):
            return HttpResponseRedirect(suite(request))
        if a_un_second_facteur(request.user) != self.enrole:
            autre = "admin:second_facteur_activer" if self.enrole else "admin:second_facteur"
            return HttpResponseRedirect(avec_suite(autre, request))
        return super().dispatch(request, *args, **kwargs)


class DemanderCode(Verification):
    """The six digits of the telephone."""

    form_class = FormulaireCodeUnique
    template_name = "gestion/second_facteur/code.html"
    titre = gettext_lazy("Votre code de connexion")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "avec_code_de_secours": avec_suite("admin:second_facteur_secours", self.request)
        }

    def form_valid(self, form: FormulaireCodeUnique) -> HttpResponse:
        try:
            facteur = verifier_code(agent_id=self.request.user.pk, code=form.cleaned_data[CODE])
        except CodeRefuse:
            return self.refuser(form, CODE, REFUS)
        except TropDEssais as limite:
            return self.faire_attendre(form, CODE, limite)
        except SecondFacteurAbsent:
            # Reset at this very moment: the session has ended too.
            return HttpResponseRedirect(self.request.get_full_path())
        ouvrir_la_gestion(self.request, facteur)
        return HttpResponseRedirect(suite(self.request))


class DemanderCodeDeSecours(Verification):
    """One of the ten codes, when the telephone is not at hand."""

    form_class = FormulaireCodeDeSecours
    template_name = "gestion/second_facteur/secours.html"
    titre = gettext_lazy("Utiliser un code de secours")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "avec_telephone": avec_suite("admin:second_facteur", self.request)
        }

    def form_valid(self, form: FormulaireCodeDeSecours) -> HttpResponse:
        agent_id = self.request.user.pk
        try:
            facteur = verifier_code_de_secours(agent_id=agent_id, code=form.cleaned_data[CODE_DE_SECOURS])
        except (CodeRefuse, SecondFacteurAbsent):
            # Without any recovery code left or made, every code is a wrong one.
            return self.refuser(form, CODE_DE_SECOURS, REFUS_DE_SECOURS)
        except TropDEssais as limite:
            return self.faire_attendre(form, CODE_DE_SECOURS, limite)
        ouvrir_la_gestion(self.request, facteur)
        _dire_les_codes_restants(self.request, codes_de_secours_restants(agent_id))
        return HttpResponseRedirect(suite(self.request))


class Activer(Verification):
    """Enrol a telephone: the QR code or the secret to type, then a code as proof that it works."""

    enrole = False
    form_class = FormulaireCodeUnique
    template_name = "gestion/second_facteur/activer.html"
    titre = gettext_lazy("Protéger votre compte avec votre téléphone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        graine, agent = self._graine(), self.request.user
        # Tells accounts apart in the application, and names nobody.
        etiquette = f"{agent.get_role_display()} {agent.pk}"
        return super().get_context_data(**kwargs) | {
            "qr": second_facteur.image_qr(second_facteur.adresse_otpauth(graine, etiquette)),
            "secret": second_facteur.en_groupes(second_facteur.secret_en_base32(graine)),
            "emetteur": second_facteur.EMETTEUR,
            "etiquette": etiquette,
        }

    def form_valid(self, form: FormulaireCodeUnique) -> HttpResponse:
        codes = second_facteur.nouvelle_graine()
        try:
            facteur = activer_second_facteur(
                agent_id=self.request.user.pk,
                graine=self._graine(),
                graine_codes=codes,
                code=form.cleaned_data[CODE],
            )
        except CodeRefuse:
            return self.refuser(
                form,
                CODE,
                _(
                    "Ce code n’est pas le bon. Attendez le code suivant. Vérifiez aussi l’heure de votre téléphone : "
                    "elle doit être réglée automatiquement."
                ),
            )
        except TropDEssais as limite:
            return self.faire_attendre(form, CODE, limite)
        except SecondFacteurPresent:
            return HttpResponseRedirect(avec_suite("admin:second_facteur", self.request))
        del self.request.session[GRAINE]
        ouvrir_la_gestion(self.request, facteur)
        montrer_les_codes(self.request, codes)
        return HttpResponseRedirect(avec_suite("admin:codes_de_secours", self.request))

    def _graine(self) -> str:
        return self.request.session.setdefault(GRAINE, second_facteur.nouvelle_graine())


def _dire_les_codes_restants(request: HttpRequest, restants: int) -> None:
    if restants:
        phrase = ngettext(
            "Ce code de secours ne sert plus. Il vous reste %(n)d code de secours.",
            "Ce code de secours ne sert plus. Il vous reste %(n)d codes de secours.",
            restants,
        ) % {"n": restants}
    else:
        phrase = _("C’était votre dernier code de secours.")
    if restants > second_facteur.SEUIL_D_ALERTE:
        messages.info(request, phrase)
    else:
        messages.warning(request, f"{phrase} {_('Faites-en de nouveaux : menu « Codes de secours ».')}")
