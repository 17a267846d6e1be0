"""Addresses of a deposited dossier on its owner's side; part of demandes.urls."""

from django.urls import path

from demandes.vues.suivi import archive, complement, dossier, gestes

urlpatterns = [
    path("espace/demandes/<uuid:demande_id>/", dossier.demande, name="demande"),
    path("espace/demandes/<uuid:demande_id>/complement/", complement.complement, name="complement"),
    path(
        "espace/demandes/<uuid:demande_id>/complement/<slug:code>/",
        complement.complement_piece,
        name="complement_piece",
    ),
    path("espace/demandes/<uuid:demande_id>/retirer/", gestes.retirer, name="retirer"),
    path("espace/demandes/<uuid:demande_id>/erreur/", gestes.signaler_erreur, name="signaler_erreur"),
    path(
        "espace/demandes/<uuid:demande_id>/convocations/<int:convocation_id>/",
        gestes.demander_report,
        name="demander_report",
    ),
    path("espace/demandes/<uuid:demande_id>/archive/", archive.archive, name="archive"),
    path("espace/attestations/<uuid:attestation_id>/", dossier.attestation, name="telecharger_attestation"),
]
