"""Staff accounts, administered by an administrateur; each action calls an operation (R-COMPTE-5)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from comptes import requetes
from comptes.formulaires.agents import FormulaireCreerAgent, FormulaireModifierAgent
from comptes.models import Agent, Compte
from comptes.operations.agents.activer_agent import desactiver_agent, reactiver_agent
from comptes.operations.agents.creer_agent import creer_agent
from comptes.operations.agents.envoyer_lien import envoyer_lien
from comptes.operations.agents.modifier_agent import marque, modifier_agent
from comptes.operations.agents.refus import (
    AgentInconnu,
    CompteDesactive,
    CompteModifie,
    DejaFait,
    IdentifiantInvalide,
    IdentifiantPris,
    SansAdresse,
    SansDroit,
    SonPropreCompte,
)
from comptes.operations.agents.reinitialiser_second_facteur import reinitialiser_second_facteur
from comptes.reprise import reprendre


@dataclass(frozen=True)
class Geste:
    """One thing that an administrateur does to an account, after a page that says what follows."""

    operation: Callable[..., None]
    bouton: Any
    consequence: Any
    fait: Any


GESTES = {
    "lien": Geste(
        envoyer_lien,
        gettext_lazy("Envoyer un lien de mot de passe"),
        gettext_lazy(
            "Un lien part à l’adresse de l’agent. Il sert une seule fois, pendant une heure. "
            "Le mot de passe actuel et le téléphone restent valables."
        ),
        gettext_lazy("Le lien est parti."),
    ),
    "second-facteur": Geste(
        reinitialiser_second_facteur,
        gettext_lazy("Réinitialiser le second facteur"),
        gettext_lazy(
            "Le téléphone et les codes de secours de l’agent ne serviront plus. Ses sessions s’arrêtent. "
            "Il lie un téléphone à sa prochaine connexion, et un courriel le prévient. "
            "Vérifiez d’abord que la demande vient bien de lui."
        ),
        gettext_lazy("Le second facteur est réinitialisé. L’agent est prévenu par courriel."),
    ),
    "desactiver": Geste(
        desactiver_agent,
        gettext_lazy("Désactiver le compte"),
        gettext_lazy("L’agent est déconnecté tout de suite et ne peut plus se connecter. Rien n’est effacé."),
        gettext_lazy("Le compte est désactivé."),
    ),
    "reactiver": Geste(
        reactiver_agent,
        gettext_lazy("Réactiver le compte"),
        gettext_lazy("L’agent peut se connecter à nouveau, avec son mot de passe et son téléphone."),
        gettext_lazy("Le compte est réactivé."),
    ),
}
REFUS = {
    SonPropreCompte: gettext_lazy(
        "C’est votre propre compte : demandez à un autre administrateur de le faire."
    ),
    DejaFait: gettext_lazy("Le compte est déjà dans cet état : quelqu’un l’a changé entre-temps."),
    CompteDesactive: gettext_lazy("Ce compte est désactivé. Réactivez-le avant d’envoyer un lien."),
    SansAdresse: gettext_lazy("Ce compte n’a pas d’adresse électronique. Modifiez-le pour en ajouter une."),
}


class ParRole(admin.SimpleListFilter):
    """The roles of staff: no account here is an usager's."""

    title = gettext_lazy("rôle")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(role, str(libelle)) for role, libelle in Agent.ROLES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Agent]) -> QuerySet[Agent]:
        return queryset.filter(role=self.value()) if self.value() else queryset


