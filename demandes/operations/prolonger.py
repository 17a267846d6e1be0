"""Never a gap: while a dossier is not decided, each APD is followed by the next (R-ATT-4; R.431-15-1).

An APD is ordered 15 days before the end of what it follows and starts the day after it, whatever the day on which
this runs: after a long stop of beat every one that is missing is ordered, in the order of its days, so that the person
can prove each of them.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from attestations.donnees import CONFIRMATION_DEPOT
from attestations.models import Attestation
from attestations.operations.terminer import remplacer
from demandes import documents
from demandes.chaine import fin_de_la_derniere_apd, prochaine_apd
from demandes.etats import A_DECIDER
from demandes.models import Demande, Evenement
from demandes.operations.emettre_attestation import emettre
from demandes.operations.prevenir import prevenir
from demandes.regles.faits import Nature

PARIS = ZoneInfo("Europe/Paris")


@transaction.atomic
def prolonger(*, demande_id: UUID, maintenant: datetime) -> int:
    """Order the APDs of one dossier that are due at `maintenant` (aware), tell the person; gives how many.

    0 when nothing is due any more, or when somebody else holds the dossier: the next sweep finds it again.
    """
    demande = (
        Demande.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("compte", "prefecture")
        .filter(pk=demande_id, etat__in=A_DECIDER, apd_due_le__lte=maintenant.astimezone(PARIS).date())
        .first()
    )
    if demande is None:
        return 0
    apds = suivre(demande, maintenant)
    # The agent's page stays up to date: what it shows and would overwrite has not changed.
    demande.save(update_fields=["apd_due_le", "droits_jusqu_au", "modifie_le"])
    consigner(demande, apds)
    annoncer(demande, apds)
    return len(apds)


def suivre(demande: Demande, maintenant: datetime) -> list[Attestation]:
    """Order every APD that is due, oldest first, and note when the next one will be.

    The first one replaces the confirmation de dépôt. `demande`, not decided, is locked by the caller, who saves it.
    """
    jour = maintenant.astimezone(PARIS).date()
    apds: list[Attestation] = []
    derniere_fin = fin_de_la_derniere_apd(demande)
    prochaine = prochaine_apd(demande, derniere_fin)
    while prochaine is not None and prochaine.due_le <= jour:
        if derniere_fin is None:
            remplacer(demande_id=demande.pk, types=(CONFIRMATION_DEPOT,), maintenant=maintenant)
        apds.append(emettre(demande, documents.apd(demande, debut=prochaine.debut, emise_le=maintenant)))
        derniere_fin = apds[-1].fin
        prochaine = prochaine_apd(demande, derniere_fin)
    demande.apd_due_le = prochaine.due_le if prochaine else None
    return apds


def consigner(demande: Demande, apds: Sequence[Attestation]) -> None:
    """Write in the journal that the chain ordered these; nothing for an empty list."""
    if apds:
        periodes = [_periode(apd) for apd in apds]
        Evenement.objects.create(demande=demande, type="prolonger", valeurs={"periodes": periodes})


def annoncer(demande: Demande, apds: Sequence[Attestation]) -> None:
    """Tell the person, once; nothing for an empty list.

    The PDF of the last APD goes with the mail, the others wait in the account.
    """
    if not apds:
        return
    derniere = apds[-1]
    debut, fin = _periode(derniere)
    document = derniere.donnees["titre_precedent"]
    prevenir(
        demande,
        type="apd_prolongee",
        cle=f"apd_prolongee:{derniere.pk}",
        attestation=derniere,
        debut=debut,
        fin=fin,
        # What it must be shown with: titre, visa, recepisse or "".
        document=document["nature"] if document else "",
        # R.431-15-2.
        metropole=demande.nature == Nature.PREMIERE and not documents.est_protege(demande),
    )


def _periode(apd: Attestation) -> list[str]:
    """First and last day, as JSON keeps them."""
    return [apd.donnees["debut"], apd.donnees["fin"]]
