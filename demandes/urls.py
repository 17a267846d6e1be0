"""Addresses of the portal, the deposit and the account page."""

from django.urls import path

from demandes.urls_fichiers import urlpatterns as fichiers
from demandes.urls_portail import urlpatterns as portail
from demandes.vues import espace, fiches, rappel
from demandes.vues.depot import brouillons
from demandes.vues.depot.assistant import AssistantDepot
from demandes.vues.depot.orientation import orientation

app_name = "demandes"

urlpatterns = [
    *portail,
    *fichiers,
    path("communes/", brouillons.communes, name="communes"),
    path("demarches/nouvelle/", brouillons.nouvelle, name="nouvelle"),
    path("demarches/<uuid:demande_id>/", brouillons.reprendre_brouillon, name="reprendre"),
    path("demarches/<uuid:demande_id>/orientation/", orientation, name="orientation"),
    path("demarches/<uuid:demande_id>/abandonner/", brouillons.abandonner, name="abandonner"),
    path("demarches/<uuid:demande_id>/depose/", brouillons.depose, name="depose"),
    path(
        "demarches/<uuid:demande_id>/echec/<slug:reference>/",
        brouillons.preuve_d_echec,
        name="preuve_d_echec",
    ),
    path(
        "demarches/<uuid:demande_id>/<slug:step>/",
        AssistantDepot.as_view(url_name="demandes:etape", done_step_name="fin"),
        name="etape",
    ),
    path("espace/", espace.espace, name="espace"),
    path("espace/demandes/<uuid:demande_id>/", espace.demande, name="demande"),
    path("espace/rappel/", rappel.rappel, name="rappel"),
    path("espace/attestations/<uuid:attestation_id>/", espace.attestation, name="telecharger_attestation"),
    path(
        "espace/attestations/<uuid:attestation_id>/fiche/<slug:public>/",
        fiches.fiche_de_droits,
        name="fiche_de_droits",
    ),
    path(
        "espace/attestations/<uuid:attestation_id>/fiche/<slug:public>/pdf/",
        fiches.fiche_pdf,
        name="fiche_pdf",
    ),
]
