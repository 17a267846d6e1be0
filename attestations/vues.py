"""The PDF over HTTP. Who may have it is decided by the caller, in demandes."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from attestations.donnees import ADF, APD, CONFIRMATION_DEPOT
from attestations.erreurs import AttestationIndisponible
from attestations.models import Attestation

journal = logging.getLogger(__name__)

# Said of the file without telling whose it is.
NOMS_DE_FICHIER = {
    APD: "attestation-prolongation-instruction",
    CONFIRMATION_DEPOT: "confirmation-depot",
    ADF: "attestation-decision-favorable",
}
# Seconds after which a browser or a person may ask again.
REESSAYER_APRES = 30


def reponse_pdf(request: HttpRequest, attestation: Attestation) -> HttpResponse:
    """The PDF as an attachment, made now if need be; a page that says when to come back if it cannot be."""
    try:
        octets = attestation.contenu_pdf()
    except AttestationIndisponible as erreur:
        journal.error("attestation %s unavailable: %s", attestation.pk, type(erreur).__name__)
        page = render(request, "attestations/indisponible.html", status=503)
        page["Retry-After"] = str(REESSAYER_APRES)
        return page
    nom = f"{NOMS_DE_FICHIER[attestation.type]}-{attestation.debut:%Y-%m-%d}.pdf"
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{nom}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
