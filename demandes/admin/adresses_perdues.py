"""Lost mailboxes of the agent's prefectures: the identity document beside the register, accepted or refused."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from demandes.admin.acces import EcranDesAgents
from demandes.admin.registre import registre_de, traces_de
from demandes.models import RecuperationAdresse, Trace
from demandes.operations.adresse_perdue.traiter import accepter_recuperation, refuser_recuperation
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.requetes import demandes_de, dossiers_de_l_agent, recuperations_de_l_agent
from demandes.textes import ACTIONS_IMPOSSIBLES
from demandes.vues.document_prive import reponse_privee
from referentiels.formulaires import Formulaire


class FormulaireRefus(Formulaire):
    """Why, for the agents only."""

    motif = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Pour les agents seulement. La personne reçoit toujours le même message."),
        error_messages={"required": ACTIONS_IMPOSSIBLES["motif_agent"]},
    )


@admin.register(RecuperationAdresse)
class AdressePerdueAdmin(EcranDesAgents):
    list_display = ("identifiant", "titulaire", "etat", "soumise_le")
    search_fields = ("identifiant",)
    search_help_text = _("Numéro étranger ou numéro de visa")
    change_form_template = "admin/demandes/recuperationadresse/recuperation.html"

    @admin.display(description=_("titulaire du compte"))
    def titulaire(self, recuperation: RecuperationAdresse) -> str:
        return str(recuperation.compte)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecuperationAdresse]:
        return recuperations_de_l_agent(request.user).select_related("prefecture", "compte")

    def get_urls(self) -> list[URLPattern]:
        vue = self.admin_site.admin_view
        return [
            path(
                "<uuid:recuperation_id>/piece/<str:version>/",
                vue(require_GET(self.piece)),
                name="demandes_recuperationadresse_piece",
            ),
            path(
                "<uuid:recuperation_id>/accepter/",
                vue(require_POST(self.accepter)),
                name="demandes_recuperationadresse_accepter",
            ),
            path(
                "<uuid:recuperation_id>/refuser/",
                vue(require_POST(self.refuser)),
                name="demandes_recuperationadresse_refuser",
            ),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise Http404
        recuperation = self.get_object(request, object_id)
        Trace.objects.create(sujet=recuperation.pk, quoi="consultation", acteur=request.user)
        return self.page(request, recuperation, contexte_de(request, recuperation))

    def piece(self, request: HttpRequest, recuperation_id: UUID, version: str) -> HttpResponse:
        """The identity document (`version` contenu) or its preview (apercu), while it is kept."""
        recuperation = self.get_object(request, str(recuperation_id))
        stocke = {"contenu": recuperation.contenu, "apercu": recuperation.apercu}.get(version)
        if not stocke:
            raise Http404
        en_ligne = version == "apercu"
        if not en_ligne:
            Trace.objects.create(sujet=recuperation.pk, quoi="ouvrir_la_piece", acteur=request.user)
        return reponse_privee(
            stocke,
            type_mime="image/jpeg" if en_ligne else recuperation.type_mime,
            nom="piece-d-identite",
            en_ligne=en_ligne,
        )

    def accepter(self, request: HttpRequest, recuperation_id: UUID) -> HttpResponse:
        try:
            accepter_recuperation(
                recuperation_id=recuperation_id, agent_id=request.user.pk, maintenant=timezone.now()
            )
        except DossierIntrouvable:
            raise Http404 from None
        except ActionImpossible as refus:
            messages.error(request, ACTIONS_IMPOSSIBLES[refus.code])
        else:
            messages.success(
                request,
                _("La nouvelle adresse prendra effet dans 72 heures. Le titulaire du compte est prévenu."),
            )
        return redirect("admin:demandes_recuperationadresse_change", recuperation_id)

    def refuser(self, request: HttpRequest, recuperation_id: UUID) -> HttpResponse:
        recuperation = self.get_object(request, str(recuperation_id))
        form = FormulaireRefus(request.POST)
        if not form.is_valid():
            contexte = contexte_de(request, recuperation) | {"refus": form, "form": form}
            return self.page(request, recuperation, contexte)
        try:
            refuser_recuperation(
                recuperation_id=recuperation_id,
                agent_id=request.user.pk,
                motif=form.cleaned_data["motif"],
                maintenant=timezone.now(),
            )
        except DossierIntrouvable:
            raise Http404 from None
        except ActionImpossible as refus:
            messages.error(request, ACTIONS_IMPOSSIBLES[refus.code])
        else:
            messages.success(request, _("La demande est refusée, la pièce d’identité est effacée."))
        return redirect("admin:demandes_recuperationadresse_change", recuperation_id)


def contexte_de(request: HttpRequest, recuperation: RecuperationAdresse) -> dict[str, Any]:
    """What the page shows: the account, the register, the dossiers that this agent may open, the trace."""
    compte = recuperation.compte
    return {
        "title": _("Adresse électronique perdue"),
        "compte": compte,
        "ancienne": masquer(compte.email),
        "registre": registre_de(compte.numero_etranger or compte.numero_visa or ""),
        "dossiers": dossiers_de_l_agent(request.user)
        .filter(pk__in=demandes_de(compte))
        .order_by("-deposee_le")[:5],
        "refus": FormulaireRefus(),
        "form": None,
        "traces": traces_de(recuperation.pk),
    }


def masquer(email: str) -> str:
    """« k…@exemple.fr »: enough to recognise, too little to write to."""
    nom, arobase, domaine = email.rpartition("@")
    return f"{nom[:1]}…{arobase}{domaine}" if arobase else "—"
