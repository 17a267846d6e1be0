"""Forms that ask for a number or set a password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comptes.formulaires.connexion import LONGUEUR_MOT_DE_PASSE
from comptes.identifiants import normaliser_identifiant
from comptes.models import Compte
from referentiels.formulaires import Formulaire


class FormulaireOubli(Formulaire):
    """« Mot de passe oublié »: the number of the account."""

    username = forms.CharField(
        label=_("Numéro étranger ou numéro de visa"),
        help_text=_("Le numéro étranger a 10 chiffres. Les espaces ne comptent pas."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={
            "required": _("Écrivez votre numéro étranger ou votre numéro de visa."),
            "max_length": _("Ce numéro est trop long. Le numéro étranger a 10 chiffres."),
        },
    )

    def clean_username(self) -> str:
        return normaliser_identifiant(self.cleaned_data["username"])[:40]


class FormulaireOubliAgent(FormulaireOubli):
    """The same for staff: the login."""

    username = forms.CharField(
        label=_("Identifiant"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={
            "required": _("Écrivez votre identifiant."),
            "max_length": _("Cet identifiant est trop long. Vérifiez-le."),
        },
    )


def champ_nouveau(libelle: Any, aide: Any = "") -> forms.CharField:
    """The field of a password being chosen."""
    return forms.CharField(
        label=libelle,
        help_text=aide,
        strip=False,
        max_length=LONGUEUR_MOT_DE_PASSE,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={
            "required": _("Écrivez le mot de passe."),
            "max_length": _("Ce mot de passe est trop long : 256 signes au plus."),
        },
    )


class FormulaireDeCompte(Formulaire):
    """A form about the account `user`, which may not be saved yet."""

    def __init__(self, user: Compte, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)


class FormulaireMotDePasse(FormulaireDeCompte):
    """A new password, twice. `user` is the account it is for (it may not be saved yet): it must not resemble
    it.
    """

    mot_de_passe = champ_nouveau(
        _("Nouveau mot de passe"),
        _(
            "12 signes au moins. Par exemple quatre mots qui ne vont pas ensemble. Pas seulement des chiffres."
        ),
    )
    mot_de_passe_confirmation = champ_nouveau(_("Le même mot de passe, une deuxième fois"))

    def clean_mot_de_passe(self) -> str:
        mot_de_passe = self.cleaned_data["mot_de_passe"]
        validate_password(mot_de_passe, self.user)
        return mot_de_passe

    def clean_mot_de_passe_confirmation(self) -> str:
        confirmation = self.cleaned_data["mot_de_passe_confirmation"]
        # What was typed, valid or not: one error at a time would make the person type twice more.
        if confirmation != self.data.get(self.add_prefix("mot_de_passe"), ""):
            raise ValidationError(
                _("Les deux mots de passe ne sont pas pareils. Écrivez deux fois le même."), code="different"
            )
        return confirmation


class AvecMotDePasseActuel(FormulaireDeCompte):
    """Asks the present password before something that an open session alone must not do."""

    mot_de_passe_actuel = forms.CharField(
        label=_("Votre mot de passe actuel"),
        strip=False,
        max_length=LONGUEUR_MOT_DE_PASSE,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Écrivez votre mot de passe actuel.")},
    )

    def clean_mot_de_passe_actuel(self) -> str:
        actuel = self.cleaned_data["mot_de_passe_actuel"]
        if not self.user.check_password(actuel):
            raise ValidationError(_("Ce n’est pas votre mot de passe actuel. Vérifiez-le."), code="faux")
        return actuel


class FormulaireChangerMotDePasse(AvecMotDePasseActuel, FormulaireMotDePasse):
    """The present password, then the new one twice."""

    field_order = ["mot_de_passe_actuel", "mot_de_passe", "mot_de_passe_confirmation"]
