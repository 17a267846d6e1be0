"""What the deposit noticed, in words for the agent: the rules' alerts and the portal's own remarks."""

from django.utils.translation import gettext_lazy as _

from demandes.regles.textes import ALERTES

SIGNALEMENTS = {
    **{str(code): texte.phrase for code, texte in ALERTES.items()},
    "STATUT_A_VERIFIER": _(
        "Le registre ne connaît pas le statut déclaré. À vérifier sous deux jours ouvrés, puis l’APD part."
    ),
    "ETAT_CIVIL_DECLARE": _("L’état civil est déclaré par la personne : le registre ne le connaît pas."),
    "PREMIERE_STATUT_CHANGE": _(
        "Première demande malgré un titre détenu : la personne dit que son statut a changé."
    ),
    "PREMIERE_TITRE_JAMAIS_REMIS": _(
        "Première demande malgré un titre : la personne dit ne l’avoir jamais reçu."
    ),
    "RESIDENCE_DECLAREE": _("La date de début de résidence régulière est déclarée, le registre ne l’a pas."),
    "EPHOTO_EN_ATTENTE": _("Le code e-photo n’était pas encore actif au dépôt : il est vérifié à nouveau."),
    "EPHOTO_INTROUVABLE": _("Le code e-photo reste inconnu après 72 heures."),
    "EPHOTO_REFUSEE": _("Le code e-photo a expiré ou a déjà servi : une nouvelle e-photo est demandée."),
    "COMPLEMENT_SANS_REPONSE": _(
        "Complément sans réponse depuis 60 jours. Vous pouvez classer le dossier sans suite, ou renoncer au complément."
    ),
    "DELAI_LEGAL_DEPASSE": _("Le délai légal est passé sans décision. La personne en est informée."),
}
