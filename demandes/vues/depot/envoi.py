"""« Déposer »: the operation, and the sentence for each way it can say no."""

import structlog
from django.contrib import messages
from django.db import Error as ErreurDeBase
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from referentiels import ephoto
from referentiels.agdref import AgdrefIndisponible
from referentiels.ephoto import EphotoIndisponible, EtatEphoto
from referentiels.formulaires import Formulaire

logger = structlog.get_logger(__name__)

PHRASES_EPHOTO = {
    EtatEphoto.EXPIRE: gettext_lazy(
        "Ce code e-photo a plus de 6 mois. Faites une nouvelle e-photo dans une cabine ou chez un photographe "
        "agréé. Puis écrivez son code."
    ),
    EtatEphoto.UTILISE: gettext_lazy(
        "Ce code e-photo a déjà servi. Un code sert une seule fois. Faites une nouvelle e-photo dans une cabine ou "
        "chez un photographe agréé."
    ),
}
EPHOTO_INCONNUE = gettext_lazy(
    "Ce code e-photo n’est pas encore connu. Relisez-le sur la planche de photos. S’il est juste, continuez : un "
    "code neuf met jusqu’à 48 heures à fonctionner."
)


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
        return redirect(f"{reverse('demandes:etape', args=[demande.pk, 'justificatifs'])}#ephoto")
    except (DemandeEnCours, DepotImpossible):
        # The page of the orientation names each reason and what to do instead.
        return redirect("demandes:orientation", demande.pk)
    except (ErreurDeBase, OSError, AgdrefIndisponible, EphotoIndisponible):
        logger.exception("depot_echoue")
        echec = consigner_echec(demande_id=demande.pk)
        return render(request, "demandes/depot_echoue.html", {"demande": demande, "echec": echec}, status=503)
    return redirect("demandes:depose", depose.pk)


def dire_l_ephoto(request: HttpRequest, formulaire: Formulaire) -> None:
    """Say at step 4 what the service knows of the code: refused at once, or not known yet.

    An error is added to the form for a code that cannot serve. A service that does not answer says nothing: the
    deposit asks again.
    """
    try:
        etat = ephoto.service().consulter(formulaire.cleaned_data["ephoto_code"], timezone.now())
    except EphotoIndisponible:
        return
    if etat in PHRASES_EPHOTO:
        formulaire.add_error("ephoto_code", PHRASES_EPHOTO[etat])
    elif etat != EtatEphoto.VALIDE:
        messages.warning(request, EPHOTO_INCONNUE)
