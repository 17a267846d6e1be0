"""Addresses of a lost mailbox; part of demandes.urls."""

from django.urls import path

from demandes.vues import adresse_perdue

urlpatterns = [
    path("adresse-perdue/", adresse_perdue.Ouvrir.as_view(), name="adresse_perdue"),
    path("adresse-perdue/code/", adresse_perdue.Code.as_view(), name="adresse_perdue_code"),
    path("adresse-perdue/piece-d-identite/", adresse_perdue.Piece.as_view(), name="adresse_perdue_piece"),
    path("adresse-perdue/envoyee/", adresse_perdue.Envoyee.as_view(), name="adresse_perdue_envoyee"),
    path(
        "adresse-perdue/<uuid:recuperation_id>/<slug:jeton>/annuler/",
        adresse_perdue.annuler_lien,
        name="adresse_perdue_annuler",
    ),
    path(
        "espace/adresse-perdue/<uuid:recuperation_id>/annuler/",
        adresse_perdue.annuler_compte,
        name="adresse_perdue_refuser",
    ),
]
