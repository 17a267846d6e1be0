"""Share codes of an attestation: made, listed and ended by the person of the dossier (R-ATT-3)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from attestations import partages as codes
from attestations.erreurs import PartageRefuse, RefusPartage
from attestations.models import Attestation, Partage
from attestations.operations.partager import creer_partage, revoquer_partage
from demandes.requetes import demandes_de
from referentiels.champs import ChampDate
from referentiels.formulaires import Formulaire

# Long enough for a visit or a hiring; the person may say otherwise.
DUREE_PROPOSEE = timedelta(days=30)
REFUS = {
    RefusPartage.FIN_PASSEE: gettext_lazy(
        "Cette date est passée. Choisissez aujourd’hui ou un jour à venir."
    ),
    RefusPartage.FIN_LOINTAINE: gettext_lazy(
        "Cette date est trop loin. Choisissez un jour dans les 6 mois qui viennent."
    ),
    RefusPartage.SANS_EFFET: gettext_lazy(
        "Cette attestation n’est plus valable. Partagez la plus récente de votre dossier."
    ),
    RefusPartage.TROP_NOMBREUX: gettext_lazy("Vous avez 20 codes en cours. Arrêtez-en un, puis recommencez."),
}


class FormulairePartager(Formulaire):
    """For whom, and until when."""

    motif = forms.ChoiceField(
        label=gettext_lazy("Qui va vérifier l’attestation ?"),
        choices=Partage.Motif.choices,
        widget=forms.RadioSelect,
    )
    fin = ChampDate(
        label=gettext_lazy("Dernier jour du code"),
        help_text=gettext_lazy("Après ce jour, le code ne marche plus. 6 mois au plus."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partages(request: HttpRequest, attestation_id: UUID) -> HttpResponse:
    """The share codes of one attestation, and the form that makes another."""
    attestation = _attestation(request, attestation_id)
    aujourd_hui = timezone.localdate()
    formulaire = FormulairePartager(
        request.POST if request.method == "POST" else None, initial={"fin": aujourd_hui + DUREE_PROPOSEE}
    )
    if formulaire.is_valid():
        try:
            creer_partage(
                attestation_id=attestation.pk,
                motif=formulaire.cleaned_data["motif"],
                fin=formulaire.cleaned_data["fin"],
                au=aujourd_hui,
            )
        except PartageRefuse as erreur:
            sur_la_date = erreur.refus in (RefusPartage.FIN_PASSEE, RefusPartage.FIN_LOINTAINE)
            formulaire.add_error("fin" if sur_la_date else None, REFUS[erreur.refus])
        else:
            messages.success(request, _("Le code est créé. Donnez-le seulement à la personne concernée."))
            return redirect("demandes:partages", attestation.pk)
    contexte: dict[str, Any] = {
        "rubrique": "espace",
        "attestation": attestation,
        "form": formulaire,
        "partages": [_ligne(request, partage) for partage in attestation.partages.order_by("-cree_le", "pk")],
        "aujourd_hui": aujourd_hui,
    }
    return render(request, "demandes/espace/partages.html", contexte)


@require_POST
def revoquer(request: HttpRequest, attestation_id: UUID, partage_id: UUID) -> HttpResponse:
    """End one share code at once."""
    attestation = _attestation(request, attestation_id)
    partage = attestation.partages.filter(pk=partage_id).first()
    if partage is None:
        raise Http404
    revoquer_partage(partage_id=partage.pk, maintenant=timezone.now())
    messages.success(request, _("Le code est arrêté : il ne montre plus rien."))
    return redirect("demandes:partages", attestation.pk)


def _attestation(request: HttpRequest, attestation_id: UUID) -> Attestation:
    """One of the attestations that this account sees; what others own does not exist."""
    trouvee = (
        Attestation.objects.filter(pk=attestation_id, demande__in=demandes_de(request.user))
        .select_related("demande")
        .first()
    )
    if trouvee is None:
        raise Http404
    return trouvee


def _ligne(request: HttpRequest, partage: Partage) -> dict[str, Any]:
    """A share as its holder sees it; the code and its link while it works.

    Empty when the secret key has changed since: the old code still works, and can no longer be read again.
    """
    code = codes.code(partage.pk)
    lisible = codes.empreinte(code) == partage.empreinte
    groupe = codes.grouper(code) if lisible else ""
    lien = reverse("attestations:lien_de_partage", args=[groupe]) if lisible else ""
    return {"partage": partage, "code": groupe, "lien": request.build_absolute_uri(lien) if lien else ""}
