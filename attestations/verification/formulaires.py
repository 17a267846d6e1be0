"""The four ways to ask: a file, the text that a camera read, the number printed, a share code."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from attestations import partages
from attestations.deuxddoc.verification import LONGUEUR_MAXIMALE
from referentiels.champs import ChampDateNaissance
from referentiels.formulaires import Formulaire


class FormulaireFichier(Formulaire):
    """A PDF or a photo. An empty file is for the reader to refuse, with its own sentence."""

    fichier = forms.FileField(
        label=_("Fichier PDF ou photo du code"),
        help_text=_("PDF, JPEG, PNG, WebP ou HEIC, 15 Mo au plus. Le fichier n’est pas gardé."),
        allow_empty_file=True,
        # The name is never used.
        max_length=None,
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png,.webp,.heic,.heif,application/pdf,image/*"}),
        error_messages={
            "required": _("Choisissez un fichier : le PDF de l’attestation ou une photo de son code.")
        },
    )


class FormulaireCode(Formulaire):
    """The text that the browser read with its camera."""

    texte = forms.CharField(max_length=LONGUEUR_MAXIMALE, strip=False, widget=forms.HiddenInput)


class ChampNumeroDemande(forms.CharField):
    """The 19 digits of a demande; spaces, dots and dashes are ignored. Cleans to the digits."""

    default_error_messages = {
        "required": _("Écrivez le numéro de la demande : 19 chiffres."),
        "max_length": _("Le numéro de la demande a 19 chiffres. Vérifiez le numéro."),
        "lettres": _("Le numéro de la demande n’a que des chiffres, sans lettre. Vérifiez le numéro."),
        "numero": _("Le numéro de la demande a 19 chiffres. Vous en avez écrit %(nombre)d."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "inputmode": "numeric",
            "spellcheck": "false",
            "autocomplete": "off",
        }

    def to_python(self, value: Any) -> str:
        chiffres = re.sub(r"[\s.\-‐-―]", "", super().to_python(value))
        if not chiffres:
            return ""
        if not re.fullmatch(r"[0-9]+", chiffres):
            raise ValidationError(self.error_messages["lettres"], code="lettres")
        if len(chiffres) != 19:
            raise ValidationError(
                self.error_messages["numero"], code="numero", params={"nombre": len(chiffres)}
            )
        return chiffres


class FormulaireNumero(Formulaire):
    """What the document prints: its number, and the birth date of its holder."""

    numero = ChampNumeroDemande(
        label=_("Numéro de la demande"), help_text=_("19 chiffres, écrits en haut de l’attestation.")
    )
    naissance = ChampDateNaissance(
        label=_("Date de naissance du titulaire"),
        help_text=_("Comme sur l’attestation. Si le jour ou le mois y est inconnu, laissez la case vide."),
    )


class FormulairePartage(Formulaire):
    """The code that the holder gave."""

    code = forms.CharField(
        label=_("Code de partage"),
        help_text=_("28 lettres et chiffres. Les tirets et les espaces ne comptent pas."),
        max_length=80,
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={
            "required": _("Écrivez le code de partage."),
            "max_length": _("Ce code est trop long. Un code de partage a 28 lettres et chiffres."),
        },
    )

    def clean_code(self) -> str:
        code = partages.normaliser(self.cleaned_data["code"])
        if code is None:
            raise ValidationError(
                _("Un code de partage a 28 lettres et chiffres. Vérifiez que rien ne manque."), code="forme"
            )
        return code
