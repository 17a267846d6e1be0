"""Forms of the second factor."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comptes.identifiants import normaliser
from comptes.second_facteur import normaliser_code_de_secours
from referentiels.formulaires import Formulaire

# The names tell comptes.reprise not to keep these fields when a session has ended.
CODE, CODE_DE_SECOURS = "code_unique", "code_de_secours"
# One sentence for a wrong code, an old one and one that has served: nobody learns which.
REFUS = _("Ce code n’est pas le bon, ou il a déjà servi. Attendez le code suivant, puis écrivez-le.")
REFUS_DE_SECOURS = _("Ce code n’est pas le bon, ou il a déjà servi. Vérifiez-le, ou prenez-en un autre.")


class FormulaireCodeUnique(Formulaire):
    """The six digits that the telephone shows."""

    code_unique = forms.CharField(
        label=_("Code à 6 chiffres"),
        help_text=_("Il est affiché par votre application. Il change toutes les 30 secondes."),
        max_length=20,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Écrivez le code à 6 chiffres de votre application."),
            "max_length": _("Le code a 6 chiffres. Vérifiez le code."),
        },
    )

    def clean_code_unique(self) -> str:
        code = normaliser(self.cleaned_data["code_unique"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError(_("Le code a 6 chiffres. Vérifiez le code."), code="forme")
        return code


class FormulaireCodeDeSecours(Formulaire):
    """One of the ten codes kept on paper."""

    code_de_secours = forms.CharField(
        label=_("Code de secours"),
        help_text=_("10 chiffres ou lettres. Les espaces et les tirets ne comptent pas."),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={
            "required": _("Écrivez un de vos codes de secours."),
            "max_length": _("Un code de secours a 10 chiffres ou lettres. Vérifiez le code."),
        },
    )

    def clean_code_de_secours(self) -> str:
        code = normaliser_code_de_secours(self.cleaned_data["code_de_secours"])
        if not code:
            raise ValidationError(
                _("Un code de secours a 10 chiffres ou lettres. Vérifiez le code."), code="forme"
            )
        return code
