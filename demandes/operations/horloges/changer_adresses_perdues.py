"""Lost mailboxes by the clock: accounts found, addresses changed after 72 hours, documents gone within 30 days."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from comptes.models import Compte
from comptes.operations.remplacer_adresse import remplacer_adresse
from demandes.models import RecuperationAdresse
from demandes.operations.adresse_perdue.rattacher import rattacher_recuperation
from demandes.operations.adresse_perdue.regler import refuser, regler, verrouiller
from demandes.operations.horloges.balayage import LOT, balayer

Etat = RecuperationAdresse.Etat
# A number that nobody has gets the answer of a refusal, as late as an agent may give one.
DELAI_SANS_COMPTE = timedelta(days=3)
# What no agent has looked at ends early enough for its document to be gone in time, had it been accepted that day.
DELAI_SANS_AGENT = RecuperationAdresse.CONSERVATION - RecuperationAdresse.PREAVIS


def traiter_les_adresses_perdues(*, maintenant: datetime) -> int:
    """Do what is due, in the order of a request's life; gives how many were concerned."""
    gestes = (
        (_a_rattacher(), rattacher_recuperation),
        (_a_appliquer(maintenant), appliquer_recuperation),
        (_sans_suite(maintenant), refuser_sans_suite),
        (_abandonnees(maintenant), oublier_recuperation),
    )
    return sum(balayer(dues, partial(geste, maintenant=maintenant)) for dues, geste in gestes)


@transaction.atomic
def appliquer_recuperation(recuperation_id: UUID, *, maintenant: datetime) -> bool:
    """Change the address of one account whose 72 hours have passed; False when it is not due.

    Void when the account was closed, or when its holder has changed the address meanwhile: who could do that has not
    lost the old mailbox.
    """
    recuperation = verrouiller(recuperation_id, Etat.ACCEPTEE)
    if recuperation is None or recuperation.compte is None or recuperation.verifiee_le is None:
        return False
    if recuperation.effet_le is None or recuperation.effet_le > maintenant:
        return False
    compte = Compte.objects.select_for_update().get(pk=recuperation.compte.pk)
    if not compte.is_active or compte.email != recuperation.ancienne:
        regler(recuperation, Etat.ANNULEE, quoi="recuperation_sans_objet")
        return True
    regler(recuperation, Etat.FAITE, quoi="appliquer_recuperation")
    remplacer_adresse(
        compte_id=compte.pk,
        nouvelle=recuperation.nouvelle,
        verifiee_le=recuperation.verifiee_le,
        cle=f"adresse_perdue:{recuperation.pk}",
    )
    return True


@transaction.atomic
def refuser_sans_suite(recuperation_id: UUID, *, maintenant: datetime) -> bool:
    """Refuse a request for a number without account, or that no agent has looked at in time."""
    recuperation = verrouiller(recuperation_id, Etat.OUVERTE)
    if (
        recuperation is None
        or not RecuperationAdresse.objects.filter(_sans_suite_depuis(maintenant), pk=recuperation_id).exists()
    ):
        return False
    refuser(recuperation, quoi="recuperation_sans_suite")
    return True


@transaction.atomic
def oublier_recuperation(recuperation_id: UUID, *, maintenant: datetime) -> bool:
    """Delete a request that was never sent: it holds no document."""
    recuperation = verrouiller(recuperation_id, Etat.EN_COURS)
    if recuperation is None or recuperation.cree_le > maintenant - RecuperationAdresse.DUREE:
        return False
    recuperation.delete()
    return True


def _a_rattacher() -> Iterator[UUID]:
    return _ids(Q(etat=Etat.OUVERTE, rattachee_le=None))


def _a_appliquer(maintenant: datetime) -> Iterator[UUID]:
    return _ids(Q(etat=Etat.ACCEPTEE, effet_le__lte=maintenant))


def _sans_suite_depuis(maintenant: datetime) -> Q:
    sans_compte = Q(rattachee_le__isnull=False, compte=None, soumise_le__lte=maintenant - DELAI_SANS_COMPTE)
    return Q(etat=Etat.OUVERTE) & (sans_compte | Q(soumise_le__lte=maintenant - DELAI_SANS_AGENT))


def _sans_suite(maintenant: datetime) -> Iterator[UUID]:
    return _ids(_sans_suite_depuis(maintenant))


def _abandonnees(maintenant: datetime) -> Iterator[UUID]:
    return _ids(Q(etat=Etat.EN_COURS, cree_le__lte=maintenant - RecuperationAdresse.DUREE))


def _ids(condition: Q) -> Iterator[UUID]:
    lignes = RecuperationAdresse.objects.filter(condition).order_by("cree_le", "pk")
    return lignes.values_list("pk", flat=True).iterator(LOT)
