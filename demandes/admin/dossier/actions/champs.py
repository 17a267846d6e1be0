"""Fields that several actions ask."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referentiels.formulaires import Formulaire, Liste


class ChampTexte(forms.CharField):
    """A text of several lines, of at most `max_length` characters; line ends are counted as one."""

    def __init__(self, *, max_length: int, lignes: int = 4, **options: Any) -> None:
        super().__init__(
            max_length=max_length, widget=forms.Textarea({"rows": lignes, "cols": 60}), **options
        )

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").strip()


def champ_motif(motifs: Mapping[str, Any], label: Any, **options: Any) -> forms.ChoiceField:
    """A drop-down list of reasons (code → words) that starts with none chosen."""
    return forms.ChoiceField(
        label=label, choices=[("", _("Choisissez un motif")), *motifs.items()], widget=Liste, **options
    )


class FormulaireMotif(Formulaire):
    """Why, in the agent's words; kept in the journal, the person does not read it."""

    motif = ChampTexte(
        label=_("Pourquoi ?"),
        help_text=_("Gardé dans le journal du dossier. La personne ne le lit pas."),
        max_length=500,
        lignes=3,
    )
