"""The link of the verification mail, which may be opened on another device than the one of the sign-up."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comptes.formulaires.inscription import FormulaireNumero
from comptes.models import Inscription
from comptes.operations.verifier_adresse import Verification, verifier_lien
from comptes.vues.inscription import CLE
from referentiels.limites import origine, verifier


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lien_inscription(request: HttpRequest, inscription_id: UUID, jeton: str) -> HttpResponse:
    """Verify the address when the button is pressed.

    Opening the link changes nothing: mail scanners open every link, also those of a mail that its reader
    never asked for.
    """
    if request.method != "POST":
        return render(request, "comptes/inscription/lien.html")
    verifier(f"lien:{origine(request)}", maximum=30, duree=timedelta(minutes=10))
    if verifier_lien(inscription_id=inscription_id, jeton=jeton) is not Verification.JUSTE:
        return render(request, "comptes/inscription/lien_perime.html", status=410)
    if request.session.get(CLE) == str(inscription_id):
        return redirect("comptes:inscription_mot_de_passe")
    return _page(request, FormulaireNumero(), inscription_id, jeton)


@login_not_required
@never_cache
@require_POST
def continuer_ici(request: HttpRequest, inscription_id: UUID, jeton: str) -> HttpResponse:
    """Go on with the sign-up on this device, for whoever knows the number of step 1.

    The link alone is not enough: an address with a typing error may be a stranger's.
    """
    verifier(f"lien:{origine(request)}", maximum=30, duree=timedelta(minutes=10))
    verifier(f"lien:{inscription_id}", maximum=10, duree=timedelta(hours=1))
    if verifier_lien(inscription_id=inscription_id, jeton=jeton) is not Verification.JUSTE:
        return render(request, "comptes/inscription/lien_perime.html", status=410)
    form = FormulaireNumero(request.POST)
    if not form.is_valid():
        return _page(request, form, inscription_id, jeton)
    inscription = Inscription.objects.get(pk=inscription_id)
    connus = [inscription.saisie.get("numero", ""), inscription.numero_etranger, inscription.numero_visa]
    # Every comparison is made, each in constant time.
    justes = [constant_time_compare(form.cleaned_data["numero"], connu) for connu in connus if connu]
    if not any(justes):
        form.add_error(
            "numero",
            _(
                "Ce n’est pas le numéro écrit à l’étape 1. Vérifiez le numéro, ou revenez à "
                "l’appareil où vous avez commencé."
            ),
        )
        return _page(request, form, inscription_id, jeton)
    request.session[CLE] = str(inscription_id)
    return redirect("comptes:inscription_mot_de_passe")


def _page(request: HttpRequest, form: FormulaireNumero, inscription_id: UUID, jeton: str) -> HttpResponse:
    return render(
        request,
        "comptes/inscription/verifiee.html",
        {"form": form, "inscription_id": inscription_id, "jeton": jeton},
    )
