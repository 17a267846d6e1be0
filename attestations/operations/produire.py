"""Make the PDF of an order, exactly once, whatever dies in between (R-DEPOT-2, R-ATT-1).

The try is counted in a transaction of its own before anything is rendered: a document that kills its
worker is not tried for ever, and does not stand in the way of the others. Then, under the lock of the
row: sign the 2D-Doc, render, store the file, write the row. The file's name was chosen at the order and the bytes
depend on the row alone, so that a try that died after storing is simply written over by the next.
"""

import hashlib
import logging
import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from attestations import code_signe, rendu
from attestations.donnees import DonneesAttestation
from attestations.erreurs import (
    FichierAltere,
    ProductionEnCours,
    ProductionImpossible,
    SignatureImpossible,
    StockageRefuse,
)
from attestations.models import Attestation
from attestations.presentation import PARIS
from attestations.signataires import signataire

journal = logging.getLogger(__name__)

# Wait after the first, second… try. The first is short: it is also what a killed worker costs.
ATTENTES = [
    timedelta(seconds=20),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
]
ESSAIS_MAXIMUM = len(ATTENTES)
# A storage or a signer that refuses is nobody's last try: it is asked again every quarter of an hour.
ESSAIS_DEHORS = 3
# How long somebody who wants the PDF now waits for the worker that is making it.
ATTENTE_VERROU = timedelta(seconds=10)
CODE_VERROU_REFUSE = "55P03"


def produire(attestation_id: uuid.UUID) -> Attestation:
    """The attestation with its PDF stored; does nothing if it was. For a caller who waits for it.

    Waits for the row while another process makes the PDF. Does not count against the tries of the
    workers. Raises ProductionEnCours, ProductionImpossible, Attestation.DoesNotExist.
    """
    try:
        return _fabriquer(attestation_id, attendre=True)
    except OperationalError as erreur:
        if getattr(erreur.__cause__, "sqlstate", "") == CODE_VERROU_REFUSE:
            raise ProductionEnCours("the row is held by another process") from erreur
        raise


def produire_suivante(attestation_id: uuid.UUID | None = None) -> bool:
    """One try of a worker: at `attestation_id`, or at the order that has waited longest.

    False when there is nothing to do: no order due, or done, or held by another worker. Raises
    ProductionImpossible after a failed try, which is already written in the row.
    """
    attestation_id = _prendre(attestation_id)
    if attestation_id is None:
        return False
    try:
        _fabriquer(attestation_id, attendre=False)
    except ProductionImpossible as erreur:
        _noter_echec(attestation_id, du_dehors=isinstance(erreur, StockageRefuse | SignatureImpossible))
        raise
    return True


def contenu(attestation_id: uuid.UUID) -> bytes:
    """The stored PDF, checked against its SHA-256; made if missing, made again if the file was lost.

    A storage that refuses to write does not keep the document from the person. Raises what `produire`
    raises, and FichierAltere if the file is not the one produced and the same bytes cannot be had again
    (another version of WeasyPrint): the backup then has it.
    """
    try:
        attestation = produire(attestation_id)
        octets = _lire(attestation.fichier)
    except StockageRefuse:
        journal.exception("attestation %s: storage unavailable, PDF made for this once", attestation_id)
        return _rendre(Attestation.objects.get(pk=attestation_id))
    if octets is not None and hashlib.sha256(octets).hexdigest() == attestation.sha256:
        return octets
    journal.error("attestation %s: file %s", attestation.pk, "lost" if octets is None else "altered")
    octets = _rendre(attestation)
    if hashlib.sha256(octets).hexdigest() != attestation.sha256:
        raise FichierAltere("the stored file is not the one produced")
    with transaction.atomic():
        Attestation.objects.select_for_update().get(pk=attestation.pk)
        _ranger(attestation.fichier, octets)
    return octets


def _prendre(attestation_id: uuid.UUID | None) -> uuid.UUID | None:
    """Count the try and set the next one, so that a worker that dies leaves the row for later."""
    a_produire = Attestation.objects.filter(etat=Attestation.Etat.A_PRODUIRE)
    if attestation_id is None:
        a_produire = a_produire.filter(prochain_essai_le__lte=timezone.now()).order_by("prochain_essai_le")
    else:
        a_produire = a_produire.filter(pk=attestation_id)
    with transaction.atomic():
        while attestation := a_produire.select_for_update(skip_locked=True).first():
            if attestation.essais < ESSAIS_MAXIMUM:
                attestation.prochain_essai_le = timezone.now() + ATTENTES[attestation.essais]
                attestation.essais += 1
                attestation.save(update_fields=["prochain_essai_le", "essais"])
                return attestation.pk
            # Every try died without a word.
            _abandonner(attestation)
    return None


