"""Addresses of the public verification (R-ATT-3)."""

from django.urls import path

from attestations.verification import vues

app_name = "attestations"

urlpatterns = [
    path("", vues.accueil, name="verifier"),
    path("fichier/", vues.fichier, name="verifier_fichier"),
    path("code/", vues.code, name="verifier_code"),
    path("numero/", vues.numero, name="verifier_numero"),
    path("partage/", vues.partage, name="verifier_partage"),
    path("partage/<str:code>/", vues.lien_de_partage, name="lien_de_partage"),
    path("certificats/", vues.certificats_publies, name="certificats"),
    path("certificats/<slug:reference>.pem", vues.certificat, name="certificat"),
]
