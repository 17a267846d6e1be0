"""Forms of the profile page."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comptes.formulaires.inscription import champ_email
from comptes.formulaires.mot_de_passe import AvecMotDePasseActuel
from referentiels.champs import ChampTelephone
from referentiels.formulaires import Formulaire


class FormulaireTelephone(Formulaire):
    """The telephone number; left empty, it is removed."""

    telephone = ChampTelephone(required=False)


class FormulaireChangerEmail(AvecMotDePasseActuel):
    """A new address, and the present password."""

    email = champ_email(label=_("Nouvelle adresse électronique"))
    field_order = ["email", "mot_de_passe_actuel"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if email == self.user.email:
            raise ValidationError(_("C’est déjà votre adresse. Écrivez la nouvelle."), code="identique")
        return email
