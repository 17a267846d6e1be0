"""The declarations about a permit: what the person says, what the register has, the agent's answer."""

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
from django.views.decorators.http import require_POST

from demandes.admin.acces import EcranDesAgents, FiltreDEtat
from demandes.admin.registre import registre_de, traces_de
from demandes.models import DeclarationTitre, Trace
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.operations.traiter_declaration import Correction, accepter_declaration, refuser_declaration
from demandes.regles.faits import Statut
from demandes.requetes import declarations_de_l_agent, demande_ouverte_pour, dossiers_de_l_agent
from demandes.textes import ACTIONS_IMPOSSIBLES
from referentiels.champs import ChampDate
from referentiels.formulaires import Formulaire
from referentiels.models import DocumentAgdref, PersonneAgdref

Genre = DeclarationTitre.Genre
RIEN = ("", _("Ne pas changer"))


def champ_reponse(*, obligatoire: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Réponse à la personne"),
        max_length=1000,
        required=obligatoire,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Elle la lira dans son compte. Des phrases courtes : ce que vous avez vu, quoi faire ensuite."
        ),
        error_messages={"required": ACTIONS_IMPOSSIBLES["phrase"]},
    )


class FormulaireRefus(Formulaire):
    """Why the register stays as it is."""

    reponse = champ_reponse(obligatoire=True)


class FormulaireAcceptation(Formulaire):
    """A card that was never handed over: nothing more to say."""

    reponse = champ_reponse(obligatoire=False)

    def correction(self) -> Correction | None:
        return None


class FormulaireCorrection(FormulaireAcceptation):
    """What the register must say instead."""

    type = forms.ChoiceField(
        label=_("Type du titre"), required=False, choices=[RIEN, *DocumentAgdref.Type.choices]
    )
    numero = forms.CharField(
        label=_("Numéro du titre"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    debut = ChampDate(label=_("Premier jour de validité"), required=False)
    fin = ChampDate(label=_("Dernier jour de validité"), required=False)
    statut = forms.ChoiceField(
        label=_("Statut de la personne"),
        required=False,
        choices=[
            RIEN,
            *(
                (c, n)
                for c, n in PersonneAgdref.Statut.choices
                if c in (Statut.REFUGIE, Statut.PROTECTION_SUBSIDIAIRE)
            ),
        ],
    )
    field_order = ["type", "numero", "debut", "fin", "statut", "reponse"]

    def correction(self) -> Correction | None:
        return Correction(
            **{nom: self.cleaned_data[nom] for nom in ("type", "numero", "debut", "fin", "statut")}
        )


@admin.register(DeclarationTitre)
class DeclarationAdmin(EcranDesAgents):
    list_display = ("beneficiaire", "declarant", "genre", "etat", "cree_le")
    list_filter = (FiltreDEtat, "genre")
    search_fields = ("beneficiaire",)
    search_help_text = _("Numéro étranger ou numéro de visa")
    change_form_template = "admin/demandes/declarationtitre/declaration.html"

    @admin.display(description=_("déclarée par"))
    def declarant(self, declaration: DeclarationTitre) -> str:
        return str(declaration.compte)

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeclarationTitre]:
        return declarations_de_l_agent(request.user).select_related("prefecture", "compte", "traitee_par")

    def get_urls(self) -> list[URLPattern]:
        vue = self.admin_site.admin_view
        return [
            path(
                "<uuid:declaration_id>/accepter/",
                vue(require_POST(self.accepter)),
                name="demandes_declarationtitre_accepter",
            ),
            path(
                "<uuid:declaration_id>/refuser/",
                vue(require_POST(self.refuser)),
                name="demandes_declarationtitre_refuser",
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
        declaration = self.get_object(request, object_id)
        Trace.objects.create(sujet=declaration.pk, quoi="consultation", acteur=request.user)
        return self.page(request, declaration, contexte_de(request, declaration))

    def accepter(self, request: HttpRequest, declaration_id: UUID) -> HttpResponse:
        declaration = self.get_object(request, str(declaration_id))
        form = formulaire_d_acceptation(declaration, request.POST)
        if not form.is_valid():
            return self._montrer(request, declaration_id, acceptation=form)
        try:
            accepter_declaration(
                declaration_id=declaration_id,
                agent_id=request.user.pk,
                reponse=form.cleaned_data["reponse"],
                correction=form.correction(),
                maintenant=timezone.now(),
            )
        except DossierIntrouvable:
            raise Http404 from None
        except ActionImpossible as refus:
            messages.error(request, ACTIONS_IMPOSSIBLES[refus.code])
            return self._montrer(request, declaration_id, acceptation=form)
        messages.success(
            request, _("La déclaration est acceptée, le registre est corrigé. La personne est prévenue.")
        )
        return redirect("admin:demandes_declarationtitre_change", declaration_id)

    def refuser(self, request: HttpRequest, declaration_id: UUID) -> HttpResponse:
        self.get_object(request, str(declaration_id))
        form = FormulaireRefus(request.POST, prefix="refus")
        if not form.is_valid():
            return self._montrer(request, declaration_id, refus=form)
        try:
            refuser_declaration(
                declaration_id=declaration_id,
                agent_id=request.user.pk,
                reponse=form.cleaned_data["reponse"],
                maintenant=timezone.now(),
            )
        except DossierIntrouvable:
            raise Http404 from None
        except ActionImpossible as refus:
            messages.error(request, ACTIONS_IMPOSSIBLES[refus.code])
            return self._montrer(request, declaration_id, refus=form)
        messages.success(request, _("La déclaration est refusée. La personne est prévenue."))
        return redirect("admin:demandes_declarationtitre_change", declaration_id)

    def _montrer(self, request: HttpRequest, declaration_id: UUID, **formulaire: Formulaire) -> HttpResponse:
        """The page again, with what was typed."""
        declaration = self.get_object(request, str(declaration_id))
        (envoye,) = formulaire.values()
        return self.page(
            request, declaration, contexte_de(request, declaration) | formulaire | {"form": envoye}
        )


def formulaire_d_acceptation(declaration: DeclarationTitre, donnees: Any = None) -> FormulaireAcceptation:
    """What the agent fills to accept: pre-filled with what the person reads on the card, else with the register's."""
    if declaration.genre == Genre.JAMAIS_RECU:
        return FormulaireAcceptation(donnees, prefix="acceptation")
    connu = {
        "type": declaration.titre_type,
        "numero": declaration.carte_numero or declaration.titre_numero,
        "debut": declaration.carte_debut or declaration.titre_debut,
        "fin": declaration.carte_fin or declaration.titre_fin,
    }
    return FormulaireCorrection(donnees, prefix="acceptation", initial=connu)


def contexte_de(request: HttpRequest, declaration: DeclarationTitre) -> dict[str, Any]:
    """What the page shows."""
    en_cours = demande_ouverte_pour(declaration.beneficiaire)
    return {
        "title": declaration.get_genre_display(),
        "registre": registre_de(declaration.beneficiaire),
        "acceptation": formulaire_d_acceptation(declaration),
        "refus": FormulaireRefus(prefix="refus"),
        "form": None,
        # Another prefecture's dossier does not exist here.
        "en_cours": en_cours and dossiers_de_l_agent(request.user).filter(pk=en_cours.pk).first(),
        "traces": traces_de(declaration.pk),
    }
