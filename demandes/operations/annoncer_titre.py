"""The card has arrived: say so, with what is due and what to bring (R-INSTR-5)."""

import re
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from demandes.etats import Etat
from demandes.models import Demande, Remise
from demandes.operations.dossier import exiger_etat, passer, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible
from demandes.regles.dates import fin_de_validite
from referentiels import tarifs
from referentiels.tarifs import Montant, TarifInconnu

PARIS = ZoneInfo("Europe/Paris")
NUMERO_DE_TITRE = re.compile(r"[A-Z0-9]{5,20}")


@transaction.atomic
def annoncer_titre(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    titre_numero: str,
    titre_debut: date,
    titre_fin: date,
    majoration: str = "",
    maintenant: datetime,
) -> Remise:
    """Note the card and what is due on that day; the person gets mail and notification.

    `majoration` is the reason for which the surcharge for a late renewal (L.436-5) applies, "" when it does
    not: it is never added by itself. Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible`
    (etat, numero_du_titre, dates_du_titre, tarif).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.DECISION_FAVORABLE)
    numero = "".join(titre_numero.split()).upper()
    if not NUMERO_DE_TITRE.fullmatch(numero):
        raise ActionImpossible("numero_du_titre")
    if not titre_debut <= titre_fin <= fin_la_plus_tardive(demande, titre_debut):
        raise ActionImpossible("dates_du_titre")
    jour = maintenant.astimezone(PARIS).date()
    du = montant_du(demande, jour, majoration=bool(majoration.strip()))
    remise = Remise.objects.create(
        demande=demande,
        annoncee_le=maintenant,
        lignes=[asdict(ligne) for ligne in du.lignes],
        euros=du.euros,
        a_confirmer=du.a_confirmer,
        titre_numero=numero,
        titre_debut=titre_debut,
        titre_fin=titre_fin,
    )
    passer(
        demande,
        "annoncer_titre",
        acteur=agent,
        maintenant=maintenant,
        valeurs={"euros": du.euros, "majoration": majoration.strip()},
    )
    prevenir(
        demande,
        type="titre_disponible",
        cle=f"titre_disponible:{demande.pk}",
        euros=du.euros,
        ancien_titre=_a_rendre(demande),
    )
    return remise


def fin_la_plus_tardive(demande: Demande, debut: date) -> date:
    """The last day of a card of this title that starts on `debut` (R-REGLES-2, R-REGLES-6)."""
    return fin_de_validite(debut, 12 * demande.donnees["orientation"]["titre"]["duree_ans"])


def montant_du(demande: Demande, jour: date, *, majoration: bool) -> Montant:
    """What is due on `jour`, from the dated table (L.436-1 and following), with the surcharge if asked.

    Raises `ActionImpossible` (tarif) where the table has no line.
    """
    service = tarifs.service()
    fondements = demande.donnees["orientation"]["fondements"]
    try:
        base = service.montant(demande.titre_code, demande.nature, jour, fondements)
        retard = service.majoration_retard(jour) if majoration else Montant(0, (), a_confirmer=False)
    except TarifInconnu:
        raise ActionImpossible("tarif") from None
    return Montant(
        euros=base.euros + retard.euros,
        lignes=base.lignes + retard.lignes,
        a_confirmer=base.a_confirmer or retard.a_confirmer,
    )


def _a_rendre(demande: Demande) -> bool:
    return demande.donnees["titre_detenu"] is not None
