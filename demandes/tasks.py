"""What the workers do for demandes: each task carries an id, and stops if the row has nothing left to do."""

import logging
import time
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from attestations.erreurs import DonneesInvalides
from demandes.etats import OUVERTS
from demandes.models import Demande, Fichier, LigneDeLot, Lot
from demandes.operations import balayer_orphelins as orphelins
from demandes.operations import traiter_fichier as traitement
from demandes.operations.adresse_perdue import rattacher
from demandes.operations.executer_ligne import executer_ligne, renoncer_a_la_ligne
from demandes.operations.horloges import (
    changer_adresses_perdues,
    demander_etats_civils,
    effacer_brouillons,
    rappeler_echeance,
    relancer_complement,
    relancer_retrait,
    signaler_delai,
)
from demandes.operations.oublier_les_lots import oublier_les_lots
from demandes.operations.prolonger import prolonger
from demandes.operations.rappeler import envoyer_rappel
from demandes.operations.reverifier_ephoto import EN_ATTENTE, reverifier_ephoto
from demandes.requetes import apd_dues, rappels_dus
from referentiels.ephoto import EphotoIndisponible
from referentiels.relance import sans_relance

journal = logging.getLogger(__name__)

# A sweep stops well before CELERY_TASK_SOFT_TIME_LIMIT; the next one goes on.
DUREE_BALAYAGE_S = 60
LOT = 200
# The report of an action on several dossiers; the journal of each dossier keeps what was done.
DUREE_D_UN_LOT = timedelta(days=30)


@shared_task
def traiter_fichier(fichier_id: str) -> None:
    """Check this file if it waits."""
    traitement.traiter_fichier(UUID(fichier_id))


@shared_task
def balayer_fichiers() -> None:
    """Check every file that waits, whatever became of its nudge; one that fails does not hold the others."""
    fin = time.monotonic() + DUREE_BALAYAGE_S
    attente = Fichier.objects.filter(etat=Fichier.Etat.A_TRAITER).order_by("ajoute_le")
    for fichier_id in list(attente.values_list("pk", flat=True)[:LOT]):
        if time.monotonic() > fin:
            return
        try:
            traitement.traiter_fichier(fichier_id)
        except OSError:
            # The storage does not answer for this one: it keeps its place for the next sweep.
            journal.exception("fichier %s: stockage en défaut", fichier_id)


@shared_task
def balayer_orphelins() -> None:
    """Delete stored objects that no file names."""
    orphelins.balayer_orphelins()


@shared_task
def reverifier_ephotos() -> None:
    """Ask again for the e-photo codes that were not active yet at the deposit (R-EPHOTO-1)."""
    attente = Demande.objects.filter(etat__in=OUVERTS, signalements__contains=[EN_ATTENTE]).order_by(
        "deposee_le"
    )
    for demande_id in list(attente.values_list("pk", flat=True)):
        try:
            reverifier_ephoto(demande_id=demande_id, maintenant=timezone.now())
        except EphotoIndisponible:
            # The service does not answer: the next sweep asks again.
            journal.exception("demande %s: service e-photo indisponible", demande_id)


@shared_task
def envoyer_rappels() -> None:
    """Tell those who asked for it that their renewal window is open."""
    for rappel_id in rappels_dus(timezone.localdate()):
        envoyer_rappel(rappel_id=rappel_id, maintenant=timezone.now())


@shared_task
def relancer_les_complements() -> None:
    """Remind of the complements without answer; propose to close the oldest."""
    relancer_complement.relancer_les_complements(maintenant=timezone.now())


@shared_task
def relancer_les_retraits() -> None:
    """Remind of the cards that nobody came for."""
    relancer_retrait.relancer_les_retraits(maintenant=timezone.now())


@shared_task
def signaler_les_delais() -> None:
    """Flag the dossiers whose legal delay has passed and tell the persons."""
    signaler_delai.signaler_les_delais(maintenant=timezone.now())


@shared_task
def effacer_les_brouillons() -> None:
    """Warn of the drafts that nobody touches; delete those whose owner was warned in time."""
    effacer_brouillons.effacer_les_brouillons(maintenant=timezone.now())


@shared_task
def rappeler_les_echeances() -> None:
    """Remind the holders of the permits that end."""
    rappeler_echeance.rappeler_les_echeances(maintenant=timezone.now())


@shared_task
def demander_les_etats_civils() -> None:
    """Ask the register for the civil status that OFPRA was rebuilding."""
    demander_etats_civils.demander_les_etats_civils(maintenant=timezone.now())


@shared_task
def rattacher_recuperation(recuperation_id: str) -> None:
    """Find the account and the prefecture of one lost mailbox."""
    rattacher.rattacher_recuperation(UUID(recuperation_id), maintenant=timezone.now())


@shared_task
def traiter_les_adresses_perdues() -> None:
    """Change the addresses whose 72 hours have passed; end what nobody will look at."""
    changer_adresses_perdues.traiter_les_adresses_perdues(maintenant=timezone.now())


@shared_task
def prolonger_les_apd() -> None:
    """Order every APD that is due, one transaction a dossier; what the time leaves over, the next sweep takes.

    One dossier that fails does not hold the others. The PDFs and mails are left to their own sweeps: so many nudges
    would make those wait who have just deposited.
    """
    fin = time.monotonic() + DUREE_BALAYAGE_S
    with sans_relance():
        for demande_id in apd_dues(timezone.localdate()):
            if time.monotonic() > fin:
                return
            try:
                prolonger(demande_id=demande_id, maintenant=timezone.now())
            except (DonneesInvalides, DatabaseError, LookupError, ValueError) as erreur:
                # The type only: its text may quote the person's data. The agent sees the dossier rise in the queue.
                journal.error("demande %s: APD impossible (%s)", demande_id, type(erreur).__name__)


@shared_task
def executer_lot(lot_id: str) -> None:
    """Do every line of this lot that is not done; one that fails does not hold the others (R-INSTR-2)."""
    fin = time.monotonic() + DUREE_BALAYAGE_S
    restent = LigneDeLot.objects.filter(lot=lot_id, resultat="").order_by("pk")
    for ligne_id in list(restent.values_list("pk", flat=True)):
        if time.monotonic() > fin:
            return
        try:
            executer_ligne(ligne_id=ligne_id, maintenant=timezone.now())
        except Exception:  # noqa: BLE001 - logged, and told as the line's result
            # Whatever it is, it is this dossier's: the agent reads it in the report.
            journal.exception("ligne %s: action en défaut", ligne_id)
            renoncer_a_la_ligne(ligne_id=ligne_id)


@shared_task
def balayer_lots() -> None:
    """Do what lost its nudge, or its worker, and forget the lots that were told long ago."""
    attente = (
        Lot.objects.filter(lance_le__isnull=False, lignes__resultat="").distinct().order_by("lance_le", "pk")
    )
    for lot_id in list(attente.values_list("pk", flat=True)):
        executer_lot(str(lot_id))
    oublier_les_lots(avant=timezone.now() - DUREE_D_UN_LOT)
