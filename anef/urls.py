"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from anef import sante

handler400 = "anef.erreurs.requete_refusee"
handler403 = "anef.erreurs.introuvable"
handler404 = "anef.erreurs.introuvable"
handler500 = "anef.erreurs.erreur_interne"

urlpatterns = [
    path("", include("demandes.urls")),
    path("", include("assistance.urls")),
    path("compte/", include("comptes.urls")),
    path("verifier/", include("attestations.urls")),
    path("gestion/", admin.site.urls),
    path("sante/vivant/", sante.vivant, name="vivant"),
    path("sante/pret/", sante.pret, name="pret"),
    path("demonstration/", include("anef.demonstration")),
]
