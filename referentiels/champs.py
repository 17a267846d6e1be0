"""Fields of the portal's forms: dates in three boxes, numéro étranger, telephone."""

import datetime
import re
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class TroisCases(forms.Widget):
    """A date typed as day, month and year: no calendar to fight with, and a part may stay unknown.

    Reads `<name>_jour`, `<name>_mois`, `<name>_annee`, or `<name>` alone as YYYY-MM-DD (a link, an import).
    """

    template_name = "formulaires/trois_cases.html"
    gabarit_champ = "formulaires/groupe.html"
    use_fieldset = True
    PARTIES = ("jour", "mois", "annee")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str, str]:
        if not any(f"{name}_{partie}" in data for partie in self.PARTIES):
            return self.decomposer(data.get(name))
        jour, mois, annee = (str(data.get(f"{name}_{partie}", "")).strip() for partie in self.PARTIES)
        return jour, mois, annee

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and all(f"{name}_{partie}" not in data for partie in self.PARTIES)

    def decomposer(self, valeur: Any) -> tuple[str, str, str]:
        """Give the three boxes of a date, an ISO text (00 shown as an empty box) or three boxes already."""
        if isinstance(valeur, tuple | list):
            jour, mois, annee = valeur
            return jour, mois, annee
        if isinstance(valeur, datetime.date):
            valeur = valeur.isoformat()
        annee, _tiret, reste = str(valeur or "").strip().partition("-")
        mois, _tiret, jour = reste.partition("-")
        return ("" if jour == "00" else jour), ("" if mois == "00" else mois), annee

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        # "bday" becomes "bday-day", "bday-month", "bday-year" on the three boxes.
        jeton = context["widget"]["attrs"].pop("autocomplete", "")
        context["invalide"] = "aria-invalid" in context["widget"]["attrs"]
        valeurs = self.decomposer(value)
        libelles = (_("Jour"), _("Mois"), _("Année"))
        context["cases"] = [
            {
                "nom": f"{name}_{partie}",
                "id": f"{context['widget']['attrs'].get('id', name)}_{partie}",
                "libelle": libelle,
                "valeur": valeur,
                "longueur": 4 if partie == "annee" else 2,
                "autocomplete": f"{jeton}-{suffixe}" if jeton else "off",
            }
            for partie, libelle, valeur, suffixe in zip(
                self.PARTIES, libelles, valeurs, ("day", "month", "year"), strict=True
            )
        ]
        return context


class ChampDate(forms.Field):
    """A date in three boxes. Cleans to a `datetime.date`, or None when empty and not required."""

    widget = TroisCases
    default_error_messages = {
        "required": _("Indiquez la date : jour, mois et année."),
        "incomplete": _("La date n’est pas complète : indiquez le jour, le mois et l’année."),
        "chiffres": _("Écrivez la date avec des chiffres, par exemple 27 03 2024."),
        "annee": _("Écrivez l’année avec quatre chiffres, par exemple 1994."),
        "inexistante": _("Cette date n’existe pas : vérifiez le jour et le mois."),
        "mois_inconnu": _("Si vous connaissez le jour, indiquez aussi le mois."),
    }

    def prepare_value(self, value: Any) -> Any:
        return self.widget.decomposer(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.widget.decomposer(initial) != self.widget.decomposer(data)

    def to_python(self, value: Any) -> Any:
        jour, mois, annee = self.widget.decomposer(value)
        if not (jour or mois or annee):
            return None
        if not all(re.fullmatch(r"[0-9]*", partie) for partie in (jour, mois, annee)):
            raise ValidationError(self.error_messages["chiffres"], code="chiffres")
        if annee and len(annee) != 4:
            raise ValidationError(self.error_messages["annee"], code="annee")
        return self.composer(jour, mois, annee)

    def composer(self, jour: str, mois: str, annee: str) -> Any:
        """Make the value of three boxes of digits, at least one of them filled."""
        if not (jour and mois and annee):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return self._date(jour, mois, annee)

    def _date(self, jour: str, mois: str, annee: str) -> datetime.date:
        try:
            return datetime.date(int(annee), int(mois), int(jour))
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["inexistante"], code="inexistante") from None


class ChampDateNaissance(ChampDate):
    """A date of birth whose day, or day and month, may be unknown (R-REGLES-6).

    Cleans to the text "YYYY-MM-DD" with 00 for an unknown part, or "" when empty and not required.
    """

    default_error_messages = {
        "required": _("Indiquez la date de naissance. L’année suffit si le jour et le mois sont inconnus."),
        "incomplete": _("Indiquez au moins l’année de naissance."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text",
            _("Par exemple 27 3 1994. Si le jour ou le mois est inconnu, laissez la case vide."),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(value) or ""

    def composer(self, jour: str, mois: str, annee: str) -> str:
        jour, mois = jour.strip("0") and jour, mois.strip("0") and mois
        if not annee:
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        if jour and not mois:
            raise ValidationError(self.error_messages["mois_inconnu"], code="mois_inconnu")
        self._date(jour or "1", mois or "1", annee)
        return f"{annee}-{int(mois or 0):02}-{int(jour or 0):02}"


class ChampNumeroEtranger(forms.CharField):
    """The ten digits of a person in AGDREF; spaces, dots and dashes are ignored. Cleans to the digits."""

    default_error_messages = {
        "required": _("Indiquez le numéro étranger : 10 chiffres."),
        "numero": _("Le numéro étranger a 10 chiffres. Vous en avez écrit %(nombre)d : vérifiez le numéro."),
        "lettres": _("Le numéro étranger n’a que des chiffres, sans lettre. Vérifiez le numéro."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Numéro étranger"))
        kwargs.setdefault("help_text", _("10 chiffres, par exemple 99 01 23 45 67."))
        super().__init__(max_length=40, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "inputmode": "numeric",
            "spellcheck": "false",
            "maxlength": "20",
        }

    def to_python(self, value: Any) -> str:
        chiffres = re.sub(r"[\s.\-‐-―]", "", super().to_python(value))
        if not chiffres:
            return ""
        if not re.fullmatch(r"[0-9]+", chiffres):
            raise ValidationError(self.error_messages["lettres"], code="lettres")
        if len(chiffres) != 10:
            raise ValidationError(
                self.error_messages["numero"], code="numero", params={"nombre": len(chiffres)}
            )
        return chiffres


class ChampTelephone(forms.CharField):
    """A telephone number, French unless it starts with +. Cleans to the international form (E.164), or ""."""

    default_error_messages = {
        "max_length": _("Ce numéro de téléphone est trop long. Vérifiez les chiffres."),
        "impossible": _("Ce numéro de téléphone n’existe pas. Vérifiez les chiffres."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Téléphone"))
        kwargs.setdefault(
            "help_text",
            _(
                "Par exemple 06 12 34 56 78. Hors de France métropolitaine, commencez par + et le code du pays."
            ),
        )
        super().__init__(max_length=40, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}

    def to_python(self, value: Any) -> str:
        saisi = super().to_python(value)
        if not saisi:
            return ""
        try:
            numero = phonenumbers.parse(saisi, "FR")
        except phonenumbers.NumberParseException:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from None
        # « Possible », not « valid »: operators open new ranges before the library knows them.
        if not phonenumbers.is_possible_number(numero):
            raise ValidationError(self.error_messages["impossible"], code="impossible")
        return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164)
