"""The form of a child who claims an account."""

from django.utils.translation import gettext_lazy as _

from referentiels.champs import ChampNumeroEtranger
from referentiels.formulaires import Formulaire


class FormulaireEnfant(Formulaire):
    """The child's own number: what the mail does not say, and what they will log in with."""

    numero = ChampNumeroEtranger(
        label=_("Votre numéro étranger"),
        help_text=_("10 chiffres. Ce sera votre identifiant : gardez-le."),
        error_messages={"required": _("Écrivez votre numéro étranger : 10 chiffres.")},
    )
