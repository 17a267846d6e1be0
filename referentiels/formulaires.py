"""Forms of the portal: lean DSFR markup, errors tied to their fields (RGAA 11).

A form of any app subclasses `Formulaire`; docs/interface.md shows how a page renders it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from referentiels.champs import TroisCases
from referentiels.dessin import Rendu, attributs, option

# Rendered by itself; every other widget is an input, a select or a text area under its label.
GABARITS = {
    forms.CheckboxInput: "formulaires/case.html",
    forms.RadioSelect: "formulaires/groupe.html",
    forms.CheckboxSelectMultiple: "formulaires/groupe.html",
}


class ErreurResumee(NamedTuple):
    """One line of the error summary: `cible` is the id to land on ("" for the form as a whole)."""

    cible: str
    message: str


class ChampLie(BoundField):
    """A field as the page shows it: DSFR class, field template, target of the error link."""

    @property
    def template_name(self) -> str:
        for widget, gabarit in GABARITS.items():
            if isinstance(self.field.widget, widget):
                return gabarit
        return getattr(self.field.widget, "gabarit_champ", "formulaires/champ.html")

    @property
    def cible(self) -> str:
        """Id of the first control of the field."""
        if isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        if isinstance(self.field.widget, TroisCases):
            return f"{self.auto_id}_jour"
        return self.id_for_label

    @property
    def facultatif(self) -> bool:
        """Whether the label says « facultatif »: what is asked without a mark is required.

        A question that only some must answer says so in its hint.
        """
        une_case = isinstance(self.field.widget, forms.CheckboxInput)
        return not (self.field.required or une_case or self.name in self.form.conditions)

    @property
    def condition(self) -> str:
        """`name=value|value`: the answer that makes the question useful, for the script that hides it otherwise."""
        champ, _egal, valeurs = self.form.conditions.get(self.name, "").partition("=")
        return f"{self.form.add_prefix(champ)}={valeurs}" if champ else ""

    @property
    def est_fichier(self) -> bool:
        return isinstance(self.field.widget, forms.FileInput)

    @property
    def est_liste(self) -> bool:
        return isinstance(self.field.widget, forms.Select)

    def as_widget(
        self, widget: forms.Widget | None = None, attrs: Any = None, only_initial: bool = False
    ) -> str:
        widget = widget or self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            widget.template_name = "formulaires/choix.html"
        return super().as_widget(widget, attrs, only_initial)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not self.use_fieldset and not isinstance(widget, forms.CheckboxInput):
            propre = widget.attrs.get("class", "")
            attrs["class"] = f"{self._classe(widget)} {propre}".strip()
        return attrs

    @staticmethod
    def _classe(widget: forms.Widget) -> str:
        if isinstance(widget, forms.Select):
            return "fr-select"
        return "fr-upload" if isinstance(widget, forms.FileInput) else "fr-input"


class Formulaire(forms.Form):
    """Base of every form of the portal.

    `autocompletion` maps a field's name to its HTML autocomplete token (WCAG 1.3.5). `conditions` maps a
    field's name to the answer that makes it useful ("pour=enfant"): where scripts run it is hidden otherwise,
    elsewhere its hint says when to answer.
    """

    bound_field_class = ChampLie
    default_renderer = Rendu()
    template_name = "formulaires/formulaire.html"
    autocompletion: Mapping[str, str] = {}
    conditions: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for nom, jeton in self.autocompletion.items():
            if nom in self.fields:
                self.fields[nom].widget.attrs["autocomplete"] = jeton
        for champ in self.fields.values():
            self._nommer_ce_qui_manque(champ)

    @staticmethod
    def _nommer_ce_qui_manque(champ: forms.Field) -> None:
        """« Ce champ est obligatoire » does not say which answer is missing; the question's own words do."""
        if (
            champ.required
            and champ.error_messages.get("required") == forms.Field.default_error_messages["required"]
        ):
            modele = (
                _("Choisissez une réponse à la question : %(question)s")
                if isinstance(champ, forms.ChoiceField)
                else _("Répondez à la question : %(question)s")
            )
            champ.error_messages["required"] = modele % {"question": champ.label}

    def erreurs_resumees(self) -> list[ErreurResumee]:
        """Every error with the id that its link lands on, in the order of the fields."""
        resume = [ErreurResumee("", message) for message in self.non_field_errors()]
        for nom in self.fields:
            if nom in self.errors:
                resume += [ErreurResumee(self[nom].cible, message) for message in self.errors[nom]]
        return resume


class Liste(forms.Select):
    """A drop-down list written in one go: Django draws each option by templates, 250 times for the countries.

    Its choices are in no groups.
    """

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> str:
        choisies = self.format_value(value)
        options = "".join(
            option(str(code), str(libelle), str(code) in choisies) for code, libelle in self.choices
        )
        liste = attributs(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        # Every part is escaped above, or by `attributs`.
        return mark_safe(f"<select{liste}>{options}</select>")
