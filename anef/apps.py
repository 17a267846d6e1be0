from django.contrib.admin.apps import AdminConfig


class GestionConfig(AdminConfig):
    """The staff site replaces Django's default admin site."""

    default_site = "anef.gestion.SiteGestion"
