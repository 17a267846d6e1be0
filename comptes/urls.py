"""Addresses of the accounts, below /compte/."""

from django.urls import path

from comptes.vues import connexion, enfant, inscription, lien_inscription, mot_de_passe, notifications, profil

app_name = "comptes"

urlpatterns = [
    path("", profil.retour_profil, name="compte"),
    path("connexion/", connexion.Connexion.as_view(), name="connexion"),
    path("deconnexion/", connexion.Deconnexion.as_view(), name="deconnexion"),
    path("session/", connexion.prolonger_session, name="prolonger"),
    path("inscription/", inscription.EtapeDocument.as_view(), name="inscription"),
    path("inscription/adresse/", inscription.EtapeAdresse.as_view(), name="inscription_adresse"),
    path("inscription/code/", inscription.EtapeCode.as_view(), name="inscription_code"),
    path("inscription/mot-de-passe/", inscription.EtapeMotDePasse.as_view(), name="inscription_mot_de_passe"),
    path("inscription/prefecture/", inscription.Prefecture.as_view(), name="inscription_prefecture"),
    path(
        "inscription/lien/<uuid:inscription_id>/<slug:jeton>/",
        lien_inscription.lien_inscription,
        name="inscription_lien",
    ),
    path(
        "inscription/lien/<uuid:inscription_id>/<slug:jeton>/ici/",
        lien_inscription.continuer_ici,
        name="inscription_ici",
    ),
    path("enfant/<uuid:invitation_id>/<slug:jeton>/", enfant.compte_enfant, name="compte_enfant"),
    path("mot-de-passe-oublie/", mot_de_passe.Oubli.as_view(), name="mot_de_passe_oublie"),
    path("mot-de-passe-oublie/demande/", mot_de_passe.OubliDemande.as_view(), name="mot_de_passe_demande"),
    path("nouveau-mot-de-passe/fait/", mot_de_passe.NouveauFait.as_view(), name="mot_de_passe_fait"),
    path(
        "nouveau-mot-de-passe/<slug:uidb64>/<slug:token>/",
        mot_de_passe.Nouveau.as_view(),
        name="nouveau_mot_de_passe",
    ),
    path("profil/", profil.Profil.as_view(), name="profil"),
    path("profil/telephone/", profil.ModifierTelephone.as_view(), name="profil_telephone"),
    path("profil/adresse-electronique/", profil.ModifierEmail.as_view(), name="profil_email"),
    path("profil/mot-de-passe/", profil.ModifierMotDePasse.as_view(), name="profil_mot_de_passe"),
    path(
        "adresse/<uuid:changement_id>/<slug:cote>/<slug:jeton>/",
        profil.confirmer_email,
        name="adresse_confirmer",
    ),
    path("notifications/", notifications.Notifications.as_view(), name="notifications"),
    path("notifications/lues/", notifications.lire, name="notifications_lues"),
    path("notifications/<int:notification_id>/lue/", notifications.lire, name="notification_lue"),
]
