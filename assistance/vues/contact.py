"""Contact: how to reach someone, and what to have at hand (R-PORTAIL-2, R-CCC-3)."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demandes.parcours.titres import TITRES_DES_ETAPES
from referentiels import territoire

# As anef.journalisation makes them; anything else in the address is not shown.
REFERENCE = re.compile(r"[A-Z0-9-]{1,40}")


@require_safe
@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    """The CCC's number, how to prepare a call, and the help point of a prefecture.

    Query: `reference` of an error, `etape` of the deposit, `departement` chosen in the list.
    """
    lieux = territoire.service()
    reference = request.GET.get("reference", "")
    departement = request.GET.get("departement", "")[:3]
    contexte = {
        "reference": reference if REFERENCE.fullmatch(reference) else "",
        "etape": TITRES_DES_ETAPES.get(request.GET.get("etape", ""), ""),
        "departements": lieux.departements(),
        "departement": departement,
        "prefecture": lieux.prefecture(departement) if departement else None,
    }
    return render(request, "assistance/contact.html", contexte)
