"""The deposit: one transaction turns a draft into a dossier and orders what follows (R-DEPOT-2, R-DEPOT-3)."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from demandes.documents import attestation_du_depot, est_protege
from demandes.models import Demande
from demandes.operations.brouillon import verrouiller_brouillon
from demandes.operations.dossier import majorite_de, passer
from demandes.operations.emettre_attestation import emettre
from demandes.operations.numeroter import numeroter
from demandes.operations.prendre_ephoto import prendre_ephoto
from demandes.operations.prevenir import prevenir
from demandes.operations.prolonger import annoncer, consigner, suivre
from demandes.operations.refus import (
    DejaDeposee,
    DemandeEnCours,
    DepotImpossible,
    EphotoRefusee,
    EtapeAReprendre,
)
from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from demandes.parcours.gel import geler
from demandes.recherche import nom_complet, texte_de_recherche
from demandes.regles.faits import Nature
from referentiels.ephoto import EtatEphoto

PARIS = ZoneInfo("Europe/Paris")


def deposer(*, demande_id: UUID, compte_id: int, maintenant: datetime) -> Demande:
    """Deposit the draft and give the dossier; a second call for the same draft gives the same dossier.

    State, 19-digit number, frozen answers, journal entry, the order of the attestation and the order of the
    mail are one transaction. `maintenant` is aware. Raises `BrouillonIntrouvable`, `EtapeAReprendre` (a step
    is not valid today), `DepotImpossible` (rules or register), `EphotoRefusee`, `DemandeEnCours`.
    """
    try:
        with transaction.atomic():
            return _deposer(demande_id, compte_id, maintenant)
    except DejaDeposee as deja:
        return deja.demande
    except IntegrityError as conflit:
        # Two deposits at the same instant: the database lets one through.
        if "une_demande_ouverte_par_beneficiaire" in str(conflit):
            raise DemandeEnCours from conflit
        if "une_demande_par_ephoto" in str(conflit):
            raise EphotoRefusee(EtatEphoto.UTILISE) from conflit
        raise


def _deposer(demande_id: UUID, compte_id: int, maintenant: datetime) -> Demande:
    demande = verrouiller_brouillon(demande_id=demande_id, compte_id=compte_id)
    dossier = Dossier(demande, au=maintenant.astimezone(PARIS).date())
    _verifier(dossier)
    situation, orientation, prefecture = dossier.situation, dossier.orientation, dossier.prefecture
    if situation is None or orientation is None or orientation.titre is None or prefecture is None:
        # A commune that the territory no longer knows, since step 2 was answered.
        raise EtapeAReprendre("identite")

    demande.deposee_le = maintenant
    demande.prefecture = prefecture
    demande.numero = numeroter(site=prefecture.site, maintenant=maintenant)
    demande.beneficiaire = dossier.beneficiaire
    demande.nature = situation.nature
    demande.titre_code = orientation.titre.code
    demande.controle = dossier.controle
    demande.donnees = geler(dossier)
    demande.signalements = dossier.signalements
    demande.ofpra_en_attente = _ofpra_en_attente(dossier)
    demande.majorite_le = majorite_de(demande)
    demande.personne = nom_complet(demande.donnees["civil"])
    demande.recherche = texte_de_recherche(demande.donnees["civil"])
    prendre_ephoto(demande, maintenant)
    contenu = attestation_du_depot(demande)
    attestation = emettre(demande, contenu)
    # A family member whose document has ended, or is about to, does not wait for the next sweep.
    apds = suivre(demande, maintenant)
    passer(
        demande,
        "deposer",
        acteur=demande.compte,
        maintenant=maintenant,
        valeurs={"signalements": demande.signalements, "controle": demande.controle},
    )
    prevenir(
        demande,
        type="depot_apd" if contenu.type == "APD" else "depot_confirmation",
        cle=f"depot:{demande.pk}",
        attestation=attestation,
    )
    consigner(demande, apds)
    annoncer(demande, apds)
    return demande


def _ofpra_en_attente(dossier: Dossier) -> bool:
    """OFPRA rebuilds the civil status of a protected person; only a first application waits for it."""
    etabli = dossier.personne is not None and dossier.personne.etat_civil_ofpra
    return est_protege(dossier.demande) and dossier.demande.nature == Nature.PREMIERE and not etabli


def _verifier(dossier: Dossier) -> None:
    """Check everything again on the day of the deposit, whatever the pages let through."""
    if dossier.situation is None:
        raise EtapeAReprendre("situation")
    if dossier.demande_en_cours is not None:
        raise DemandeEnCours
    if not dossier.peut_deposer:
        raise DepotImpossible
    for etape in ETAPES:
        if not dossier.etape_faite(etape) or dossier.nettes(etape) is None:
            raise EtapeAReprendre(etape)
