"""Ask the register whether OFPRA has rebuilt the civil status of those whose dossier waits for it (R-INSTR-6)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from uuid import UUID

from django.db.models import F, Q

from demandes.etats import OUVERTS
from demandes.models import Demande
from demandes.operations.horloges.balayage import LOT, balayer
from demandes.operations.verifier_statut import recevoir_etat_civil
from referentiels import agdref
from referentiels.agdref import AgdrefIndisponible

# A dossier is asked for once in this time; those never asked for, then the longest ago, come first: a sweep that
# stops in time never leaves the same ones out.
ENTRE_DEUX_DEMANDES = timedelta(hours=12)
# After this many questions in a row without answer the register is down: the others wait for the next sweep.
MUETS_AVANT_ARRET = 3


def demander_les_etats_civils(*, maintenant: datetime) -> int:
    """Ask for the dossiers that wait; gives how many received their civil status."""
    muets = 0

    def demander(demande_id: UUID) -> bool:
        nonlocal muets
        try:
            recu = demander_etat_civil(demande_id, maintenant=maintenant)
        except AgdrefIndisponible:
            muets += 1
            raise
        muets = 0
        return recu

    return balayer(takewhile(lambda _: muets < MUETS_AVANT_ARRET, _dus(maintenant)), demander)


def demander_etat_civil(demande_id: UUID, *, maintenant: datetime) -> bool:
    """Ask the register for one dossier; True when OFPRA's civil status has just been received.

    The register is asked outside any transaction: it may be slow. Raises `AgdrefIndisponible`.
    """
    # An update: asking changes nothing of the dossier. Where two workers try, one of them asks.
    pris = Demande.objects.filter(_attend(maintenant), pk=demande_id).update(registre_consulte_le=maintenant)
    if not pris:
        return False
    beneficiaire = Demande.objects.values_list("beneficiaire", flat=True).get(pk=demande_id)
    personne = agdref.service().personne(beneficiaire)
    if personne is None or not personne.etat_civil_ofpra:
        return False
    return recevoir_etat_civil(demande_id=demande_id)


def _attend(maintenant: datetime) -> Q:
    pas_recemment = Q(registre_consulte_le=None) | Q(
        registre_consulte_le__lte=maintenant - ENTRE_DEUX_DEMANDES
    )
    return pas_recemment & Q(ofpra_en_attente=True, etat__in=OUVERTS)


def _dus(maintenant: datetime) -> Iterator[UUID]:
    dus = Demande.objects.filter(_attend(maintenant))
    rang = F("registre_consulte_le").asc(nulls_first=True)
    return dus.order_by(rang, "pk").values_list("pk", flat=True).iterator(LOT)
