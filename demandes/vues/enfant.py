"""The account of the child of a dossier, seen by the representative: is there one, send a new link (R-COMPTE-4)."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptes.models import InvitationEnfant
from comptes.operations.creer_compte import compte_existant
from demandes.operations.inviter_l_enfant import PAS_EXAMINEES, renvoyer_l_invitation
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.requetes import demandes_de
from demandes.textes import ACTIONS_IMPOSSIBLES
from referentiels.limites import verifier

ENVOIS_PAR_JOUR = 5


@require_http_methods(["GET", "HEAD", "POST"])
def compte_de_l_enfant(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Say where the child's account stands; the button sends a new link to the representative's address."""
    demande = demandes_de(request.user).filter(pk=demande_id, compte=request.user, pour_mineur=True).first()
    if demande is None or demande.majorite_le is None:
        raise Http404
    if request.method == "POST":
        verifier(f"invitation:{demande.pk}", maximum=ENVOIS_PAR_JOUR, duree=timedelta(days=1))
        try:
            renvoyer_l_invitation(demande_id=demande.pk, compte_id=request.user.pk, maintenant=timezone.now())
        except DossierIntrouvable:
            raise Http404 from None
        except ActionImpossible as refus:
            messages.warning(request, ACTIONS_IMPOSSIBLES[refus.code])
        else:
            messages.success(
                request, _("Un nouveau lien est parti à votre adresse électronique. L’ancien ne sert plus.")
            )
        return redirect("demandes:compte_de_l_enfant", demande.pk)
    return render(
        request,
        "demandes/espace/compte_de_l_enfant.html",
        {
            "rubrique": "espace",
            "demande": demande,
            "enfant": " ".join(demande.donnees["civil"]["prenoms"]),
            "a_un_compte": compte_existant(numero_etranger=demande.beneficiaire, numero_visa="") is not None,
            "trop_tot": demande.etat in PAS_EXAMINEES,
            "invitation": InvitationEnfant.objects.filter(numero_etranger=demande.beneficiaire).first(),
        },
    )
