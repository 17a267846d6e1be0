from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AttestationsConfig(AppConfig):
    name = "attestations"
    verbose_name = _("Attestations")

    def ready(self) -> None:
        from attestations.controles import verifier_harfbuzz, verifier_signataire

        checks.register(verifier_harfbuzz)
        checks.register(verifier_signataire)