@admin.register(Agent)
class AgentAdmin(admin.ModelAdmin):
    """A list, a page for each account, and what can be done to it. Usagers' accounts do not exist here."""

    list_display = ("identifiant", "nom_complet", "role", "ou", "is_active", "second_facteur")
    list_filter = (ParRole, "is_active", ("prefectures", admin.RelatedOnlyFieldListFilter))
    search_fields = ("identifiant", "nom", "prenoms", "email")
    search_help_text = gettext_lazy("Identifiant, nom, prénom ou adresse électronique")
    ordering = ("identifiant",)
    list_per_page = 50
    actions = None

    @admin.display(description=gettext_lazy("nom"), ordering="nom")
    def nom_complet(self, agent: Agent) -> str:
        return str(agent)

    @admin.display(description=gettext_lazy("préfectures"))
    def ou(self, agent: Agent) -> str:
        return ", ".join(sorted(prefecture.pk for prefecture in agent.prefectures.all()))

    @admin.display(description=gettext_lazy("second facteur"), boolean=True)
    def second_facteur(self, agent: Agent) -> bool:
        return agent.avec_second_facteur

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agent]:
        return requetes.agents().prefetch_related("prefectures").order_by(*self.ordering)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.role == Compte.Role.ADMINISTRATEUR

    def has_view_permission(self, request: HttpRequest, obj: Agent | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Agent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Agent | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        """The list and pages of our own, in place of Django's forms, which write models."""
        lire, ecrire = require_safe, require_http_methods(["GET", "HEAD", "POST"])
        pages = [
            ("", lire(self.changelist_view), "changelist"),
            ("add/", ecrire(self.creer), "add"),
            ("<int:agent_id>/change/", lire(self.fiche), "change"),
            ("<int:agent_id>/modifier/", ecrire(self.modifier), "modifier"),
            ("<int:agent_id>/<slug:nom>/", ecrire(self.geste), "geste"),
        ]
        return [
            path(chemin, self.admin_site.admin_view(self._reservee(vue)), name=f"comptes_agent_{nom}")
            for chemin, vue, nom in pages
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": _("Agents")})

    def creer(self, request: HttpRequest) -> HttpResponse:
        """A new account; the person receives a link to choose a password."""
        form = FormulaireCreerAgent(request.POST or None, initial=_repris(request))
        if request.method == "POST" and form.is_valid():
            try:
                agent = creer_agent(acteur_id=request.user.pk, **form.cleaned_data)
            except IdentifiantPris:
                form.add_error("identifiant", _("Cet identifiant est pris. Choisissez-en un autre."))
            except IdentifiantInvalide:
                form.add_error(
                    "identifiant",
                    _("Écrivez de 3 à 40 lettres sans accent, points ou tirets, avec 4 chiffres au plus."),
                )
            else:
                messages.success(
                    request, _("Le compte est créé. Un lien pour choisir le mot de passe est parti.")
                )
                return redirect("admin:comptes_agent_change", agent.pk)
        return self._page(request, "gestion/agents/formulaire.html", _("Créer un compte d’agent"), form=form)

    def fiche(self, request: HttpRequest, agent_id: int) -> HttpResponse:
        """What the account holds, what can be done to it, what happened to it."""
        agent = self._trouver(request, agent_id)
        gestes = ["lien", "second-facteur", "desactiver"] if agent.is_active else ["reactiver"]
        return self._page(
            request,
            "gestion/agents/fiche.html",
            str(agent),
            agent=agent,
            le_sien=agent.pk == request.user.pk,
            gestes=[(nom, GESTES[nom].bouton) for nom in gestes],
            journal=requetes.journal_de(agent),
        )

    def modifier(self, request: HttpRequest, agent_id: int) -> HttpResponse:
        """Name, address, role, prefectures."""
        agent = self._trouver(request, agent_id)
        actuel = {
            "marque": marque(agent),
            "nom": agent.nom,
            "prenoms": agent.prenoms,
            "email": agent.email,
            "role": agent.role,
            "prefectures": [prefecture.pk for prefecture in agent.prefectures.all()],
        }
        form = FormulaireModifierAgent(request.POST or None, initial=actuel | _repris(request))
        if request.method == "POST" and form.is_valid():
            champs = dict(form.cleaned_data)
            try:
                modifier_agent(
                    agent_id=agent_id, acteur_id=request.user.pk, vu=champs.pop("marque"), **champs
                )
            except SonPropreCompte as refus:
                form.add_error(None, REFUS[type(refus)])
            except CompteModifie:
                # What was typed stays; sent once more, it is sent by someone who knows.
                form.data = form.data.copy()
                form.data["marque"] = marque(agent)
                form.add_error(
                    None,
                    _(
                        "Quelqu’un a modifié ce compte pendant que vous écriviez. "
                        "Vérifiez la fiche, puis enregistrez à nouveau."
                    ),
                )
            else:
                messages.success(request, _("Le compte est modifié."))
                return redirect("admin:comptes_agent_change", agent_id)
        titre = _("Modifier le compte de %(agent)s") % {"agent": agent}
        return self._page(request, "gestion/agents/formulaire.html", titre, form=form, agent=agent)

    def geste(self, request: HttpRequest, agent_id: int, nom: str) -> HttpResponse:
        """Say what follows (GET), then do it (POST)."""
        agent = self._trouver(request, agent_id)
        if nom not in GESTES:
            raise Http404
        geste = GESTES[nom]
        if request.method == "POST":
            try:
                geste.operation(agent_id=agent_id, acteur_id=request.user.pk)
            except tuple(REFUS) as refus:
                messages.error(request, REFUS[type(refus)])
            else:
                messages.success(request, geste.fait)
            return redirect("admin:comptes_agent_change", agent_id)
        return self._page(request, "gestion/agents/geste.html", geste.bouton, agent=agent, geste=geste)

    def _reservee(self, vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """The view for administrateurs; 404 for the other roles, and when the right ends in between."""

        def reservee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_module_permission(request):
                raise Http404
            try:
                return vue(request, *args, **kwargs)
            except (SansDroit, AgentInconnu):
                raise Http404 from None

        return reservee

    def _trouver(self, request: HttpRequest, agent_id: int) -> Agent:
        agent = self.get_queryset(request).filter(pk=agent_id).first()
        if agent is None:
            raise Http404
        return agent

    def _page(self, request: HttpRequest, gabarit: str, titre: Any, **contexte: Any) -> HttpResponse:
        return TemplateResponse(
            request,
            gabarit,
            {**self.admin_site.each_context(request), "title": titre, **contexte},
        )


def _repris(request: HttpRequest) -> dict[str, Any]:
    """What was typed on this page when the session ended."""
    garde = reprendre(request)
    if garde is None:
        return {}
    messages.info(request, _("Vos réponses sont revenues. Vérifiez-les, puis enregistrez."))
    valeurs: dict[str, Any] = garde.dict()
    return valeurs | {"prefectures": garde.getlist("prefectures")}
