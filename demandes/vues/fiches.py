"""Beside each attestation, what it allows in words: for the holder, and for an employer, a landlord or a bank."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from attestations.donnees import DonneesAttestation
from attestations.fiches import MODELE, Fiche, Public, fiche
from attestations.models import Attestation
from attestations.rendu import preuve
from attestations.validite import Situation, situation
from demandes.requetes import demandes_de

# A sheet is handed out for what may be shown now or soon; of the rest the page says that it is over.
A_MONTRER = frozenset({Situation.EN_VIGUEUR, Situation.A_VENIR})


@require_GET
def fiche_de_droits(request: HttpRequest, attestation_id: UUID, public: str) -> HttpResponse:
    """The sheet as a page; `public` is titulaire or tiers."""
    attestation, contenu = _fiche(request, attestation_id, public)
    etat = situation(attestation, timezone.localdate())
    return render(
        request,
        "demandes/espace/fiche_de_droits.html",
        {
            "rubrique": "espace",
            "attestation": attestation,
            "public": public,
            "fiche": contenu,
            "situation": etat,
            "a_montrer": etat in A_MONTRER,
        },
    )


@require_GET
def fiche_pdf(request: HttpRequest, attestation_id: UUID, public: str) -> HttpResponse:
    """The same as a PDF of one page, made now and not kept; 404 once the attestation is not to be shown any more."""
    attestation, contenu = _fiche(request, attestation_id, public)
    if situation(attestation, timezone.localdate()) not in A_MONTRER:
        raise Http404
    octets = preuve(
        MODELE,
        {
            **contenu.valeurs(),
            "emission_iso": attestation.donnees["emise_le"],
            "demonstration": settings.DEMONSTRATION,
            "telephone_ccc": settings.TELEPHONE_CCC,
        },
        langue=get_language() or settings.LANGUAGE_CODE,
    )
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="fiche-{public}-{attestation.debut:%Y-%m-%d}.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _fiche(request: HttpRequest, attestation_id: UUID, public: str) -> tuple[Attestation, Fiche]:
    attestation = Attestation.objects.filter(pk=attestation_id, demande__in=demandes_de(request.user)).first()
    if attestation is None or public not in set(Public):
        raise Http404
    return attestation, fiche(
        DonneesAttestation.depuis_dict(attestation.donnees),
        Public(public),
        verification=settings.BASE_URL + reverse("attestations:verifier"),
    )
