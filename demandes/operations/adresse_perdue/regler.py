"""The end of a request: whichever it is, the identity document goes with it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from comptes.models import Compte
from comptes.operations.avertir import envoyer_seul
from demandes.models import RecuperationAdresse, Trace


def regler(
    recuperation: RecuperationAdresse, etat: str, *, quoi: str, acteur: Compte | None = None, **valeurs: Any
) -> None:
    """Close the request that the caller has locked, as `etat`; its document is deleted once that is committed."""
    effacer_la_piece(recuperation)
    recuperation.etat = etat
    recuperation.save()
    Trace.objects.create(sujet=recuperation.pk, quoi=quoi, acteur=acteur, valeurs=valeurs)


def refuser(
    recuperation: RecuperationAdresse, *, quoi: str, acteur: Compte | None = None, **valeurs: Any
) -> None:
    """Close the request as refused and say so to the new address.

    One same text for every reason, and for a number that nobody has: it tells nothing to who tries numbers.
    """
    regler(recuperation, RecuperationAdresse.Etat.REFUSEE, quoi=quoi, acteur=acteur, **valeurs)
    envoyer_seul(
        destinataire=recuperation.nouvelle,
        type="adresse_perdue_refusee",
        valeurs={},
        cle=f"adresse_perdue_refusee:{recuperation.pk}",
    )


def effacer_la_piece(recuperation: RecuperationAdresse) -> None:
    """Forget the identity document: its stored bytes go after the commit."""
    for nom in (recuperation.contenu, recuperation.apercu):
        if nom:
            transaction.on_commit(partial(default_storage.delete, nom), robust=True)
    recuperation.contenu = recuperation.apercu = recuperation.type_mime = ""


def verrouiller(recuperation_id: UUID, *etats: str) -> RecuperationAdresse | None:
    """Lock a request in one of `etats`, with its account; None when it is not there any more."""
    return (
        RecuperationAdresse.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("compte")
        .filter(pk=recuperation_id, etat__in=etats)
        .first()
    )
