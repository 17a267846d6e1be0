"""Every address of the portal, and the baselines that it is measured against."""

from django.urls import include, path

from anef.urls import handler400, handler403, handler404, handler500
from bench import temoins

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/formulaire/", temoins.formulaire),
    path("bench/insertion/", temoins.insertion),
    path("", include("anef.urls")),
]
