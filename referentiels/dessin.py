"""The controls of a form written by Python: the HTML of Django's widget templates, at a tenth of their price.

A page of the deposit has 20 to 600 controls, and drawing them by templates took half of its time
(docs/mesures.md). The templates of the fields around them, under templates/formulaires/, are templates.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString


class Rendu(TemplatesSetting):
    """The renderer of our forms: what `DESSINS` names is drawn here, everything else by its template."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        dessiner = DESSINS.get(template_name)
        if dessiner is None:
            return super().render(template_name, context, request)
        # Each part is escaped where it is written, below.
        return SafeString(dessiner(context))


def attributs(valeurs: Mapping[str, Any]) -> str:
    """` name="value"` for each, the name alone for True, nothing for False and None."""
    return "".join(
        f" {nom}" if valeur is True else f' {nom}="{escape(str(valeur))}"'
        for nom, valeur in valeurs.items()
        if valeur is not False and valeur is not None
    )


@lru_cache(maxsize=1024)
def option(code: str, libelle: str, choisie: bool) -> str:
    """One line of a drop-down list; the countries are always the same."""
    return f'<option value="{escape(code)}"{" selected" if choisie else ""}>{escape(libelle)}</option>'


def _entree(context: dict[str, Any]) -> str:
    widget = context["widget"]
    valeur = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    return (
        f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{valeur}{attributs(widget["attrs"])}>'
    )


def _texte_long(context: dict[str, Any]) -> str:
    widget = context["widget"]
    # The browser drops the first line break after the tag.
    return (
        f'<textarea name="{escape(widget["name"])}"{attributs(widget["attrs"])}>\n'
        f"{escape(str(widget['value'] or ''))}</textarea>"
    )


def _choix(context: dict[str, Any]) -> str:
    """Radios or boxes of a group, each in its DSFR element."""
    widget = context["widget"]
    lignes = []
    for _groupe, options, _rang in widget["optgroups"]:
        for option in options:
            sorte = option["type"]
            requis = sorte == "radio" and widget["attrs"].get("required")
            etats = {"checked": "checked" in option["attrs"], "disabled": option["attrs"].get("disabled")}
            ident = escape(option["attrs"]["id"])
            lignes.append(
                f'<div class="fr-fieldset__element"><div class="fr-{sorte}-group"><input type="{sorte}"'
                f' name="{escape(option["name"])}" id="{ident}" value="{escape(str(option["value"]))}"'
                f"{attributs({**etats, 'required': bool(requis)})}>"
                f'<label class="fr-label" for="{ident}">{escape(str(option["label"]))}</label></div></div>'
            )
    return "".join(lignes)


def _trois_cases(context: dict[str, Any]) -> str:
    """Day, month and year of a date."""
    invalide = ' aria-invalid="true"' if context["invalide"] else ""
    cases = "".join(
        f'<div class="portail-date__case portail-date__case--{case["longueur"]}">'
        f'<label class="fr-label" for="{escape(case["id"])}">{escape(str(case["libelle"]))}</label>'
        f'<input class="fr-input" type="text" inputmode="numeric" maxlength="{case["longueur"]}"'
        f' name="{escape(case["nom"])}" id="{escape(case["id"])}" value="{escape(str(case["valeur"]))}"'
        f' autocomplete="{escape(case["autocomplete"])}"{invalide}></div>'
        for case in context["cases"]
    )
    return f'<div class="portail-date" id="{escape(context["widget"]["attrs"].get("id", ""))}">{cases}</div>'


ENTREES = ("text", "email", "number", "password", "hidden", "checkbox", "tel", "search", "url", "date")

DESSINS: dict[str, Callable[[dict[str, Any]], str]] = {
    **{f"django/forms/widgets/{sorte}.html": _entree for sorte in ENTREES},
    "django/forms/widgets/textarea.html": _texte_long,
    "formulaires/choix.html": _choix,
    "formulaires/trois_cases.html": _trois_cases,
}
