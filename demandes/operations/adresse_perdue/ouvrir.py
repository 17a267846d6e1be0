"""The first two steps of a lost mailbox: the number and the new address, then the code that this address received."""

from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import transaction

from comptes import jetons
from comptes.operations.avertir import envoyer_seul
from demandes.courriels import code_adresse_perdue
from demandes.models import RecuperationAdresse, Trace
from demandes.operations.refus import RecuperationPerimee
from referentiels.limites import verifier

# One mailbox gets no more codes than this in an hour, whatever it is asked for (as in a sign-up).
MAXIMUM, DUREE = 5, timedelta(hours=1)


class Verification(Enum):
    """What came of a code."""

    JUSTE = "juste"
    FAUX = "faux"
    # Too old, typed wrong too often, or replaced by a newer one.
    PERIME = "perime"


@transaction.atomic
def ouvrir_recuperation(
    *, identifiant: str, nouvelle: str, departement: str, maintenant: datetime
) -> RecuperationAdresse:
    """Note a lost mailbox and send a code to the new address.

    No account is looked up: the same row is written for a known and an unknown number. Raises TropDEssais.
    """
    recuperation = RecuperationAdresse.objects.create(
        identifiant=identifiant[:40], nouvelle=nouvelle, departement=departement
    )
    Trace.objects.create(sujet=recuperation.pk, quoi="ouvrir_recuperation")
    envoyer_code(recuperation_id=recuperation.pk, maintenant=maintenant)
    return recuperation


@transaction.atomic
def envoyer_code(*, recuperation_id: UUID, maintenant: datetime) -> None:
    """Send a code of 6 digits, good for 30 minutes; those sent before stop working.

    Raises `RecuperationPerimee`, TropDEssais.
    """
    recuperation = en_cours(recuperation_id, maintenant)
    verifier(f"code:{recuperation.nouvelle.lower()}", maximum=MAXIMUM, duree=DUREE)
    recuperation.envois += 1
    recuperation.essais = 0
    recuperation.code_expire_le = maintenant + RecuperationAdresse.DUREE_CODE
    recuperation.save(update_fields=["envois", "essais", "code_expire_le"])
    envoyer_seul(
        destinataire=recuperation.nouvelle,
        type="adresse_perdue_code",
        valeurs={"recuperation": str(recuperation.pk), "envoi": recuperation.envois},
        cle=f"adresse_perdue_code:{recuperation.pk}:{recuperation.envois}",
    )


@transaction.atomic
def verifier_code(*, recuperation_id: UUID, code: str, maintenant: datetime) -> Verification:
    """Check the code; a wrong one is counted, five wrong ones end it. An address verified stays so.

    Raises `RecuperationPerimee`.
    """
    recuperation = en_cours(recuperation_id, maintenant)
    if recuperation.verifiee_le is not None:
        return Verification.JUSTE
    if not _code_en_cours(recuperation, maintenant):
        return Verification.PERIME
    if jetons.egal(code, code_adresse_perdue(recuperation)):
        recuperation.verifiee_le = maintenant
        recuperation.save(update_fields=["verifiee_le"])
        return Verification.JUSTE
    recuperation.essais += 1
    recuperation.save(update_fields=["essais"])
    return Verification.FAUX if _code_en_cours(recuperation, maintenant) else Verification.PERIME


def en_cours(recuperation_id: UUID, maintenant: datetime) -> RecuperationAdresse:
    """Lock a request that is still being filled in. Raises `RecuperationPerimee`."""
    recuperation = (
        RecuperationAdresse.objects.select_for_update(of=("self",))
        .filter(
            pk=recuperation_id,
            etat=RecuperationAdresse.Etat.EN_COURS,
            cree_le__gt=maintenant - RecuperationAdresse.DUREE,
        )
        .first()
    )
    if recuperation is None:
        raise RecuperationPerimee
    return recuperation


def _code_en_cours(recuperation: RecuperationAdresse, maintenant: datetime) -> bool:
    return (
        recuperation.code_expire_le is not None
        and maintenant < recuperation.code_expire_le
        and recuperation.essais < RecuperationAdresse.ESSAIS_PAR_CODE
    )
