"""Addresses of the files of a draft; part of demandes.urls."""

from django.urls import path

from demandes.vues import fichiers

urlpatterns = [
    path(
        "demarches/<uuid:demande_id>/pieces/<slug:code>/ajouter/",
        fichiers.ajouter_fichier,
        name="ajouter_fichier",
    ),
    path("demarches/<uuid:demande_id>/fichiers/etats/", fichiers.etats_fichiers, name="etats_fichiers"),
    path("demarches/<uuid:demande_id>/fichiers/<uuid:fichier_id>/", fichiers.fichier, name="fichier"),
    path("demarches/<uuid:demande_id>/fichiers/<uuid:fichier_id>/apercu/", fichiers.apercu, name="apercu"),
    path(
        "demarches/<uuid:demande_id>/fichiers/<uuid:fichier_id>/remplacer/",
        fichiers.remplacer_fichier,
        name="remplacer_fichier",
    ),
    path(
        "demarches/<uuid:demande_id>/fichiers/<uuid:fichier_id>/retirer/",
        fichiers.retirer_fichier,
        name="retirer_fichier",
    ),
]
