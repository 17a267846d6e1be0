"""What the workers do for accounts: each task carries an id, and stops if the row has nothing left to do."""

import time

from celery import shared_task
from django.core.mail import get_connection

from comptes.models import DemandeReinitialisation
from comptes.operations import envoyer_courriel as envoi
from comptes.operations import purger as purge
from comptes.operations import reinitialiser

# A sweep stops well before CELERY_TASK_SOFT_TIME_LIMIT; the next one goes on.
DUREE_BALAYAGE_S = 60
LOT = 200
# After this many mails in a row that could not be handed over, the server is down: the others keep their
# tries.
MUETS_AVANT_ARRET = 3


@shared_task
def envoyer_courriel(courriel_id: int) -> None:
    """Send this mail if it is due."""
    envoi.envoyer(courriel_id)


@shared_task
def traiter_reinitialisation(demande_id: int) -> None:
    """Answer one request of « mot de passe oublié »."""
    reinitialiser.traiter_reinitialisation(demande_id)


@shared_task
def balayer_courriels() -> None:
    """Answer every request and send every mail that waits, whatever became of its nudge."""
    for demande_id in DemandeReinitialisation.objects.order_by("pk").values_list("pk", flat=True)[:LOT]:
        reinitialiser.traiter_reinitialisation(demande_id)
    fin = time.monotonic() + DUREE_BALAYAGE_S
    muets = 0
    connexion = get_connection()
    try:
        for courriel_id in envoi.echus(LOT):
            issue = envoi.envoyer(courriel_id, connexion)
            muets = muets + 1 if issue is envoi.Issue.SERVEUR_MUET else 0
            if muets >= MUETS_AVANT_ARRET or time.monotonic() > fin:
                return
    finally:
        connexion.close()


@shared_task
def purger() -> None:
    """Delete what has expired."""
    purge.purger()
