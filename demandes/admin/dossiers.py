"""The dossiers of the agent's prefectures: who may see them, and where (R-INSTR-2, R-INSTR-3)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from attestations.vues import reponse_pdf
from comptes.models import Compte
from demandes.admin.dossier.contenu import DossierLu
from demandes.admin.dossier.images import reponse_page
from demandes.admin.dossier.lecture import donner_avis, montrer_pieces
from demandes.admin.dossier.page import page_du_dossier
from demandes.admin.dossier.vues import faire_action, montrer_action
from demandes.admin.file import FileDesDossiers
from demandes.models import Demande, Fichier
from demandes.operations.journaliser_consultation import journaliser_consultation
from demandes.requetes import dossiers_de_l_agent, fichiers_de_l_agent
from demandes.vues.fichiers import reponse_fichier

AGENTS = frozenset({Compte.Role.INSTRUCTEUR, Compte.Role.RESPONSABLE})
# The pages of a file are asked for one by one: this long, they are one look at it.
UN_MEME_REGARD = timedelta(hours=1)
LIRE_OU_AGIR = require_http_methods(["GET", "HEAD", "POST"])


@admin.register(Demande)
class DossierAdmin(FileDesDossiers):
    """Everything is reached through the prefecture's dossiers, never by a bare id."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Demande]:
        return dossiers_de_l_agent(request.user)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Demande:
        """The dossier, or 404: unknown and another prefecture's look the same."""
        demande = super().get_object(request, object_id, from_field)
        if demande is None:
            raise Http404
        return demande

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.role in AGENTS

    def has_view_permission(self, request: HttpRequest, obj: Demande | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Demande | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Demande | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        vue = self.admin_site.admin_view
        return [
            path("<uuid:demande_id>/pieces/", vue(LIRE_OU_AGIR(self.pieces)), name="demandes_demande_pieces"),
            path(
                "<uuid:demande_id>/actions/<slug:code>/",
                vue(LIRE_OU_AGIR(self.action)),
                name="demandes_demande_action",
            ),
            path(
                "<uuid:demande_id>/fichiers/<uuid:fichier_id>/pages/<int:numero>/",
                vue(require_GET(self.page_de_fichier)),
                name="demandes_demande_page",
            ),
            path(
                "<uuid:demande_id>/fichiers/<uuid:fichier_id>/<str:version>/",
                vue(require_GET(self.fichier)),
                name="demandes_demande_fichier",
            ),
            path(
                "<uuid:demande_id>/attestations/<uuid:attestation_id>/",
                vue(require_GET(self.attestation)),
                name="demandes_demande_attestation",
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
        """The dossier's page, to read: what is done is done by its actions."""
        if request.method not in ("GET", "HEAD"):
            raise Http404
        dossier = self._lire(request, object_id)
        self._noter(request, dossier.demande, "dossier")
        return TemplateResponse(
            request,
            "admin/demandes/demande/dossier.html",
            {**self.admin_site.each_context(request), **page_du_dossier(dossier)},
        )

    def pieces(self, request: HttpRequest, demande_id: UUID) -> HttpResponse:
        """The pièces side by side, and the opinion on each."""
        repondre = donner_avis if request.method == "POST" else montrer_pieces
        return repondre(request, self.admin_site, self._lire(request, str(demande_id)))

    def action(self, request: HttpRequest, demande_id: UUID, code: str) -> HttpResponse:
        """One action of demandes.admin.dossier.actions."""
        repondre = faire_action if request.method == "POST" else montrer_action
        return repondre(request, self.admin_site, self._lire(request, str(demande_id)), code)

    def page_de_fichier(
        self, request: HttpRequest, demande_id: UUID, fichier_id: UUID, numero: int
    ) -> HttpResponseBase:
        """One page of a file as an image."""
        demande = self.get_object(request, str(demande_id))
        reponse = reponse_page(self._fichier(demande, fichier_id), numero)
        self._noter(request, demande, str(fichier_id), sauf_depuis=timezone.now() - UN_MEME_REGARD)
        return reponse

    def fichier(
        self, request: HttpRequest, demande_id: UUID, fichier_id: UUID, version: str
    ) -> HttpResponseBase:
        """One file (`version` contenu) or its preview (apercu)."""
        if version not in ("contenu", "apercu"):
            raise Http404
        demande = self.get_object(request, str(demande_id))
        trouve = self._fichier(demande, fichier_id)
        if version == "contenu":
            self._noter(request, demande, str(fichier_id))
        return reponse_fichier(trouve, contenu=version)

    def attestation(self, request: HttpRequest, demande_id: UUID, attestation_id: UUID) -> HttpResponse:
        demande = self.get_object(request, str(demande_id))
        trouvee = demande.attestations.filter(pk=attestation_id).first()
        if trouvee is None:
            raise Http404
        self._noter(request, demande, str(trouvee.pk))
        return reponse_pdf(request, trouvee)

    def _lire(self, request: HttpRequest, demande_id: str) -> DossierLu:
        return DossierLu(self.get_object(request, demande_id), request.user, timezone.localdate())

    def _fichier(self, demande: Demande, fichier_id: UUID) -> Fichier:
        trouve = fichiers_de_l_agent(demande).filter(pk=fichier_id).first()
        if trouve is None:
            raise Http404
        return trouve

    def _noter(self, request: HttpRequest, demande: Demande, objet: str, **options: Any) -> None:
        journaliser_consultation(demande_id=demande.pk, agent_id=request.user.pk, objet=objet, **options)
