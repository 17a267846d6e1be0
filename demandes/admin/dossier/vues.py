"""An action of an agent over HTTP: its form, what was refused and why, what changed meanwhile (R-INSTR-3)."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comptes.reprise import reprendre
from demandes.admin.dossier.actions import ACTIONS
from demandes.admin.dossier.actions.action import Action, Qui
from demandes.admin.dossier.contenu import DossierLu
from demandes.admin.dossier.journal import changements_depuis
from demandes.admin.dossier.page import entete
from demandes.models import Demande
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, DossierModifie
from demandes.requetes import dossiers_de_l_agent
from demandes.textes import ACTIONS_IMPOSSIBLES
from referentiels.formulaires import Formulaire

# No version is this one: what is not a number is told as a page that is too old.
AUCUNE_VERSION = -1


def version_montree(saisie: QueryDict) -> int:
    """The version of the dossier that the page of this form showed."""
    texte = saisie.get("version", "")
    return int(texte) if re.fullmatch(r"[0-9]{1,9}", texte) else AUCUNE_VERSION


def relire(demande: Demande, dossier: DossierLu) -> DossierLu:
    """The dossier as it is now, after somebody else wrote. Raises `Http404` when it has left the prefecture."""
    actuelle = dossiers_de_l_agent(dossier.agent).select_related("agent").filter(pk=demande.pk).first()
    if actuelle is None:
        raise Http404
    return DossierLu(actuelle, dossier.agent, dossier.au)


def changements(dossier: DossierLu, version: int) -> list[Any]:
    """What a page of that version has missed, newest first."""
    return changements_depuis(dossier.demande, dossier.demande.version - version)


def montrer_action(request: HttpRequest, site: AdminSite, dossier: DossierLu, code: str) -> HttpResponse:
    """GET: the page of an action, or back to the dossier with the reason when it is not offered."""
    action = _action(dossier, request, code)
    if action.empechement:
        # Gives 404 when what it is about is not of this dossier.
        action.contexte()
        messages.warning(request, ACTIONS_IMPOSSIBLES[action.empechement])
        return redirect(adresse_du_dossier(dossier))
    saisie = reprendre(request)
    if saisie is not None:
        messages.info(request, _("Ce que vous aviez écrit est revenu. Relisez-le, puis envoyez-le."))
    return _page(request, site, action, action.creer_formulaire(saisie), dossier.demande.version)


def faire_action(request: HttpRequest, site: AdminSite, dossier: DossierLu, code: str) -> HttpResponse:
    """POST: do it and come back to the dossier, or the page again with what was typed and why not."""
    action = _action(dossier, request, code)
    formulaire = action.creer_formulaire(request.POST)
    version = version_montree(request.POST)
    if not formulaire.is_valid():
        return _page(request, site, action, formulaire, version)
    try:
        action.executer(
            Qui(demande_id=dossier.demande.pk, agent_id=dossier.agent.pk, version=version),
            formulaire.cleaned_data,
        )
    except DossierIntrouvable:
        raise Http404 from None
    except ActionImpossible as refus:
        phrase = ACTIONS_IMPOSSIBLES[refus.code]
        champ = action.champs_des_refus.get(refus.code)
        if champ in formulaire.fields:
            formulaire.add_error(champ, phrase)
            return _page(request, site, action, formulaire, version)
        return _page(request, site, action, formulaire, version, refus=str(phrase))
    except DossierModifie:
        actuel = relire(dossier.demande, dossier)
        action = _action(actuel, request, code)
        repris = action.creer_formulaire(request.POST)
        return _page(
            request, site, action, repris, actuel.demande.version, changes=changements(actuel, version)
        )
    messages.success(request, action.fait)
    return redirect(_suite(dossier))


def _action(dossier: DossierLu, request: HttpRequest, code: str) -> Action:
    if code not in ACTIONS:
        raise Http404
    return ACTIONS[code](dossier, request.GET)


def _page(
    request: HttpRequest,
    site: AdminSite,
    action: Action,
    formulaire: Formulaire,
    version: int,
    *,
    refus: str = "",
    changes: list[Any] | None = None,
) -> HttpResponse:
    """The page of the action; `version` is what its form will send."""
    return TemplateResponse(
        request,
        action.gabarit,
        {
            **site.each_context(request),
            **entete(action.dossier),
            **action.contexte(),
            "title": f"{action.libelle} – {action.demande.numero}",
            "action": action,
            "form": formulaire,
            "version": version,
            "refus_de_l_action": refus,
            "changements": changes or [],
        },
    )


def adresse_du_dossier(dossier: DossierLu) -> str:
    return reverse("admin:demandes_demande_change", args=[dossier.demande.pk])


def _suite(dossier: DossierLu) -> str:
    """Back to the dossier; to the queue when it has left the agent's prefectures."""
    if dossiers_de_l_agent(dossier.agent).filter(pk=dossier.demande.pk).exists():
        return adresse_du_dossier(dossier)
    return reverse("admin:demandes_demande_changelist")
