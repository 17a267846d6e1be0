"""« Recevoir un rappel »: the day when the renewal window opens, for those who came too early (R-REGLES-4)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from demandes.etats import Etat
from demandes.models import Demande
from demandes.operations.rappeler import programmer_rappel
from demandes.parcours.dossier import Dossier
from demandes.regles.faits import TitreDetenu, TypeTitre
from demandes.regles.fenetre import fenetre_de
from demandes.requetes import brouillons_de
from referentiels.agdref import DocumentConnu


@require_http_methods(["GET", "POST"])
def rappel(request: HttpRequest) -> HttpResponse:
    """Show the day, and programme the reminder; `demande` names a draft for somebody else's permit (a child's)."""
    aujourdhui = timezone.localdate()
    dossier = Dossier(_brouillon(request), au=aujourdhui)
    beneficiaire, titre = _titre(dossier)
    fenetre = fenetre_de(_pour_les_regles(titre), aujourdhui) if titre else None
    a_venir = fenetre is not None and fenetre.ouverture > aujourdhui
    if request.method == "POST" and a_venir:
        programmer_rappel(compte_id=request.user.pk, beneficiaire=beneficiaire, jour=fenetre.ouverture)
        messages.success(
            request,
            _("C’est noté. Nous vous écrirons le %(jour)s.")
            % {"jour": date_format(fenetre.ouverture, "j F Y")},
        )
        return redirect("demandes:espace")
    return render(
        request,
        "demandes/rappel.html",
        {
            "rubrique": "espace",
            "titre": titre,
            "fenetre": fenetre,
            "a_venir": a_venir,
            "demande": request.GET.get("demande", ""),
        },
    )


def _brouillon(request: HttpRequest) -> Demande:
    """The draft that the page is about; without one, an unsaved draft stands for the account's own permit."""
    identifiant = request.POST.get("demande") or request.GET.get("demande")
    if not identifiant:
        return Demande(compte=request.user, etat=Etat.BROUILLON)
    try:
        demande = brouillons_de(request.user).filter(pk=UUID(identifiant)).first()
    except ValueError:
        demande = None
    if demande is None:
        raise Http404
    return demande


def _titre(dossier: Dossier) -> tuple[str, DocumentConnu | None]:
    """Whose permit, and the permit that the register knows."""
    personne = dossier.personne or dossier.titulaire
    return (personne.identifiant, personne.titre_detenu) if personne else ("", None)


def _pour_les_regles(titre: DocumentConnu) -> TitreDetenu:
    return TitreDetenu(TypeTitre(titre.type or "autre"), titre.debut, titre.fin)
