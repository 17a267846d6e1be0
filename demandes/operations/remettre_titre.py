"""Hand the card over against its stamp and the old permit, and register it (R-INSTR-5)."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from attestations.donnees import ADF
from attestations.operations.terminer import remplacer
from demandes.etats import Etat
from demandes.models import Convocation, Demande, Remise
from demandes.operations.dossier import exiger_etat, passer, verrouiller_dossier
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import ActionImpossible
from referentiels import agdref, timbres
from referentiels.agdref import AgdrefIndisponible, TitreDelivre
from referentiels.timbres import TimbreDejaUtilise, TimbreIndisponible

TIMBRE = re.compile(r"[0-9]{16}")
# The register's types of permit, by the code of R-REGLES-2.
TYPES = {
    "CR10": "carte_resident",
    "CR10_FAMILLE_BPS": "carte_resident",
    "CSP4_BPS": "csp_bps",
    "CSP4_FAMILLE_BPS": "csp_famille_bps",
    "CST1": "cst",
}


@transaction.atomic
def remettre_titre(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    timbre: str,
    ancien_titre_rendu: bool | None,
    ancien_titre_motif: str = "",
    maintenant: datetime,
) -> Demande:
    """Close the dossier with the card in hand; the register knows the new permit from then on.

    `timbre` is the number of the electronic stamp (spaces ignored). `ancien_titre_rendu` is None only if no
    permit was held; False needs a reason. Raises `DossierIntrouvable`, `DossierModifie`, `ActionImpossible`
    (etat, ancien_titre, timbre_format, timbre_inconnu, timbre_montant, timbre_utilise, timbre_indisponible,
    registre_indisponible).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, Etat.TITRE_DISPONIBLE)
    remise = Remise.objects.select_for_update().get(demande=demande)
    _verifier_ancien_titre(demande, ancien_titre_rendu, ancien_titre_motif)
    numero = "".join(timbre.split())
    _prendre_le_timbre(numero, remise.euros, demande)
    remise.timbre, remise.remise_le, remise.remise_par = numero, maintenant, agent
    remise.ancien_titre_rendu, remise.ancien_titre_motif = ancien_titre_rendu, ancien_titre_motif.strip()
    remise.save()
    try:
        agdref.service().enregistrer_titre(_titre_delivre(demande, remise))
    except AgdrefIndisponible:
        raise ActionImpossible("registre_indisponible") from None
    remplacer(demande_id=demande.pk, types=(ADF,), maintenant=maintenant)
    Convocation.objects.filter(
        demande=demande,
        objet=Convocation.Objet.REMISE,
        etat__in=[Convocation.Etat.PREVUE, Convocation.Etat.A_REPORTER],
    ).update(etat=Convocation.Etat.HONOREE)
    passer(
        demande,
        "remettre_titre",
        acteur=agent,
        maintenant=maintenant,
        valeurs={"ancien_titre_rendu": ancien_titre_rendu},
    )
    prevenir(demande, type="titre_remis", cle=f"titre_remis:{demande.pk}", fin=remise.titre_fin.isoformat())
    return demande


def _verifier_ancien_titre(demande: Demande, rendu: bool | None, motif: str) -> None:
    detenu = demande.donnees["titre_detenu"] is not None
    if (rendu is None and detenu) or (rendu is False and not motif.strip()):
        raise ActionImpossible("ancien_titre")


def _prendre_le_timbre(numero: str, euros: int, demande: Demande) -> None:
    if not TIMBRE.fullmatch(numero):
        raise ActionImpossible("timbre_format")
    service = timbres.service()
    try:
        timbre = service.consulter(numero)
        if timbre is None:
            raise ActionImpossible("timbre_inconnu")
        if Remise.objects.filter(timbre=numero).exists():
            raise ActionImpossible("timbre_utilise")
        if timbre.euros != euros:
            raise ActionImpossible("timbre_montant")
        # Whether it has served is asked here alone: a service that marked it for this dossier before a failure
        # of ours lets the second try through.
        service.marquer_utilise(numero, demande.numero or "")
    except TimbreDejaUtilise:
        raise ActionImpossible("timbre_utilise") from None
    except TimbreIndisponible:
        raise ActionImpossible("timbre_indisponible") from None


def _titre_delivre(demande: Demande, remise: Remise) -> TitreDelivre:
    gel = demande.donnees
    situation = gel["situation"]
    return TitreDelivre(
        numero_etranger=situation["numero_etranger"] or "",
        numero_visa=situation["numero_visa"] or "",
        type=TYPES[demande.titre_code],
        numero=remise.titre_numero,
        debut=remise.titre_debut,
        fin=remise.titre_fin,
        mention=(gel["orientation"]["titre"] or {}).get("mention") or "",
        civil={nom: valeur for nom, valeur in gel["civil"].items() if nom != "declare"},
        statut=situation["statut"],
        lien=situation["lien"] or "",
        statut_du_protege=situation["statut_du_protege"] or "",
    )
