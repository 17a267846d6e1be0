"""The account page: drafts, dossiers in progress, closed ones, last messages (R-ESPACE-1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from comptes.requetes import adresse_en_echec, notifications
from demandes.chronologie import prochaine_action
from demandes.requetes import brouillons_de, closes_de, ouvertes_de

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
            "ouvertes": [
                (demande, prochaine_action(demande, next(iter(demande.complements_ouverts), None)))
                for demande in ouvertes_de(request.user)
            ],
            "closes": closes_de(request.user),
            "notifications": notifications(request.user)[:NOTIFICATIONS_MONTREES],
            "adresse_en_echec": adresse_en_echec(request.user),
        },
    )
