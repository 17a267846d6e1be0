"""Addresses of the public part: home, simulator, choice and presentation of a case."""

from django.urls import path

from demandes.vues.accueil import accueil
from demandes.vues.presentation import demander, presentation
from demandes.vues.simulateur import simulateur

urlpatterns = [
    path("", accueil, name="accueil"),
    path("simulateur/", simulateur, name="simulateur"),
    path("demander/", demander, name="demander"),
    path("demander/<slug:cas>/", presentation, name="presentation"),
]
