"""What else a person may do about a deposited dossier: withdraw it, report an error, ask for another date."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptes import reprise
from demandes.etats import OUVERTS, Etat
from demandes.models import Convocation
from demandes.operations.demander_report import demander_report as reporter
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, GesteImpossible
from demandes.operations.retirer import retirer as retirer_la_demande
from demandes.operations.signaler_erreur import signaler_erreur as signaler
from demandes.textes import GESTES_IMPOSSIBLES
from demandes.vues.suivi.acces import mon_dossier
from demandes.vues.suivi.formulaires import ReportForm, SignalerErreurForm


@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Say what withdrawing does, then withdraw."""
    demande = mon_dossier(request, demande_id)
    if demande.etat == Etat.RETIREE:
        # The second click of a double click.
        return redirect("demandes:demande", demande.pk)
    if demande.etat != Etat.DEPOSEE:
        messages.warning(request, str(GESTES_IMPOSSIBLES["retrait_trop_tard"]))
        return redirect("demandes:demande", demande.pk)
    if request.method != "POST":
        return render(request, "demandes/espace/retirer.html", {"demande": demande, "rubrique": "espace"})
    try:
        retirer_la_demande(demande_id=demande.pk, compte_id=request.user.pk, maintenant=timezone.now())
    except DossierIntrouvable:
        raise Http404 from None
    except ActionImpossible:
        messages.warning(request, str(GESTES_IMPOSSIBLES["retrait_trop_tard"]))
    else:
        messages.success(request, _("La demande est retirée."))
    return redirect("demandes:demande", demande.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def signaler_erreur(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Report what is wrong in the dossier; the answer comes on its page."""
    demande = mon_dossier(request, demande_id)
    if demande.etat not in OUVERTS:
        messages.warning(request, str(GESTES_IMPOSSIBLES["erreur_demande_close"]))
        return redirect("demandes:demande", demande.pk)
    saisie = request.POST if request.method == "POST" else reprise.reprendre(request)
    formulaire = SignalerErreurForm(saisie)
    if request.method == "POST" and formulaire.is_valid():
        try:
            signaler(demande_id=demande.pk, compte_id=request.user.pk, **formulaire.cleaned_data)
        except DossierIntrouvable:
            raise Http404 from None
        except GesteImpossible as refus:
            formulaire.add_error(
                "champ" if refus.code == "erreur_deja_signalee" else None,
                str(GESTES_IMPOSSIBLES[refus.code]),
            )
        else:
            messages.success(
                request, _("La préfecture a reçu votre message. Sa réponse sera sur cette page.")
            )
            return redirect("demandes:demande", demande.pk)
    return render(
        request,
        "demandes/espace/signaler_erreur.html",
        {"demande": demande, "form": formulaire, "rubrique": "espace"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def demander_report(request: HttpRequest, demande_id: UUID, convocation_id: int) -> HttpResponse:
    """« Je ne peux pas venir »."""
    demande = mon_dossier(request, demande_id)
    convocation = demande.convocations.filter(pk=convocation_id).first()
    if convocation is None:
        raise Http404
    if convocation.etat not in (Convocation.Etat.PREVUE, Convocation.Etat.A_REPORTER):
        messages.warning(request, str(GESTES_IMPOSSIBLES["report_trop_tard"]))
        return redirect("demandes:demande", demande.pk)
    saisie = request.POST if request.method == "POST" else reprise.reprendre(request)
    formulaire = ReportForm(saisie, initial={"souhait": convocation.souhait})
    if request.method == "POST" and formulaire.is_valid():
        try:
            reporter(
                demande_id=demande.pk,
                compte_id=request.user.pk,
                convocation_id=convocation_id,
                souhait=formulaire.cleaned_data["souhait"],
            )
        except DossierIntrouvable:
            raise Http404 from None
        except GesteImpossible as refus:
            messages.warning(request, str(GESTES_IMPOSSIBLES[refus.code]))
        else:
            messages.success(request, _("C’est noté. La préfecture vous donnera une autre date."))
        return redirect("demandes:demande", demande.pk)
    return render(
        request,
        "demandes/espace/report.html",
        {"demande": demande, "convocation": convocation, "form": formulaire, "rubrique": "espace"},
    )
