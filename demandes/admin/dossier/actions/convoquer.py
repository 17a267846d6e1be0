"""Appointments: give, move, note that the person came, cancel (spec part 13)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from demandes.admin.dossier.actions.action import Action, Qui
from demandes.admin.dossier.actions.champs import ChampTexte
from demandes.etats import Etat
from demandes.models import Convocation
from demandes.operations.convoquer import ETATS, annuler_convocation, convoquer, honorer_convocation
from referentiels.champs import ChampDate
from referentiels.formulaires import Formulaire

PARIS = ZoneInfo("Europe/Paris")
A_APPORTER = {
    Convocation.Objet.EMPREINTES: _("Cette convocation, votre passeport ou votre attestation."),
    Convocation.Objet.REMISE: _("Cette convocation, le numéro du timbre électronique, votre ancien titre."),
}


class FormulaireConvocation(Formulaire):
    objet = forms.ChoiceField(
        label=_("Pourquoi"), choices=Convocation.Objet.choices, widget=forms.RadioSelect
    )
    date = ChampDate(label=_("Jour"))
    heure = forms.TimeField(
        label=_("Heure"),
        help_text=_("Par exemple 09:30."),
        input_formats=["%H:%M", "%Hh%M", "%Hh", "%H h %M", "%H h"],
        widget=forms.TextInput({"inputmode": "text", "autocomplete": "off"}),
        error_messages={"invalid": _("Écrivez l’heure avec deux nombres, par exemple 09:30.")},
    )
    lieu = forms.CharField(label=_("Lieu"), help_text=_("Adresse, étage, guichet."), max_length=300)
    a_apporter = ChampTexte(label=_("À apporter"), max_length=500, lignes=2, required=False)


class Convoquer(Action):
    code = "convoquer"
    libelle = _("Donner un rendez-vous")
    explication = _(
        "La personne reçoit un message avec le lieu, la date et ce qu’elle apporte. Elle peut demander une autre date."
    )
    bouton = _("Donner le rendez-vous")
    fait = _("Le rendez-vous est donné. La personne reçoit un message.")
    etats = frozenset[Etat]().union(*ETATS.values())
    formulaire = FormulaireConvocation
    gabarit = "admin/demandes/demande/actions/convoquer.html"
    champs_des_refus = {"date_passee": "date", "lieu": "lieu"}

    @property
    def _objets(self) -> list[Convocation.Objet]:
        return [objet for objet, etats in ETATS.items() if self.demande.etat in etats]

    def creer_formulaire(self, saisie: Any = None) -> Formulaire:
        formulaire = super().creer_formulaire(saisie)
        possibles = self._objets or list(Convocation.Objet)
        formulaire.fields["objet"].choices = [(objet.value, objet.label) for objet in possibles]
        return formulaire

    def initial(self) -> dict[str, Any]:
        prefecture, objets = self.demande.prefecture, self._objets
        lieu = ", ".join(filter(None, (prefecture.nom, prefecture.adresse_complete)))
        return {
            "objet": objets[0] if objets else "",
            "lieu": lieu,
            "a_apporter": A_APPORTER[objets[0]] if objets else "",
        }

    def contexte(self) -> dict[str, Any]:
        return {"convocations": self.dossier.convocations}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return convoquer(
            **qui,
            objet=net["objet"],
            le=datetime.combine(net["date"], net["heure"], tzinfo=PARIS),
            lieu=net["lieu"],
            a_apporter=net["a_apporter"],
            maintenant=timezone.now(),
        )


class SurConvocation(Action):
    """On the appointment that the query string names."""

    etats = frozenset(Etat) - {Etat.BROUILLON}
    ciblee = True
    gabarit = "admin/demandes/demande/actions/convocation.html"

    @property
    def sans_objet(self) -> str:
        a_venir = {convocation.pk for convocation in self.dossier.convocations}
        return "" if self.numero("convocation") in a_venir else "convocation_absente"

    def contexte(self) -> dict[str, Any]:
        convocation = self.demande.convocations.filter(pk=self.numero("convocation")).first()
        if convocation is None:
            raise Http404
        return {"convocation": convocation}


class HonorerConvocation(SurConvocation):
    code = "honorer_convocation"
    libelle = _("La personne est venue")
    explication = _("Le rendez-vous est terminé. La personne n’en reçoit pas de message.")
    fait = _("Le rendez-vous est noté comme tenu.")
    directe = True

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return honorer_convocation(**qui, convocation_id=self.numero("convocation"))


class FormulaireAnnulation(Formulaire):
    motif = ChampTexte(label=_("Pourquoi ?"), help_text=_("La personne le lit."), max_length=500, lignes=3)


class AnnulerConvocation(SurConvocation):
    code = "annuler_convocation"
    libelle = _("Annuler le rendez-vous")
    explication = _(
        "La personne reçoit un message. Pour changer de date, donnez plutôt un nouveau rendez-vous."
    )
    fait = _("Le rendez-vous est annulé. La personne reçoit un message.")
    formulaire = FormulaireAnnulation
    champs_des_refus = {"phrase": "motif"}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return annuler_convocation(**qui, convocation_id=self.numero("convocation"), motif=net["motif"])
