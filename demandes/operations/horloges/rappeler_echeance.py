"""A permit that ends: its holder is reminded 4 months, 2 months and 1 week before its last day (spec part 13)."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice

from django.db import transaction
from django.db.models import Q

from comptes.models import Compte
from comptes.operations.avertir import avertir
from demandes.echeances import jour_a_paris
from demandes.etats import OUVERTS, Etat
from demandes.models import Demande, RappelEcheance
from demandes.operations.horloges.balayage import LOT, balayer
from demandes.regles.dates import ajouter_mois
from demandes.regles.faits import TitreDetenu, TypeTitre
from demandes.regles.fenetre import fenetre_de, informations_de
from referentiels import agdref
from referentiels.agdref import AgdrefIndisponible, FinDeTitre

journal = logging.getLogger(__name__)

Palier = RappelEcheance.Palier


@dataclass(frozen=True)
class Echeance:
    """A reminder that is due: whose permit, which step, to which account; `enfant`, first names of a child of it."""

    titre: FinDeTitre
    palier: Palier
    compte_id: int
    enfant: str = ""


def rappeler_les_echeances(*, maintenant: datetime) -> int:
    """Send the reminders that are due; gives how many. Does nothing while the register does not answer."""
    try:
        return balayer(_dues(maintenant), partial(rappeler_echeance, maintenant=maintenant))
    except AgdrefIndisponible:
        journal.warning("échéances des titres: registre indisponible")
        return 0


@transaction.atomic
def rappeler_echeance(echeance: Echeance, *, maintenant: datetime) -> bool:
    """Send one reminder, once for this permit and this step; False when another worker has sent it."""
    titre = echeance.titre
    rappel, nouveau = RappelEcheance.objects.get_or_create(
        beneficiaire=titre.beneficiaire,
        fin=titre.fin,
        palier=echeance.palier,
        defaults={"compte_id": echeance.compte_id, "envoye_le": maintenant},
    )
    if not nouveau:
        return False
    au = jour_a_paris(maintenant)
    detenu = TitreDetenu(TypeTitre(titre.type), titre.debut, titre.fin)
    ouverture, loi = fenetre_de(detenu, au).ouverture, informations_de(detenu, au)
    avertir(
        compte=Compte.objects.get(pk=echeance.compte_id),
        type="titre_finit",
        valeurs={
            "fin": titre.fin.isoformat(),
            "ouverture": ouverture.isoformat(),
            "ouvert": ouverture <= au,
            "limite": loi.fermeture_legale.isoformat(),
            "hors_delai": loi.hors_delai,
            "enfant": echeance.enfant,
        },
        cle=f"titre_finit:{rappel.pk}",
    )
    return True


def palier_de(fin: date, au: date) -> Palier | None:
    """The last step reached on the day `au` for a permit whose last day is `fin`; None before the first."""
    if au > fin or au < ajouter_mois(fin, -4):
        return None
    if au < ajouter_mois(fin, -2):
        return Palier.QUATRE_MOIS
    return Palier.DEUX_MOIS if au < fin - timedelta(days=7) else Palier.UNE_SEMAINE


def _dues(maintenant: datetime) -> Iterator[Echeance]:
    au = jour_a_paris(maintenant)
    # Three days more: four months before 30 June is the last day of February.
    titres = agdref.service().titres_finissant(du=au, au=ajouter_mois(au, 4) + timedelta(days=3))
    while lot := list(islice(titres, LOT)):
        yield from _dues_du_lot(lot, au)


def _dues_du_lot(lot: Sequence[FinDeTitre], au: date) -> Iterator[Echeance]:
    """Those of a batch that are due, by a number of queries that does not depend on its size."""
    # What the portal does not renew has another procedure, of which it knows nothing.
    paliers = {
        titre: palier
        for titre in lot
        if titre.type in set(TypeTitre) - {TypeTitre.AUTRE} and (palier := palier_de(titre.fin, au))
    }
    numeros = {titre.beneficiaire for titre in paliers}
    envoyes = set(
        RappelEcheance.objects.filter(beneficiaire__in=numeros, fin__gte=au).values_list(
            "beneficiaire", "fin", "palier"
        )
    )
    en_cours = set(
        Demande.objects.filter(beneficiaire__in=numeros, etat__in=OUVERTS).values_list(
            "beneficiaire", flat=True
        )
    )
    titulaires = _titulaires(paliers)
    parents = _parents(numeros, au)
    for titre, palier in paliers.items():
        numero = titre.beneficiaire
        if numero in en_cours or (numero, titre.fin, palier) in envoyes:
            continue
        if compte_id := titulaires.get(titre.numero_etranger) or titulaires.get(titre.numero_visa):
            yield Echeance(titre, palier, compte_id)
        elif parent := parents.get(numero):
            yield Echeance(titre, palier, parent[0], enfant=parent[1])


def _titulaires(titres: dict[FinDeTitre, Palier]) -> dict[str, int]:
    """The accounts of the holders, by each of their numbers."""
    comptes = Compte.objects.filter(
        Q(numero_etranger__in={t.numero_etranger for t in titres} - {""})
        | Q(numero_visa__in={t.numero_visa for t in titres} - {""}),
        role=Compte.Role.USAGER,
        is_active=True,
    )
    return {
        numero: pk
        for pk, *numeros in comptes.values_list("pk", "numero_etranger", "numero_visa")
        for numero in numeros
        if numero
    }


def _parents(numeros: set[str], au: date) -> dict[str, tuple[int, str]]:
    """For children without an account: the account that last applied for them and the first names it knows."""
    demandes = (
        Demande.objects.exclude(etat=Etat.BROUILLON)
        .filter(beneficiaire__in=numeros, pour_mineur=True, majorite_le__gt=au, compte__is_active=True)
        .order_by("deposee_le")
    )
    return {
        beneficiaire: (compte_id, " ".join(civil["prenoms"]))
        for beneficiaire, compte_id, civil in demandes.values_list(
            "beneficiaire", "compte_id", "donnees__civil"
        )
    }
