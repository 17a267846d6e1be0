"""The five steps of the deposit on django-formtools' named-URL wizard (docs/architecture.md, decision 4)."""

import re
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from formtools.wizard.views import NamedUrlWizardView

from comptes.reprise import reprendre
from demandes.etats import Etat
from demandes.models import Demande
from demandes.operations.enregistrer_etape import enregistrer_etape, marque_des_reponses
from demandes.operations.refus import BrouillonIntrouvable, DejaDeposee, EtapeFermee, ReponsesPerimees
from demandes.operations.traiter_fichier import traiter_en_attente
from demandes.parcours import ETAPES
from demandes.parcours.dossier import FORMULAIRES, Dossier
from demandes.requetes import demandes_de
from demandes.vues.depot.contexte import contexte_de_l_etape
from demandes.vues.depot.envoi import dire_l_ephoto, envoyer
from referentiels.formulaires import Formulaire
from referentiels.limites import verifier

MARQUE = "marque"
# Whoever knows a child's number and birth date is shown the rest: few pairs can be tried.
ENFANTS_PAR_JOUR = 20
CHIFFRES_DU_NUMERO = 10
CHAMPS_DE_L_ENFANT = re.compile(r"situation-(?:numero_enfant|date_naissance(?:_[a-z]+)?)")


class AssistantDepot(NamedUrlWizardView):
    """One page a step; the draft named in the address is the only state."""

    url_name = "demandes:etape"
    storage_name = "demandes.vues.depot.stockage.StockageBrouillon"
    form_list = [(etape, FORMULAIRES[etape]) for etape in ETAPES]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A draft has no prefecture yet, and its account is the one that middleware has read.
        demande = demandes_de(request.user).select_related(None).filter(pk=kwargs["demande_id"]).first()
        if demande is None:
            raise Http404
        demande.compte = request.user
        if demande.etat != Etat.BROUILLON:
            messages.info(request, _("Cette demande est déjà déposée. Voici où elle en est."))
            return redirect("demandes:demande", demande.pk)
        request.brouillon = demande
        self.dossier = Dossier(demande, au=timezone.localdate())
        return super().dispatch(request, *args, **kwargs)

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return str(kwargs["demande_id"])

    def get_step_url(self, step: str) -> str:
        return reverse(self.url_name, kwargs={"demande_id": self.dossier.demande.pk, "step": step})

    def get_template_names(self) -> list[str]:
        return [f"demandes/parcours/{self.steps.current}.html"]

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> Formulaire:
        return self.dossier.formulaire(step or self.steps.current, data)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        etape = kwargs["step"]
        if etape not in ETAPES:
            raise Http404
        if not self.dossier.ouverte(etape):
            return self._renvoyer()
        self.storage.current_step = etape
        reprise = reprendre(request)
        if reprise is not None:
            messages.info(request, _("Vos réponses sont revenues. Vérifiez-les, puis continuez."))
        elif etape == ETAPES[-1]:
            # Declared of what stands on the page now: never ticked in the person's place.
            return self.render(FORMULAIRES[etape](prefix=etape, dossier=self.dossier))
        return self.render(self.get_form(data=reprise))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        etape = kwargs["step"]
        if etape not in ETAPES:
            raise Http404
        self.storage.current_step = etape
        if etape == "situation":
            compter_les_enfants(self.dossier.demande, request)
        if etape == "justificatifs":
            # Whoever presses « Continuer » while the worker is down must not wait for it.
            traiter_en_attente(self.dossier.demande.pk)
        try:
            self.dossier, formulaire = enregistrer_etape(
                demande_id=self.dossier.demande.pk,
                compte_id=request.user.pk,
                etape=etape,
                saisie=request.POST,
                marque=request.POST.get(MARQUE, ""),
                au=timezone.localdate(),
            )
        except BrouillonIntrouvable:
            raise Http404 from None
        except DejaDeposee as deja:
            return redirect("demandes:depose", deja.demande.pk)
        except EtapeFermee:
            return self._renvoyer()
        except ReponsesPerimees:
            return self._montrer_les_deux(request)
        request.brouillon = self.dossier.demande
        if "enregistrer" in request.POST:
            messages.success(
                request, _("Votre brouillon est enregistré. Vous pouvez le reprendre plus tard.")
            )
            return redirect("demandes:espace")
        if etape == "justificatifs" and formulaire.is_valid():
            dire_l_ephoto(request, formulaire)
        if not formulaire.is_valid():
            return self.render(formulaire)
        if etape == ETAPES[-1]:
            return self.render_done(formulaire)
        if etape == "situation":
            return redirect("demandes:orientation", self.dossier.demande.pk)
        return redirect(
            self.get_step_url(self.dossier.premiere_a_faire if etape == ETAPES[-2] else self.steps.next)
        )

    def render_done(self, form: Formulaire, **kwargs: Any) -> HttpResponse:
        """The deposit validates every step again itself; formtools' own check would see only the forms."""
        return envoyer(self.request, self.dossier.demande)

    def get_context_data(self, form: Formulaire, **kwargs: Any) -> dict[str, Any]:
        contexte = super().get_context_data(form=form, **kwargs)
        etape = self.steps.current
        return {
            **contexte,
            **contexte_de_l_etape(self.dossier, etape),
            "dossier": self.dossier,
            "demande": self.dossier.demande,
            "etape": etape,
            "marque": marque_des_reponses(self.dossier.demande, etape),
        }

    def _renvoyer(self) -> HttpResponse:
        """A step that is not open yet leads to the one to do, with a sentence."""
        demande: Demande = self.dossier.demande
        if self.dossier.situation is not None and not self.dossier.peut_deposer:
            return redirect("demandes:orientation", demande.pk)
        messages.warning(self.request, _("Terminez d’abord cette étape. Les suivantes s’ouvriront ensuite."))
        return redirect(self.get_step_url(self.dossier.premiere_a_faire))

    def _montrer_les_deux(self, request: HttpRequest) -> HttpResponse:
        """What was typed on the stale page is shown again; sending it once more is then a choice."""
        messages.warning(
            request,
            _(
                "Cette étape a changé dans un autre onglet ou sur un autre appareil. "
                "Vos réponses de cette page sont ci-dessous. Envoyez-les à nouveau pour les garder."
            ),
        )
        return self.render(self.get_form(data=request.POST))


def compter_les_enfants(demande: Demande, request: HttpRequest) -> None:
    """Count each new pair of number and birth date against the day's limit; raises `TropDEssais`."""
    if request.POST.get("situation-pour") != "enfant":
        return
    tapes = {nom: valeurs for nom, valeurs in request.POST.lists() if CHAMPS_DE_L_ENFANT.fullmatch(nom)}
    numero = "".join(c for c in request.POST.get("situation-numero_enfant", "") if c.isdigit())
    if len(numero) != CHIFFRES_DU_NUMERO:
        # Refused by the form whatever the date: nothing can be learned from it.
        return
    gardes = demande.reponses.get("situation", {})
    if tapes != {nom: valeurs for nom, valeurs in gardes.items() if CHAMPS_DE_L_ENFANT.fullmatch(nom)}:
        verifier(f"enfant:{demande.compte_id}", maximum=ENFANTS_PAR_JOUR, duree=timedelta(days=1))
