"""« Je n’ai plus accès à cette adresse »: three public steps, and the page by which the holder says no."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView, TemplateView

from comptes.formulaires.inscription import FormulaireCode, champ_email
from comptes.formulaires.mot_de_passe import FormulaireOubli
from demandes.models import RecuperationAdresse
from demandes.normalisation.motifs import PHRASES, Motif
from demandes.operations.adresse_perdue.annuler import annuler_par_le_compte, annuler_par_lien
from demandes.operations.adresse_perdue.joindre import joindre_identite
from demandes.operations.adresse_perdue.ouvrir import (
    Verification,
    envoyer_code,
    ouvrir_recuperation,
    verifier_code,
)
from demandes.operations.refus import FichierRefuse, RecuperationPerimee
from demandes.vues.plafond import fichiers_trop_gros
from referentiels import territoire
from referentiels.formulaires import Formulaire, Liste
from referentiels.limites import origine, verifier

CLE = "adresse_perdue"
CHAMP = "piece"


class FormulaireAdressePerdue(FormulaireOubli):
    """The number, the new address, the département where the person lives: checked by nobody on this page."""

    email = champ_email(label=gettext_lazy("Votre nouvelle adresse électronique"))
    departement = forms.ChoiceField(
        label=gettext_lazy("Votre département"),
        help_text=gettext_lazy("Celui où vous habitez : sa préfecture vérifie votre demande."),
        widget=Liste,
        error_messages={"required": gettext_lazy("Choisissez votre département.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departement"].choices = [
            ("", _("Choisissez un département")),
            *((code, f"{code} – {nom}") for code, nom in territoire.service().departements()),
        ]


@method_decorator([login_not_required, never_cache], name="dispatch")
class Ouvrir(FormView):
    """Step 1; the answer, its status and its time do not depend on the number."""

    form_class = FormulaireAdressePerdue
    template_name = "demandes/adresse_perdue/ouvrir.html"

    def form_valid(self, form: FormulaireAdressePerdue) -> HttpResponse:
        net = form.cleaned_data
        verifier(f"perdue:{origine(self.request)}", maximum=10, duree=timedelta(hours=1))
        verifier(f"perdue:{net['username']}", maximum=5, duree=timedelta(days=1))
        recuperation = ouvrir_recuperation(
            identifiant=net["username"],
            nouvelle=net["email"],
            departement=net["departement"],
            maintenant=timezone.now(),
        )
        self.request.session[CLE] = str(recuperation.pk)
        return redirect("demandes:adresse_perdue_code")


@method_decorator([login_not_required, never_cache], name="dispatch")
class Etape(FormView):
    """A step of the request that this browser has under way."""

    recuperation: RecuperationAdresse

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        trouvee = RecuperationAdresse.objects.filter(
            pk=request.session.get(CLE),
            etat=RecuperationAdresse.Etat.EN_COURS,
            cree_le__gt=timezone.now() - RecuperationAdresse.DUREE,
        ).first()
        if trouvee is None:
            return _recommencer(request)
        self.recuperation = trouvee
        try:
            return super().dispatch(request, *args, **kwargs)
        except RecuperationPerimee:
            return _recommencer(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"recuperation": self.recuperation}


class Code(Etape):
    """Step 2: the code that the new address received; `renvoyer` asks for another."""

    form_class = FormulaireCode
    template_name = "demandes/adresse_perdue/code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "renvoyer" in request.POST:
            verifier(f"code:{origine(request)}", maximum=20, duree=timedelta(hours=1))
            envoyer_code(recuperation_id=self.recuperation.pk, maintenant=timezone.now())
            messages.success(request, _("Un nouveau code est parti. L’ancien ne sert plus."))
            return redirect("demandes:adresse_perdue_code")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: FormulaireCode) -> HttpResponse:
        issue = verifier_code(
            recuperation_id=self.recuperation.pk,
            code=form.cleaned_data["code"],
            maintenant=timezone.now(),
        )
        if issue is Verification.JUSTE:
            return redirect("demandes:adresse_perdue_piece")
        form.add_error(
            "code",
            _("Ce code n’est pas le bon. Relisez le dernier message reçu.")
            if issue is Verification.FAUX
            else _("Ce code ne peut plus servir. Demandez un nouveau code avec le bouton ci-dessous."),
        )
        return self.form_invalid(form)


class Piece(Etape):
    """Step 3: the identity document; then the request is sent."""

    form_class = Formulaire
    template_name = "demandes/adresse_perdue/piece.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.recuperation.verifiee_le is None:
            return redirect("demandes:adresse_perdue_code")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Reading FILES parses the form: only then is it known what was skipped.
        televerse = request.FILES.get(CHAMP)
        if fichiers_trop_gros(request):
            return self._refuser(_(PHRASES[Motif.TROP_GROS]))
        if televerse is None:
            return self._refuser(_("Choisissez d’abord un fichier : une photo ou un PDF. Puis envoyez-le."))
        verifier(f"identite:{origine(request)}", maximum=20, duree=timedelta(hours=1))
        verifier(f"identite:{self.recuperation.pk}", maximum=10, duree=timedelta(hours=1))
        try:
            joindre_identite(
                recuperation_id=self.recuperation.pk, contenu=televerse, maintenant=timezone.now()
            )
        except FichierRefuse as refus:
            return self._refuser(_(PHRASES[Motif(refus.code)]))
        del request.session[CLE]
        return redirect("demandes:adresse_perdue_envoyee")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"erreur": "", **super().get_context_data(**kwargs)}

    def _refuser(self, phrase: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(erreur=phrase))


@method_decorator(login_not_required, name="dispatch")
class Envoyee(TemplateView):
    """« If there is such an account, an agent will look »."""

    template_name = "demandes/adresse_perdue/envoyee.html"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def annuler_lien(request: HttpRequest, recuperation_id: UUID, jeton: str) -> HttpResponse:
    """Stop the change when the button is pressed; opening the link changes nothing."""
    if request.method != "POST":
        return render(request, "demandes/adresse_perdue/annuler.html")
    verifier(f"lien:{origine(request)}", maximum=30, duree=timedelta(minutes=10))
    try:
        annuler_par_lien(recuperation_id=recuperation_id, jeton=jeton)
    except RecuperationPerimee:
        return render(request, "demandes/adresse_perdue/lien_perime.html", status=410)
    return render(request, "demandes/adresse_perdue/annulee.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def annuler_compte(request: HttpRequest, recuperation_id: UUID) -> HttpResponse:
    """The same, from the account's own pages; somebody else's request does not exist."""
    if not RecuperationAdresse.objects.filter(pk=recuperation_id, compte=request.user).exists():
        raise Http404
    if request.method != "POST":
        return render(request, "demandes/adresse_perdue/annuler.html", {"rubrique": "espace"})
    try:
        annuler_par_le_compte(recuperation_id=recuperation_id, compte_id=request.user.pk)
    except RecuperationPerimee:
        return render(request, "demandes/adresse_perdue/lien_perime.html", status=410)
    return render(request, "demandes/adresse_perdue/annulee.html", {"rubrique": "espace"})


def _recommencer(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request, _("Cette demande a pris fin ou a expiré. Recommencez ici : cela prend quelques minutes.")
    )
    return redirect("demandes:adresse_perdue")
