"""Send an ordered mail: at least once, never at the same time by two workers, with a named end."""

import logging
import smtplib
from datetime import timedelta
from enum import Enum

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comptes.models import Courriel
from comptes.redaction import PieceJointe, SansObjet, rediger

journal = logging.getLogger(__name__)

# Delay before the next try, by number of tries made; after the last one the mail has failed (about two days).
DELAIS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440)]
# While a try is under way nobody else takes the row; longer than a task may live (CELERY_TASK_TIME_LIMIT).
BAIL = timedelta(minutes=3)
# A PDF that cannot be made must not hold back the news: from this try on, the mail leaves with a link alone.
ESSAIS_AVEC_PIECE = 3


class Issue(Enum):
    """How one try ended."""

    ENVOYE = "envoye"
    RIEN_A_FAIRE = "rien_a_faire"
    REPORTE = "reporte"
    SERVEUR_MUET = "serveur_muet"
    REFUSE = "refuse"


class PieceIndisponible(Exception):
    """The attachment cannot be made now."""


def envoyer(courriel_id: int, connexion: BaseEmailBackend | None = None) -> Issue:
    """Try once to send this mail, if it is due; safe to call at any time, from anywhere, any number of times.

    The try is counted and the row leased in a first transaction, so that a worker killed at any line leaves a
    row that comes up again; no transaction is open while the mail server is spoken to. A server that takes
    the mail and then fails, or a death before the last write, makes the same mail go twice, with the same
    Message-ID. `connexion` is an open mail connection to reuse. Must be called outside a transaction.
    """
    courriel = _prendre(courriel_id)
    if courriel is None:
        return Issue.RIEN_A_FAIRE
    try:
        message = rediger(courriel, _piece_jointe(courriel))
    except SansObjet:
        _conclure(courriel, Courriel.Etat.SANS_OBJET)
        return Issue.RIEN_A_FAIRE
    except PieceIndisponible:
        _reporter(courriel, "piece_indisponible")
        return Issue.REPORTE
    message.connection = connexion or get_connection()
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as erreur:
        return _apres_echec(courriel, erreur)
    _conclure(courriel, Courriel.Etat.ENVOYE)
    return Issue.ENVOYE


def _prendre(courriel_id: int) -> Courriel | None:
    """Lease a due mail, or give None."""
    maintenant = timezone.now()
    with transaction.atomic(durable=True):
        courriel = (
            Courriel.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(pk=courriel_id, etat=Courriel.Etat.A_ENVOYER, prochain_essai_le__lte=maintenant)
            .first()
        )
        if courriel is None:
            return None
        courriel.essais += 1
        courriel.prochain_essai_le = maintenant + BAIL
        courriel.save(update_fields=["essais", "prochain_essai_le"])
    return courriel


def _piece_jointe(courriel: Courriel) -> PieceJointe | None:
    attestation = courriel.attestation
    if attestation is None:
        return None
    try:
        contenu = attestation.contenu_pdf()
    except Exception as erreur:
        # Whatever keeps the PDF from being made, the mail waits and then goes without it.
        journal.warning(
            "pièce jointe indisponible", extra={"courriel": courriel.pk, "erreur": type(erreur).__name__}
        )
        if courriel.essais >= ESSAIS_AVEC_PIECE:
            return None
        raise PieceIndisponible from erreur
    return PieceJointe(nom=f"{attestation.type.lower().replace('_', '-')}.pdf", contenu=contenu)


def _apres_echec(courriel: Courriel, erreur: Exception) -> Issue:
    # The text of an SMTP error often repeats the address: only its kind is kept and logged.
    journal.warning("courriel non parti", extra={"courriel": courriel.pk, "erreur": type(erreur).__name__})
    if _adresse_refusee(erreur):
        _conclure(courriel, Courriel.Etat.ECHEC, "adresse_refusee")
        return Issue.REFUSE
    _reporter(courriel, type(erreur).__name__)
    propre_a_ce_courriel = smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | smtplib.SMTPSenderRefused
    return Issue.REPORTE if isinstance(erreur, propre_a_ce_courriel) else Issue.SERVEUR_MUET


def _adresse_refusee(erreur: Exception) -> bool:
    """Whether the server says for good that it will not have this recipient (5xx, RFC 5321 §4.2.1)."""
    if not isinstance(erreur, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _ in erreur.recipients.values())


def _reporter(courriel: Courriel, erreur: str) -> None:
    if courriel.essais > len(DELAIS):
        _conclure(courriel, Courriel.Etat.ECHEC, erreur)
        return
    _sien(courriel).update(prochain_essai_le=timezone.now() + DELAIS[courriel.essais - 1], erreur=erreur[:60])


def _conclure(courriel: Courriel, etat: Courriel.Etat, erreur: str = "") -> None:
    envoye_le = timezone.now() if etat == Courriel.Etat.ENVOYE else None
    _sien(courriel).update(etat=etat, erreur=erreur[:60], envoye_le=envoye_le)


def _sien(courriel: Courriel) -> QuerySet[Courriel]:
    """The row, unless another try has meanwhile taken it or ended it."""
    return Courriel.objects.filter(pk=courriel.pk, etat=Courriel.Etat.A_ENVOYER, essais=courriel.essais)


def echus(limite: int) -> list[int]:
    """Give the ids of at most `limite` mails that are due, the one that has waited longest first."""
    return list(
        Courriel.objects.filter(etat=Courriel.Etat.A_ENVOYER, prochain_essai_le__lte=timezone.now())
        .order_by("prochain_essai_le")
        .values_list("pk", flat=True)[:limite]
    )
