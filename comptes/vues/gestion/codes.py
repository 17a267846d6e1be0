"""The recovery codes of a member of staff: shown until they say that they keep them, downloaded, made again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from comptes import second_facteur
from comptes.formulaires.second_facteur import CODE, REFUS, FormulaireCodeUnique
from comptes.operations.agents.refus import CodeRefuse
from comptes.operations.agents.renouveler_codes import renouveler_codes
from comptes.requetes import codes_de_secours_restants
from comptes.vues.gestion.page import FormulaireDeGestion, PageDeGestion, avec_suite, suite
from referentiels.limites import TropDEssais

# The seed of the codes being shown: the codes themselves are in no table and in no session.
GRAINE = "codes_de_secours_graine"
NOM_DU_FICHIER = "codes-de-secours-portail-bpi.txt"


def montrer_les_codes(request: HttpRequest, graine: str) -> None:
    """Let this session, and no other, show the codes of this seed until the person says that they are kept."""
    request.session[GRAINE] = graine


@method_decorator(never_cache, name="dispatch")
class CodesDeSecours(PageDeGestion, TemplateView):
    """The ten codes, once: a reload shows them again, pressing « J’ai gardé mes codes » does not."""

    template_name = "gestion/second_facteur/codes.html"
    titre = gettext_lazy("Vos codes de secours")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if GRAINE not in request.session:
            return redirect("admin:codes_de_secours_renouveler")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.session.pop(GRAINE, None)
        return HttpResponseRedirect(suite(request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"codes": _codes(self.request)}


@require_GET
@never_cache
def telecharger(request: HttpRequest) -> HttpResponse:
    """The codes as a text file, while they are being shown."""
    if GRAINE not in request.session:
        raise Http404
    lignes = [
        _("Codes de secours du compte d’agent, portail BPI"),
        _("Chaque code sert une seule fois. Gardez-les en lieu sûr, loin de votre téléphone."),
        "",
        *_codes(request),
        "",
    ]
    reponse = HttpResponse("\r\n".join(lignes), content_type="text/plain; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="{NOM_DU_FICHIER}"'
    return reponse


@method_decorator(sensitive_post_parameters(), name="dispatch")
class RenouvelerCodes(FormulaireDeGestion):
    """How many codes are left; new ones, for whoever shows a code of the telephone again."""

    form_class = FormulaireCodeUnique
    template_name = "gestion/second_facteur/renouveler.html"
    titre = gettext_lazy("Codes de secours")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        restants = codes_de_secours_restants(self.request.user.pk)
        return super().get_context_data(**kwargs) | {
            "restants": restants,
            "peu": restants <= second_facteur.SEUIL_D_ALERTE,
        }

    def form_valid(self, form: FormulaireCodeUnique) -> HttpResponse:
        graine = second_facteur.nouvelle_graine()
        try:
            renouveler_codes(agent_id=self.request.user.pk, code=form.cleaned_data[CODE], graine_codes=graine)
        except CodeRefuse:
            return self.refuser(form, CODE, REFUS)
        except TropDEssais as limite:
            return self.faire_attendre(form, CODE, limite)
        montrer_les_codes(self.request, graine)
        messages.success(self.request, _("Vos nouveaux codes sont prêts. Les anciens ne servent plus."))
        return HttpResponseRedirect(avec_suite("admin:codes_de_secours", self.request))


def _codes(request: HttpRequest) -> list[str]:
    return [second_facteur.lisible(code) for code in second_facteur.codes_de_secours(request.session[GRAINE])]
