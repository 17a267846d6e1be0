from importlib import import_module

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import module_has_submodule

# Screens of libraries (login attempts, devices, groups) would show secrets and write without an operation.
NOTRES = ("referentiels", "comptes", "attestations", "demandes", "assistance")


class GestionConfig(SimpleAdminConfig):
    """The staff site replaces Django's default admin site, with the screens of our own apps only."""

    default_site = "anef.gestion.SiteGestion"

    def ready(self) -> None:
        super().ready()
        for nom in NOTRES:
            if module_has_submodule(apps.get_app_config(nom).module, "admin"):
                import_module(f"{nom}.admin")
