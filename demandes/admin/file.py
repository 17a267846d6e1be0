"""The agents' queue: an inbox of situations, each in the order in which people lose rights (R-INSTR-2)."""

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from comptes.models import Compte
from demandes.admin import exports, lots, statistiques
from demandes.admin.acces import reserve
from demandes.admin.adresses import LISTE, adresse, position_demandee, situation_demandee
from demandes.admin.lignes import Ligne, ligne_de
from demandes.file.chercher import LONGUEUR_MAX, Resultat, chercher
from demandes.file.nombres import PLAFOND, Nombres, en_tout, nombres
from demandes.file.pages import page
from demandes.models import Demande
from demandes.operations.preparer_lot import DOSSIERS_MAX
from demandes.situations import CLOS, SITUATIONS, Situation

# Searches are kept in the session, so that names and numbers stay out of addresses; the last ones only.
RECHERCHES = "recherches"
RECHERCHES_MAX = 5


class FileDesDossiers(admin.ModelAdmin):
    """The list of the dossiers' admin page and what starts from it: search, bulk actions, export, statistics."""

    def get_urls(self) -> list[URLPattern]:
        def adresse(chemin: str, vue: Any, nom: str) -> URLPattern:
            return path(chemin, self.admin_site.admin_view(vue), name=f"demandes_demande_{nom}")

        return [
            adresse("chercher/", require_POST(retenir_la_recherche), "chercher"),
            adresse("lots/", require_POST(lots.preparer), "preparer_lot"),
            adresse("lots/<uuid:lot_id>/", lots.lot, "lot"),
            adresse("export/", require_POST(exports.exporter), "export"),
            adresse("statistiques/", require_GET(statistiques.statistiques), "statistiques"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return file(request)


@require_safe
@reserve()
def file(request: HttpRequest) -> HttpResponse:
    """A page of one situation, or the results of a search; at first, the dossiers to take."""
    jeton = request.GET.get("recherche")
    situation = None if jeton is not None else situation_demandee(request.GET)
    prefecture = request.GET.get("prefecture", "")
    prefectures = nombres(request.user)
    if prefecture not in {p.code for p in prefectures}:
        prefecture = ""
    contexte = {
        **admin.site.each_context(request),
        # The list takes the whole width.
        "is_nav_sidebar_enabled": False,
        "onglets": onglets(request.user, prefectures, situation, prefecture),
        "prefectures": prefectures,
        "prefecture": prefecture,
        "longueur_max": LONGUEUR_MAX,
    }
    if situation is None:
        contexte |= resultats(request, jeton or "", [p.code for p in prefectures])
    else:
        position = position_demandee(request.GET, situation)
        lue = page(request.user, situation, prefecture=prefecture, position=position)
        contexte |= {
            "title": situation.titre,
            "situation": situation,
            "lignes": lignes_de(lue.dossiers),
            "precedente": lue.precedente and adresse(situation, prefecture, avant=lue.precedente),
            "suivante": lue.suivante and adresse(situation, prefecture, apres=lue.suivante),
            "debut": adresse(situation, prefecture),
            # Nothing is done any more with a closed dossier.
            "cases": situation is not CLOS,
            "dossiers_max": DOSSIERS_MAX,
            "peut_exporter": request.user.role in exports.ROLES,
        }
    return TemplateResponse(request, "admin/demandes/demande/file.html", contexte)


@reserve()
def retenir_la_recherche(request: HttpRequest) -> HttpResponse:
    """Keep what was typed in the session and lead to its results."""
    jeton = secrets.token_urlsafe(6)
    gardees = dict(list(request.session.get(RECHERCHES, {}).items())[1 - RECHERCHES_MAX :])
    saisie = request.POST.get("q", "").replace("\x00", "")[:LONGUEUR_MAX]
    request.session[RECHERCHES] = {**gardees, jeton: saisie}
    return redirect(f"{reverse(LISTE)}?{urlencode({'recherche': jeton})}")


def resultats(request: HttpRequest, jeton: str, prefectures: list[str]) -> dict[str, Any]:
    """What the page of results shows; a search that the session has lost is asked for again."""
    saisie = request.session.get(RECHERCHES, {}).get(jeton)
    trouve = Resultat([], code="perdue") if saisie is None else chercher(request.user, saisie, prefectures)
    return {
        "title": _("Recherche"),
        "saisie": saisie or "",
        "resultat": trouve,
        "lignes": lignes_de(trouve.dossiers),
    }


def lignes_de(dossiers: list[Demande]) -> list[Ligne]:
    aujourd_hui = timezone.localdate()
    return [ligne_de(demande, aujourd_hui) for demande in dossiers]


@dataclass(frozen=True)
class Onglet:
    """One tab: a situation and how many dossiers wait in it."""

    situation: Situation
    nombre: str
    adresse: str
    actif: bool


def onglets(
    agent: Compte, prefectures: list[Nombres], active: Situation | None, prefecture: str
) -> list[Onglet]:
    """The tabs for this agent; a refusal is confirmed by a responsable, who alone sees those that wait."""
    totaux = en_tout(prefectures, prefecture)
    return [
        Onglet(
            situation,
            nombre_en_mots(totaux[situation.code]),
            adresse(situation, prefecture),
            situation is active,
        )
        for situation in SITUATIONS.values()
        if not situation.responsables or agent.role == Compte.Role.RESPONSABLE
    ]


def nombre_en_mots(nombre: int) -> str:
    """« 12 », or « plus de 1 000 »: nobody counts further."""
    if nombre > PLAFOND:
        return _("plus de %(nombre)s") % {"nombre": number_format(PLAFOND, force_grouping=True)}
    return number_format(nombre, force_grouping=True)
