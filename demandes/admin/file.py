"""The agents' queue: the list of the dossiers of their prefectures (R-INSTR-2)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from demandes.etats import Etat
from demandes.models import ETATS_LIBELLES, Demande
from demandes.regles.textes import TITRES


class EtatDepose(admin.SimpleListFilter):
    """The states of a deposited dossier: a draft is nobody's business but its author's."""

    title = _("état")
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(etat, str(libelle)) for etat, libelle in ETATS_LIBELLES if etat != Etat.BROUILLON]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Demande]) -> QuerySet[Demande]:
        return queryset.filter(etat=self.value()) if self.value() else queryset


class FileDesDossiers(admin.ModelAdmin):
    """The changelist half of `DossierAdmin`: columns, filters, search, order."""

    list_display = ("numero", "beneficiaire_nomme", "titre", "etat", "deposee_le", "prefecture")
    list_filter = (EtatDepose, ("prefecture", admin.RelatedOnlyFieldListFilter))
    search_fields = ("numero", "beneficiaire")
    search_help_text = _("Numéro de demande ou numéro étranger")
    ordering = ("deposee_le",)
    list_per_page = 50

    @admin.display(description=_("bénéficiaire"))
    def beneficiaire_nomme(self, demande: Demande) -> str:
        civil = demande.donnees["civil"]
        return f"{civil['nom']} {' '.join(civil['prenoms'])}"

    @admin.display(description=_("titre demandé"))
    def titre(self, demande: Demande) -> str:
        return TITRES[demande.titre_code].nom

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        titre = _("Dossiers de ma préfecture")
        return super().changelist_view(request, {**(extra_context or {}), "title": titre})
