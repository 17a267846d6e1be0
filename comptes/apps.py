from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ComptesConfig(AppConfig):
    name = "comptes"
    verbose_name = _("Comptes")

    def ready(self) -> None:
        from comptes.controles import verifier_durees

        checks.register(verifier_durees)
