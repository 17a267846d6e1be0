"""Addresses of the staff's own pages, below /gestion/ and in the admin's namespace (anef.gestion puts them there)."""

from django.urls import path

from comptes.vues.gestion import codes, connexion, second_facteur

urlpatterns = [
    path("login/", connexion.ConnexionAgent.as_view(), name="login"),
    path("logout/", connexion.DeconnexionAgent.as_view(), name="logout"),
    path("mot-de-passe-oublie/", connexion.OubliAgent.as_view(), name="mot_de_passe_oublie"),
    path("mot-de-passe/", connexion.MotDePasseAgent.as_view(), name="password_change"),
    path("second-facteur/", second_facteur.DemanderCode.as_view(), name="second_facteur"),
    path("second-facteur/activer/", second_facteur.Activer.as_view(), name="second_facteur_activer"),
    path(
        "second-facteur/secours/",
        second_facteur.DemanderCodeDeSecours.as_view(),
        name="second_facteur_secours",
    ),
    path("codes-de-secours/", codes.CodesDeSecours.as_view(), name="codes_de_secours"),
    path("codes-de-secours/telecharger/", codes.telecharger, name="codes_de_secours_telecharger"),
    path("codes-de-secours/renouveler/", codes.RenouvelerCodes.as_view(), name="codes_de_secours_renouveler"),
]
