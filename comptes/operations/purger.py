"""Forget what has served: sign-ups, requests and sessions that are over."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from comptes.models import ChangementAdresse, DemandeReinitialisation, Inscription, InvitationEnfant

# A request that no worker could take for a day is no longer wanted.
DUREE_DEMANDE = timedelta(days=1)


def purger() -> dict[str, int]:
    """Delete expired sign-ups, changes of address, invitations, unanswered requests and sessions; give how many
    rows of each.
    """
    maintenant = timezone.now()
    lignes = {
        "inscriptions": Inscription.objects.filter(cree_le__lt=maintenant - Inscription.DUREE),
        "changements": ChangementAdresse.objects.filter(cree_le__lt=maintenant - ChangementAdresse.DUREE),
        # A new link is made from the dossier, with or without the row of the old one.
        "invitations": InvitationEnfant.objects.filter(expire_le__lt=maintenant - Inscription.DUREE),
        "reinitialisations": DemandeReinitialisation.objects.filter(cree_le__lt=maintenant - DUREE_DEMANDE),
    }
    comptes = {nom: requete.delete()[0] for nom, requete in lignes.items()}
    SessionStore.clear_expired()
    return comptes
