"""« Déposer »: the operation, and the sentence for each way it can say no."""

import structlog
from django.contrib import messages
from django.db import Error as ErreurDeBase
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from demandes.models import Demande
from demandes.operations.consigner_echec import consigner_echec
from demandes.operations.deposer import deposer
from demandes.operations.refus import (
    BrouillonIntrouvable,
    DemandeEnCours,
    DepotImpossible,
    EphotoRefusee,
    EtapeAReprendre,
)
from referentiels.agdref import AgdrefIndisponible
from referentiels.ephoto import EphotoIndisponible

logger = structlog.get_logger(__name__)

PHRASES_EPHOTO = {
    "expire": gettext_lazy(
        "Ce code e-photo a plus de 6 mois. Faites une nouvelle e-photo, puis écrivez son code."
    ),
    "utilise": gettext_lazy(
        "Ce code e-photo a déjà servi. Un code sert une seule fois. Faites une nouvelle e-photo."
    ),
}


def envoyer(request: HttpRequest, demande: Demande) -> HttpResponse:
    """Deposit `demande`; whatever happens the draft is untouched or the dossier stands."""
    try:
        depose = deposer(demande_id=demande.pk, compte_id=request.user.pk, maintenant=timezone.now())
    except BrouillonIntrouvable:
        raise Http404 from None
    except EtapeAReprendre as reprise:
        messages.warning(request, _("Une réponse a changé depuis votre passage. Vérifiez cette étape."))
        return redirect("demandes:etape", demande.pk, reprise.etape)
    except EphotoRefusee as refus:
        messages.error(request, PHRASES_EPHOTO[refus.etat])
        return redirect("demandes:etape", demande.pk, "justificatifs")
    except (DemandeEnCours, DepotImpossible):
        # The page of the orientation names each reason and what to do instead.
        return redirect("demandes:orientation", demande.pk)
    except (ErreurDeBase, OSError, AgdrefIndisponible, EphotoIndisponible):
        logger.exception("depot_echoue")
        echec = consigner_echec(demande_id=demande.pk)
        return render(request, "demandes/depot_echoue.html", {"demande": demande, "echec": echec}, status=503)
    return redirect("demandes:depose", depose.pk)
