"""Start, resume and discard drafts; the page after the deposit; the proof of a failed one."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestations.rendu import preuve
from attestations.validite import VIVANTE
from demandes.etats import Etat
from demandes.models import EchecDepot
from demandes.operations.abandonner_brouillon import abandonner_brouillon
from demandes.operations.creer_brouillon import creer_brouillon
from demandes.operations.refus import BrouillonIntrouvable, DejaDeposee, TropDeBrouillons
from demandes.parcours.dossier import Dossier
from demandes.requetes import demandes_de
from referentiels import territoire


def nouvelle(request: HttpRequest) -> HttpResponse:
    """Create a draft and open its first step; `pour` is moi or enfant."""
    if request.method != "POST":
        return redirect("demandes:demander")
    try:
        demande = creer_brouillon(compte_id=request.user.pk, pour_mineur=request.POST.get("pour") == "enfant")
    except TropDeBrouillons:
        messages.error(
            request, _("Vous avez déjà 20 brouillons. Reprenez-en un, ou supprimez ceux qui ne servent plus.")
        )
        return redirect("demandes:espace")
    return redirect("demandes:etape", demande.pk, "situation")


@require_GET
def reprendre_brouillon(request: HttpRequest, demande_id: str) -> HttpResponse:
    """Open the draft at the first step that is to do."""
    demande = demandes_de(request.user).filter(pk=demande_id).first()
    if demande is None:
        raise Http404
    if demande.etat != Etat.BROUILLON:
        return redirect("demandes:demande", demande.pk)
    dossier = Dossier(demande, au=timezone.localdate())
    return redirect("demandes:etape", demande.pk, dossier.premiere_a_faire)


def abandonner(request: HttpRequest, demande_id: str) -> HttpResponse:
    """Ask, then discard the draft and its files."""
    demande = demandes_de(request.user).filter(pk=demande_id).first()
    if demande is None:
        raise Http404
    if request.method != "POST":
        return render(request, "demandes/espace/abandonner.html", {"demande": demande, "rubrique": "espace"})
    try:
        abandonner_brouillon(demande_id=demande.pk, compte_id=request.user.pk)
    except BrouillonIntrouvable:
        raise Http404 from None
    except DejaDeposee as deja:
        messages.warning(request, _("Cette demande est déjà déposée. Elle n’est pas supprimée."))
        return redirect("demandes:demande", deja.demande.pk)
    messages.success(request, _("Le brouillon et ses fichiers sont supprimés."))
    return redirect("demandes:espace")


@require_GET
def depose(request: HttpRequest, demande_id: str) -> HttpResponse:
    """The result page: number, attestation to download at once, what happens next (R-DEPOT-4)."""
    demande = demandes_de(request.user).exclude(etat=Etat.BROUILLON).filter(pk=demande_id).first()
    if demande is None:
        raise Http404
    # Of a confirmation and the APD that replaced it at once, the one that gives rights.
    attestation = demande.attestations.filter(VIVANTE).order_by("debut").last()
    return render(
        request,
        "demandes/depose.html",
        {"demande": demande, "attestation": attestation, "rubrique": "espace"},
    )


@require_GET
def preuve_d_echec(request: HttpRequest, demande_id: str, reference: str) -> HttpResponse:
    """The dated proof of a deposit that failed through a fault of ours, as PDF."""
    echec = EchecDepot.objects.filter(
        demande__in=demandes_de(request.user).filter(pk=demande_id), reference=reference
    ).first()
    if echec is None:
        raise Http404
    octets = preuve(
        "preuve_echec/v1",
        {
            "reference": echec.reference,
            "le": timezone.localtime(echec.le),
            "identifiant": request.user.identifiant,
            "demonstration": settings.DEMONSTRATION,
        },
    )
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="preuve-echec-{echec.reference}.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@require_GET
def communes(request: HttpRequest) -> HttpResponse:
    """The communes of a postal code, for the list that fills itself where scripts run."""
    trouvees = territoire.service().communes(request.GET.get("code_postal", "")[:5])
    return JsonResponse({"communes": [[commune.code_insee, commune.nom] for commune in trouvees]})
