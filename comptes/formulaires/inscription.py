"""Forms of the sign-up (R-COMPTE-1)."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comptes.identifiants import NUMERO_DOCUMENT, NUMERO_ETRANGER, NUMERO_VISA, normaliser
from referentiels.champs import ChampDate
from referentiels.formulaires import Formulaire

TITRE, RECEPISSE, ATDA, VISA = "titre", "recepisse", "atda", "visa"


class FormulaireDocument(Formulaire):
    """Step 1: which document, its number, its first and last day. Only the form of each is checked here."""

    document = forms.ChoiceField(
        label=_("Quel document avez-vous ?"),
        choices=[
            (TITRE, _("Un titre de séjour (carte)")),
            (RECEPISSE, _("Un récépissé")),
            (ATDA, _("Une attestation de demande d’asile (ATDA)")),
            (VISA, _("Un visa")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez le document que vous avez."),
            "invalid_choice": _("Choisissez un document de la liste."),
        },
    )
    numero = forms.CharField(
        label=_("Numéro étranger ou numéro du document"),
        help_text=_("Le numéro étranger a 10 chiffres. Avec un visa, écrivez le numéro du visa."),
        max_length=60,
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={
            "required": _("Écrivez le numéro."),
            "max_length": _("Ce numéro est trop long. Vérifiez-le."),
        },
    )
    debut = ChampDate(
        label=_("Premier jour de validité"),
        help_text=_("La date de début écrite sur le document. Par exemple 27 3 2024."),
    )
    fin = ChampDate(
        label=_("Dernier jour de validité"),
        help_text=_("La date de fin écrite sur le document, même si elle est passée."),
    )

    def clean_numero(self) -> str:
        numero = normaliser(self.cleaned_data["numero"])
        if not numero:
            raise ValidationError(_("Écrivez le numéro avec des chiffres ou des lettres."), code="vide")
        if not numero.isascii():
            raise ValidationError(
                _("Écrivez le numéro avec des chiffres et des lettres sans accent."), code="signes"
            )
        document = self.cleaned_data.get("document")
        if document == ATDA and not NUMERO_ETRANGER.fullmatch(numero):
            raise ValidationError(_longueur(numero), code="numero_etranger")
        if document == VISA and not NUMERO_VISA.fullmatch(numero):
            raise ValidationError(
                _("Le numéro de visa a de 6 à 20 chiffres ou lettres. Vérifiez le numéro."), code="visa"
            )
        if not NUMERO_DOCUMENT.fullmatch(numero):
            raise ValidationError(
                _(
                    "Le numéro a de 6 à 20 chiffres ou lettres. Le numéro étranger en a 10. Vérifiez le numéro."
                ),
                code="numero",
            )
        return numero

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and fin < debut:
            self.add_error(
                "fin",
                ValidationError(
                    _("Le dernier jour est avant le premier jour. Vérifiez les deux dates."), code="ordre"
                ),
            )
        return donnees


def _longueur(numero: str) -> str:
    if not numero.isdigit():
        return _("Sur l’ATDA, le numéro étranger a 10 chiffres et aucune lettre. Vérifiez le numéro.")
    return ngettext(
        "Le numéro étranger a 10 chiffres. Vous en avez écrit %(n)d. Vérifiez le numéro.",
        "Le numéro étranger a 10 chiffres. Vous en avez écrit %(n)d. Vérifiez le numéro.",
        len(numero),
    ) % {"n": len(numero)}


class ValidateurAdresse(EmailValidator):
    """An address that a mail can reach from outside: no name of this machine, no address by number."""

    domain_allowlist: list[str] = []
    literal_regex = re.compile(r"(?!)")


class ChampEmail(forms.EmailField):
    default_validators = [ValidateurAdresse()]


def champ_email(**options: Any) -> forms.EmailField:
    """The field of an e-mail address, alike on every page that asks one."""
    return ChampEmail(
        **{
            "label": _("Adresse électronique (e-mail)"),
            "max_length": 254,
            "help_text": _(
                "Par exemple prenom.nom@exemple.fr. Vous devez pouvoir lire les messages qui y arrivent."
            ),
            "widget": forms.EmailInput(
                {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}
            ),
            "error_messages": {
                "required": _("Écrivez votre adresse électronique."),
                "invalid": _("Cette adresse n’a pas la bonne forme. Elle ressemble à prenom.nom@exemple.fr."),
                "max_length": _("Cette adresse est trop longue. Vérifiez-la."),
            },
            **options,
        }
    )


class FormulaireEmail(Formulaire):
    """Step 2: the address to verify."""

    email = champ_email()


class FormulaireCode(Formulaire):
    """Step 2: the six digits received."""

    code = forms.CharField(
        label=_("Code reçu"),
        help_text=_("6 chiffres, par exemple 012 345."),
        max_length=20,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Écrivez le code reçu par e-mail."),
            "max_length": _("Le code a 6 chiffres. Vérifiez le code."),
        },
    )

    def clean_code(self) -> str:
        code = normaliser(self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError(_("Le code a 6 chiffres. Vérifiez le code."), code="forme")
        return code


class FormulaireNumero(Formulaire):
    """The number of step 1 typed again, to go on with a sign-up on another device."""

    numero = forms.CharField(
        label=_("Le numéro que vous avez écrit à l’étape 1"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Écrivez le numéro.")},
    )

    def clean_numero(self) -> str:
        return normaliser(self.cleaned_data["numero"])
