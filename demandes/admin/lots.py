"""Take or hand over several dossiers: choose, read what will happen, launch, read what happened (R-INSTR-2)."""

from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from demandes.admin.acces import reserve
from demandes.admin.adresses import LISTE, adresse, dossiers_coches, situation_demandee
from demandes.admin.lignes import ligne_de
from demandes.file.lots import Prevision, avancement, lots_de, previsions
from demandes.file.pages import tranche
from demandes.models import LigneDeLot, Lot
from demandes.operations.lancer_lot import lancer_lot
from demandes.operations.preparer_lot import DOSSIERS_MAX, preparer_lot
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.requetes import agents_des_prefectures
from demandes.textes import ACTIONS_IMPOSSIBLES, RESULTATS_DE_LOT

PHRASES = {**ACTIONS_IMPOSSIBLES, **RESULTATS_DE_LOT}
VUE = "admin:demandes_demande_lot"


@reserve()
def preparer(request: HttpRequest) -> HttpResponse:
    """Keep the dossiers ticked, or the first ones of the tab; the page of the lot then shows what would happen."""
    action, situation = request.POST.get("action", ""), situation_demandee(request.POST)
    if action not in Lot.Action.values:
        raise Http404
    ids = dossiers_coches(request.POST)
    prefecture = request.POST.get("prefecture", "")
    if "tous" in request.POST:
        premiers = tranche(request.user, situation, prefecture=prefecture, position=None, nombre=DOSSIERS_MAX)
        ids = [demande.pk for demande in premiers]
    try:
        lot = preparer_lot(
            agent_id=request.user.pk, action=action, demande_ids=ids, maintenant=timezone.now()
        )
    except ActionImpossible as refus:
        messages.warning(request, ACTIONS_IMPOSSIBLES[refus.code])
        return redirect(adresse(situation, prefecture))
    return redirect(VUE, lot.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@reserve()
def lot(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    """GET shows the lot: what would happen, how far it is, what happened. POST launches it, once."""
    if request.method == "POST":
        return _lancer(request, lot_id)
    trouve = get_object_or_404(lots_de(request.user), pk=lot_id)
    lignes = previsions(trouve)
    contexte = {
        **admin.site.each_context(request),
        "title": trouve.get_action_display(),
        "lot": trouve,
        "liste": LISTE,
    }
    if trouve.lance_le is None:
        contexte |= {
            "possibles": [_ligne(prevue) for prevue in lignes if not prevue.code],
            "impossibles": [_ligne(prevue) for prevue in lignes if prevue.code],
            "collegues": (
                agents_des_prefectures(request.user).order_by("nom", "prenoms", "identifiant")
                if trouve.action == Lot.Action.CONFIER
                else []
            ),
        }
        return TemplateResponse(request, "admin/demandes/demande/lot.html", contexte)
    contexte |= {
        "avancement": avancement(trouve),
        "faits": [_ligne(faite) for faite in lignes if faite.code == LigneDeLot.FAIT],
        "refuses": [_ligne(faite) for faite in lignes if faite.code not in ("", LigneDeLot.FAIT)],
    }
    return TemplateResponse(request, "admin/demandes/demande/lot_lance.html", contexte)


def _lancer(request: HttpRequest, lot_id: UUID) -> HttpResponse:
    choisi = request.POST.get("confie_a", "")
    try:
        lancer_lot(
            lot_id=lot_id,
            agent_id=request.user.pk,
            confie_a_id=int(choisi) if choisi.isascii() and choisi.isdigit() and len(choisi) < 19 else None,
            maintenant=timezone.now(),
        )
    except DossierIntrouvable:
        raise Http404 from None
    except ActionImpossible as refus:
        messages.error(request, ACTIONS_IMPOSSIBLES[refus.code])
    return redirect(VUE, lot_id)


def _ligne(prevision: Prevision) -> dict[str, object]:
    """A dossier and the sentence that says what is, or was, in the way."""
    demande = prevision.demande
    return {
        "ligne": ligne_de(demande, timezone.localdate()) if demande else None,
        "raison": PHRASES[prevision.code] if prevision.code else "",
    }
