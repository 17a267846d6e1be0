from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemandesConfig(AppConfig):
    name = "demandes"
    verbose_name = _("Demandes")

    def ready(self) -> None:
        """Hand over what the texts of our mails need (demandes/courriels.py)."""
        from comptes.redaction import enregistrer_preparation
        from demandes.courriels import PREPARATIONS

        for type_, preparation in PREPARATIONS.items():
            enregistrer_preparation(type_, preparation)
