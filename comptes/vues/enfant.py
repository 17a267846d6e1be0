"""The link that a child uses to claim an account of their own (R-COMPTE-4)."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comptes.formulaires.enfant import FormulaireEnfant
from comptes.operations.creer_compte import CompteExistant
from comptes.operations.reclamer_compte import InvitationPerimee, NumeroFaux, reclamer_compte
from comptes.vues.inscription import CLE
from referentiels.limites import origine, verifier


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compte_enfant(request: HttpRequest, invitation_id: UUID, jeton: str) -> HttpResponse:
    """Ask the child's number, then go on with the steps « address » and « password » of a sign-up.

    Opening the link changes nothing, and tells nothing of whether it is still good.
    """
    if request.user.is_authenticated:
        # Mostly the parent, who opens the mail: the account to make is not theirs.
        return render(request, "comptes/enfant/deja_connecte.html")
    if request.method != "POST":
        return _page(request, FormulaireEnfant())
    verifier(f"lien:{origine(request)}", maximum=30, duree=timedelta(minutes=10))
    verifier(f"enfant:{invitation_id}", maximum=10, duree=timedelta(hours=1))
    form = FormulaireEnfant(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        inscription = reclamer_compte(
            invitation_id=invitation_id, jeton=jeton, numero=form.cleaned_data["numero"]
        )
    except InvitationPerimee:
        return render(request, "comptes/enfant/lien_perime.html", status=410)
    except CompteExistant:
        return render(request, "comptes/inscription/compte_existant.html")
    except NumeroFaux:
        form.add_error("numero", _("Ce n’est pas le bon numéro. Recopiez-le depuis votre document."))
        return _page(request, form)
    request.session[CLE] = str(inscription.pk)
    return redirect("comptes:inscription_adresse")


def _page(request: HttpRequest, form: FormulaireEnfant) -> HttpResponse:
    return render(request, "comptes/enfant/numero.html", {"form": form})
