"""The login form."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.utils.translation import gettext_lazy as _

from comptes.identifiants import normaliser_identifiant
from comptes.models import Compte
from referentiels.formulaires import Formulaire

# Longer than any password people type; hashing a megabyte for a stranger is not on offer.
LONGUEUR_MOT_DE_PASSE = 256


class FormulaireConnexion(Formulaire, AuthenticationForm):
    """Number and password; the same answer for an unknown number and a wrong password."""

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
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        max_length=LONGUEUR_MOT_DE_PASSE,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={
            "required": _("Écrivez votre mot de passe."),
            "max_length": _("Ce mot de passe est trop long."),
        },
    )
    error_messages = {
        "invalid_login": _(
            "Le numéro ou le mot de passe n’est pas le bon. Vérifiez les deux, puis essayez à nouveau."
        ),
        "inactive": _(
            "Le numéro ou le mot de passe n’est pas le bon. Vérifiez les deux, puis essayez à nouveau."
        ),
    }

    def clean_username(self) -> str:
        return normaliser_identifiant(self.cleaned_data["username"])


class FormulaireConnexionAgent(FormulaireConnexion):
    """Login and password of a member of staff; an usager's account gets the answer of an unknown one."""

    username = forms.CharField(
        label=_("Identifiant"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={
            "required": _("Écrivez votre identifiant."),
            "max_length": _("Cet identifiant est trop long. Vérifiez-le."),
        },
    )
    error_messages = dict.fromkeys(
        ("invalid_login", "inactive"),
        _("L’identifiant ou le mot de passe n’est pas le bon. Vérifiez les deux, puis essayez à nouveau."),
    )

    def confirm_login_allowed(self, user: Compte) -> None:
        super().confirm_login_allowed(user)
        if not user.is_staff:
            # Counted as a failure: that the right password locks nothing would tell it.
            credentials = {"username": self.cleaned_data["username"]}
            user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
            raise self.get_invalid_login_error()
