"""Addresses of help, contact and the mandatory pages (R-PORTAIL-2 and 3)."""

from django.urls import path

from assistance.vues import contact, etat, pages

app_name = "assistance"

urlpatterns = [
    path("contact/", contact.contact, name="contact"),
    path("aide/", pages.aide, name="aide"),
    path("aide/ou-est-mon-numero/", pages.numero, name="numero"),
    path("aide/documents-de-voyage/", pages.voyage, name="voyage"),
    path("changement-de-situation/", pages.changement_de_situation, name="changement_de_situation"),
    path("mentions-legales/", pages.mentions_legales, name="mentions_legales"),
    path("donnees-personnelles/", pages.donnees_personnelles, name="donnees_personnelles"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("plan-du-site/", pages.plan_du_site, name="plan_du_site"),
    path("etat-du-service/", etat.etat_du_service, name="etat_du_service"),
]
