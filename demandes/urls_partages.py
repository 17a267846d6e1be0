"""Addresses of the share codes of an attestation; part of demandes.urls."""

from django.urls import path

from demandes.vues import partages

urlpatterns = [
    path("espace/attestations/<uuid:attestation_id>/partages/", partages.partages, name="partages"),
    path(
        "espace/attestations/<uuid:attestation_id>/partages/<uuid:partage_id>/revoquer/",
        partages.revoquer,
        name="revoquer_partage",
    ),
]
