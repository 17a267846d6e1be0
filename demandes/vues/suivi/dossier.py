"""The page of a deposited dossier, and its attestations (R-ESPACE-1)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from attestations.models import Attestation
from attestations.vues import reponse_pdf
from comptes.requetes import notifications
from demandes.chronologie import chronologie, consultations, delai_legal, prochaine_action
from demandes.etats import A_DECIDER, OUVERTS, Etat
from demandes.models import Convocation, Demande, Remise
from demandes.parcours.titres import lignes_deposees
from demandes.requetes import complement_ouvert, demandes_de
from demandes.suivi import documents, pieces_envoyees, reponse_negative
from demandes.vues.suivi.acces import mon_dossier

NOTIFICATIONS_MONTREES = 3
CONVOCATIONS_A_VENIR = (Convocation.Etat.PREVUE, Convocation.Etat.A_REPORTER)


@require_GET
def demande(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Who must act now, what happened, the legal delay, the answer, the card, what was sent and received."""
    dossier = mon_dossier(request, demande_id)
    aujourdhui = timezone.localdate()
    complement = complement_ouvert(dossier)
    contexte = {
        "rubrique": "espace",
        "demande": dossier,
        "action": prochaine_action(dossier, complement),
        "complement": complement,
        "delai": _delai(dossier, aujourdhui),
        "ofpra": dossier.ofpra_en_attente and dossier.etat in A_DECIDER,
        "negative": reponse_negative(dossier),
        "remise": Remise.objects.filter(demande=dossier).first(),
        "a_rendre": dossier.donnees["titre_detenu"] is not None,
        "convocations": dossier.convocations.filter(etat__in=CONVOCATIONS_A_VENIR).order_by("le", "pk"),
        "rectifications": dossier.rectifications.order_by("-cree_le", "-pk"),
        "documents": documents(dossier, aujourdhui),
        "frise": chronologie(dossier),
        "pieces": pieces_envoyees(dossier),
        "reponses": lignes_deposees(dossier),
        "consultations": consultations(dossier),
        "notifications": notifications(request.user).filter(demande=dossier)[:NOTIFICATIONS_MONTREES],
        "peut_retirer": dossier.etat == Etat.DEPOSEE,
        "peut_signaler": dossier.etat in OUVERTS,
    }
    return render(request, "demandes/espace/demande.html", contexte)


def _delai(dossier: Demande, au: date) -> dict[str, Any] | None:
    """The legal delay as the page says it: jour, phrase, and `recours` once silence is a refusal; None once decided."""
    if dossier.etat not in A_DECIDER:
        return None
    delai = delai_legal(dossier)
    famille = dossier.donnees["situation"]["statut"] == "membre_famille"
    return {"jour": delai.jour, "phrase": delai.phrase(au), "recours": famille and au >= delai.jour}


@require_GET
def attestation(request: HttpRequest, attestation_id: UUID) -> HttpResponse:
    """The PDF, rendered now if the worker has not done it yet (R-DEPOT-4)."""
    trouvee = Attestation.objects.filter(pk=attestation_id, demande__in=demandes_de(request.user)).first()
    if trouvee is None:
        raise Http404
    return reponse_pdf(request, trouvee)
