"""Forms about a staff account, filled by an administrateur."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comptes.formulaires.inscription import champ_email
from comptes.models import Agent
from referentiels.formulaires import Formulaire
from referentiels.models import Prefecture


class FormulaireModifierAgent(Formulaire):
    """Name, address, role, prefectures. `marque` tells the account as the page showed it."""

    conditions = {"prefectures": "role=" + "|".join(sorted(Agent.ROLES_EN_PREFECTURE))}

    marque = forms.CharField(required=False, widget=forms.HiddenInput)
    nom = forms.CharField(label=_("Nom"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    prenoms = forms.CharField(
        label=_("Prénom"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    email = champ_email(
        label=_("Adresse électronique professionnelle"),
        help_text=_("Le lien pour choisir le mot de passe y est envoyé."),
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=Agent.ROLES, widget=forms.RadioSelect)
    prefectures = forms.MultipleChoiceField(
        label=_("Préfectures"),
        help_text=_("Une au moins pour un instructeur ou un responsable. Les autres rôles n’en ont pas."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Somebody else's address: the browser must not offer that of whoever types.
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].error_messages["required"] = _("Écrivez l’adresse électronique de l’agent.")
        self.fields["prefectures"].choices = [
            (p.code_departement, f"{p.code_departement} {p.departement}")
            for p in Prefecture.objects.order_by("code_departement")
        ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        if "role" in donnees and donnees["role"] not in Agent.ROLES_EN_PREFECTURE:
            # Where scripts run, the boxes ticked for an earlier role are hidden, not unticked.
            donnees["prefectures"] = []
        elif "role" in donnees and donnees.get("prefectures") == []:
            self.add_error(
                "prefectures",
                ValidationError(
                    _("Choisissez une préfecture au moins : ce rôle en a besoin."), code="absente"
                ),
            )
        return donnees


class FormulaireCreerAgent(FormulaireModifierAgent):
    """The same, and the login, which never changes afterwards."""

    marque = None
    identifiant = forms.CharField(
        label=_("Identifiant de connexion"),
        help_text=_(
            "De 3 à 40 lettres sans accent, points ou tirets, avec 4 chiffres au plus. Par exemple j.martin."
        ),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
    field_order = ["identifiant", "nom", "prenoms", "email", "role", "prefectures"]