def _fabriquer(attestation_id: uuid.UUID, *, attendre: bool) -> Attestation | None:
    """The attestation, produced; None if it is held elsewhere and `attendre` is false."""
    refus: StockageRefuse | None = None
    with transaction.atomic():
        with connection.cursor() as curseur:
            attente = f"{int(ATTENTE_VERROU.total_seconds() * 1000)}ms"
            curseur.execute("SELECT set_config('lock_timeout', %s, true)", [attente])
        lignes = Attestation.objects.select_for_update(skip_locked=not attendre)
        attestation = lignes.get(pk=attestation_id) if attendre else lignes.filter(pk=attestation_id).first()
        if attestation is None or attestation.etat == Attestation.Etat.PRODUITE:
            return attestation
        _signer(attestation)
        octets = _rendre(attestation)
        try:
            _ranger(attestation.fichier, octets)
        except StockageRefuse as erreur:
            # Told once committed: who asks meanwhile gets the document, with the signature that it will keep.
            refus = erreur
        else:
            attestation.sha256 = hashlib.sha256(octets).hexdigest()
            attestation.taille = len(octets)
            attestation.etat = Attestation.Etat.PRODUITE
            attestation.produite_le = timezone.now()
        attestation.save(update_fields=["texte_2ddoc", "sha256", "taille", "etat", "produite_le"])
    if refus:
        raise refus
    return attestation


def _signer(attestation: Attestation) -> None:
    """Give the row, locked by the caller, the text of its 2D-Doc, if it has none yet."""
    if attestation.texte_2ddoc:
        return
    aujourd_hui = timezone.now().astimezone(PARIS).date()
    try:
        attestation.texte_2ddoc = code_signe.signer(
            DonneesAttestation.depuis_dict(attestation.donnees), signataire(aujourd_hui), aujourd_hui
        )
    except ProductionImpossible:
        raise
    except Exception as erreur:
        # Its message may quote the person's data: the kind of failure is enough to find it.
        raise ProductionImpossible(type(erreur).__name__) from erreur


def _rendre(attestation: Attestation) -> bytes:
    try:
        donnees = DonneesAttestation.depuis_dict(attestation.donnees)
        return rendu.pdf(attestation.modele, donnees, attestation.texte_2ddoc)
    except ProductionImpossible:
        raise
    except Exception as erreur:
        raise ProductionImpossible(type(erreur).__name__) from erreur


def _ranger(nom: str, octets: bytes) -> None:
    """Write the file over what an interrupted try may have left. The row is locked by the caller."""
    try:
        default_storage.delete(nom)
        obtenu = default_storage.save(nom, ContentFile(octets))
    except Exception as erreur:
        # Each kind of storage has its own exceptions: disk, network, rights.
        raise StockageRefuse(type(erreur).__name__) from erreur
    if obtenu != nom:
        default_storage.delete(obtenu)
        raise StockageRefuse("the name is taken")


def _lire(nom: str) -> bytes | None:
    try:
        with default_storage.open(nom) as fichier:
            return fichier.read()
    except FileNotFoundError:
        return None
    except Exception as erreur:
        raise StockageRefuse(type(erreur).__name__) from erreur


def _noter_echec(attestation_id: uuid.UUID, *, du_dehors: bool) -> None:
    """After the last try the state says so, and a person sees it."""
    with transaction.atomic():
        attestation = Attestation.objects.select_for_update().get(pk=attestation_id)
        if attestation.etat != Attestation.Etat.A_PRODUIRE:
            return
        if du_dehors:
            attestation.essais = min(attestation.essais, ESSAIS_DEHORS)
            attestation.save(update_fields=["essais"])
        elif attestation.essais >= ESSAIS_MAXIMUM:
            _abandonner(attestation)


def _abandonner(attestation: Attestation) -> None:
    attestation.etat = Attestation.Etat.ECHEC
    attestation.save(update_fields=["etat"])
    journal.error("attestation %s: given up after %s tries", attestation.pk, attestation.essais)
