"""Addresses of the portal, the deposit and the account page."""

from django.urls import path

from demandes.urls_adresse_perdue import urlpatterns as adresse_perdue
from demandes.urls_fichiers import urlpatterns as fichiers
from demandes.urls_partages import urlpatterns as partages
from demandes.urls_portail import urlpatterns as portail
from demandes.urls_suivi import urlpatterns as suivi
from demandes.vues import declaration, enfant, espace, fiches, rappel
from demandes.vues.depot import brouillons
from demandes.vues.depot.assistant import AssistantDepot
from demandes.vues.depot.orientation import orientation

app_name = "demandes"

urlpatterns = [
    *portail,
    *fichiers,
    *suivi,
    *partages,
    *adresse_perdue,
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
    path(
        "espace/demandes/<uuid:demande_id>/compte-de-l-enfant/",
        enfant.compte_de_l_enfant,
        name="compte_de_l_enfant",
    ),
    path("espace/probleme-de-titre/", declaration.declarations, name="declarations"),
    path("espace/rappel/", rappel.rappel, name="rappel"),
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
