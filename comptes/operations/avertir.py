"""Order a message to a person: a mail and its copy in the account, or a mail alone."""

from django.core.validators import validate_email
from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from comptes.models import Compte, Courriel, Notification
from referentiels.relance import relancer


def avertir(
    *,
    compte: Compte,
    type: str,
    valeurs: dict,
    cle: str,
    demande: models.Model | None = None,
    attestation: models.Model | None = None,
) -> None:
    """Write the notification and the mail to the account's address, in the transaction of what they tell.

    `type` names templates/notifications/<type>.html and templates/courriels/<type>/; `valeurs` is a JSON
    dict, without code or token; `cle` is unique for one message (at most 120 characters): asked for again,
    nothing is added. The PDF of `attestation` is attached. An account without address gets the notification
    alone.

    Raises TransactionManagementError outside a transaction: the message would outlive a change rolled back.
    """
    _exiger_transaction()
    Notification.objects.get_or_create(
        cle=cle, defaults={"compte": compte, "demande": demande, "type": type, "valeurs": valeurs}
    )
    if compte.email:
        envoyer_seul(
            destinataire=compte.email,
            type=type,
            valeurs=valeurs,
            cle=cle,
            compte=compte,
            demande=demande,
            attestation=attestation,
            langue=compte.langue,
        )


def envoyer_seul(
    *,
    destinataire: str,
    type: str,
    valeurs: dict,
    cle: str,
    compte: Compte | None = None,
    demande: models.Model | None = None,
    attestation: models.Model | None = None,
    langue: str = "fr",
) -> None:
    """Write a mail that has no copy in the account (codes, links, other addresses), as `avertir` does.

    Raises ValidationError for an address that is none, line breaks included; TransactionManagementError
    outside a transaction.
    """
    _exiger_transaction()
    validate_email(destinataire)
    courriel, nouveau = Courriel.objects.get_or_create(
        cle=cle,
        defaults={
            "destinataire": destinataire,
            "type": type,
            "valeurs": valeurs,
            "compte": compte,
            "demande": demande,
            "attestation": attestation,
            "langue": langue,
            "prochain_essai_le": timezone.now(),
        },
    )
    if nouveau:
        relancer("comptes.tasks.envoyer_courriel", courriel.pk)


def _exiger_transaction() -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("A message is ordered in the transaction of what it tells.")
