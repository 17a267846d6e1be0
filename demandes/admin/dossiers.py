"""The dossiers of the agent's prefectures, to read (R-INSTR-2, R-INSTR-3)."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from attestations.vues import reponse_pdf
from comptes.models import Compte
from demandes.admin.file import FileDesDossiers
from demandes.admin.signalements import SIGNALEMENTS
from demandes.models import Demande, Evenement, Fichier
from demandes.operations.journaliser_consultation import journaliser_consultation
from demandes.parcours.titres import lignes_deposees
from demandes.regles.codes import CodePiece
from demandes.regles.textes import PIECES, TITRES
from demandes.requetes import dossiers_de_l_agent, pieces_avec_fichiers
from demandes.vues.fichiers import reponse_fichier

AGENTS = frozenset({Compte.Role.INSTRUCTEUR, Compte.Role.RESPONSABLE})


@admin.register(Demande)
class DossierAdmin(FileDesDossiers):
    """Everything is reached through the prefecture's dossiers, never by a bare id."""

    change_form_template = "admin/demandes/demande/dossier.html"

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
        if request.method != "GET":
            raise Http404
        demande = self.get_object(request, object_id)
        journaliser_consultation(demande_id=demande.pk, agent_id=request.user.pk, objet="dossier")
        return super().change_view(request, object_id, form_url, contexte_du_dossier(demande))

    def fichier(self, request: HttpRequest, demande_id: UUID, fichier_id: UUID, version: str) -> HttpResponse:
        """One file (`version` contenu) or its preview (apercu)."""
        if version not in ("contenu", "apercu"):
            raise Http404
        demande = self.get_object(request, str(demande_id))
        trouve = Fichier.objects.filter(pk=fichier_id, piece__demande=demande).first()
        if trouve is None:
            raise Http404
        if version == "contenu":
            journaliser_consultation(demande_id=demande.pk, agent_id=request.user.pk, objet=str(trouve.pk))
        return reponse_fichier(trouve, contenu=version)

    def attestation(self, request: HttpRequest, demande_id: UUID, attestation_id: UUID) -> HttpResponse:
        demande = self.get_object(request, str(demande_id))
        trouvee = demande.attestations.filter(pk=attestation_id).first()
        if trouvee is None:
            raise Http404
        journaliser_consultation(demande_id=demande.pk, agent_id=request.user.pk, objet=str(trouvee.pk))
        return reponse_pdf(request, trouvee)


def contexte_du_dossier(demande: Demande) -> dict[str, Any]:
    """What the dossier's page shows: answers, rules' trace, pièces, attestations, journal."""
    jointes = pieces_avec_fichiers(demande)
    return {
        "title": _("Dossier n° %(numero)s") % {"numero": demande.numero},
        "titre_demande": TITRES[demande.titre_code],
        "signalements": [SIGNALEMENTS.get(code, code) for code in demande.signalements],
        "etapes": lignes_deposees(demande),
        "trace": demande.donnees["orientation"]["trace"],
        "pieces": [
            {
                "texte": PIECES[piece["code"]],
                "obligatoire": piece["obligatoire"],
                "fichiers": list(jointes[piece["code"]].fichiers.all()) if piece["code"] in jointes else [],
            }
            for piece in demande.donnees["pieces"]
            if piece["code"] != CodePiece.EPHOTO
        ],
        "attestations": demande.attestations.order_by("cree_le"),
        "journal": Evenement.objects.filter(demande=demande).select_related("acteur").order_by("-le", "-pk"),
    }
