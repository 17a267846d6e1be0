"""The account page: my demandes, one demande with its timeline and attestations (R-ESPACE-1)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attestations.models import Attestation
from attestations.vues import reponse_pdf
from comptes.requetes import adresse_en_echec, notifications
from demandes.chronologie import chronologie, delai_legal, prochaine_action
from demandes.etats import Etat
from demandes.parcours.titres import lignes_deposees
from demandes.requetes import brouillons_de, closes_de, demandes_de, ouvertes_de

NOTIFICATIONS_MONTREES = 5


@require_GET
def espace(request: HttpRequest) -> HttpResponse:
    """Drafts to resume, dossiers in progress, closed ones, the last notifications."""
    return render(
        request,
        "demandes/espace/accueil.html",
        {
            "rubrique": "espace",
            "brouillons": brouillons_de(request.user),
            "ouvertes": [(demande, prochaine_action(demande)) for demande in ouvertes_de(request.user)],
            "closes": closes_de(request.user),
            "notifications": notifications(request.user)[:NOTIFICATIONS_MONTREES],
            "adresse_en_echec": adresse_en_echec(request.user),
        },
    )


@require_GET
def demande(request: HttpRequest, demande_id: str) -> HttpResponse:
    """One dossier: who must act now, what happened, the legal delay, the documents."""
    trouvee = demandes_de(request.user).exclude(etat=Etat.BROUILLON).filter(pk=demande_id).first()
    if trouvee is None:
        raise Http404
    return render(
        request,
        "demandes/espace/demande.html",
        {
            "rubrique": "espace",
            "demande": trouvee,
            "frise": chronologie(trouvee),
            "action": prochaine_action(trouvee),
            "delai": delai_legal(trouvee),
            "reponses": lignes_deposees(trouvee),
            "attestations": trouvee.attestations.order_by("-cree_le"),
        },
    )


@require_GET
def attestation(request: HttpRequest, attestation_id: str) -> HttpResponse:
    """The PDF, rendered now if the worker has not done it yet (R-DEPOT-4)."""
    trouvee = Attestation.objects.filter(pk=attestation_id, demande__in=demandes_de(request.user)).first()
    if trouvee is None:
        raise Http404
    return reponse_pdf(request, trouvee)
