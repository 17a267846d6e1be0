"""Step 5, recapitulatif: everything once more, the declaration on honour, « Déposer »."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from referentiels.formulaires import Formulaire

if TYPE_CHECKING:
    from demandes.parcours.dossier import Dossier


class RecapitulatifForm(Formulaire):
    declaration = forms.BooleanField(
        label=_("Je déclare sur l’honneur que ces informations sont exactes."),
        error_messages={"required": _("Cochez la déclaration pour déposer votre demande.")},
    )

    def __init__(self, *args: Any, dossier: "Dossier", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
