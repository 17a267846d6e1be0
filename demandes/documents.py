"""What an attestation prints, from the frozen copy of a dossier (R-REGLES-3, R-ATT-1).

Everything comes from `Demande.donnees` and the demande's own columns: the same for the deposit, a later APD, a
decision and a correction.
"""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import override

from attestations.donnees import (
    ADF,
    APD,
    Adresse,
    DonneesAttestation,
    Droits,
    PrefectureCompetente,
    TitrePrecedent,
)
from demandes.models import Demande
from demandes.regles.attestations import (
    AUCUN_DROIT,
    CONFIRMATION,
    DROITS_PREMIERE_DEMANDE,
    DROITS_RENOUVELLEMENT,
)
from demandes.regles.attestations import Droits as DroitsDesRegles
from demandes.regles.codes import TypeAttestation
from demandes.regles.dates import fin_de_validite
from demandes.regles.faits import Nature, Statut
from demandes.regles.textes import TITRES
from referentiels import pays

PROTEGES = frozenset({Statut.REFUGIE, Statut.PROTECTION_SUBSIDIAIRE})


def attestation_du_depot(demande: Demande) -> DonneesAttestation:
    """What is issued at the deposit: the APD, or a confirmation for the family.

    A protected person whose status the register does not know yet gets the confirmation too; the APD,
    dated from the deposit, follows the human check.
    """
    debut = date.fromisoformat(demande.donnees["au"])
    if demande.controle == Demande.Controle.CONFIRME and est_protege(demande):
        return apd(demande, debut=debut)
    return _donnees(demande, type_=CONFIRMATION.type, debut=debut, fin=None, droits=AUCUN_DROIT)


def apd(demande: Demande, *, debut: date, emise_le: datetime | None = None) -> DonneesAttestation:
    """The APD of a protected person that starts on `debut`, for the duration that the rules gave at the deposit."""
    prevue = demande.donnees["orientation"]["attestation"]
    return _donnees(
        demande,
        type_=APD,
        debut=debut,
        fin=fin_de_validite(debut, prevue["duree_mois"]),
        droits=DROITS_RENOUVELLEMENT if demande.nature == Nature.RENOUVELLEMENT else DROITS_PREMIERE_DEMANDE,
        mention=prevue["mention_legale"],
        emise_le=emise_le,
    )


def adf(demande: Demande, *, debut: date, emise_le: datetime) -> DonneesAttestation:
    """The attestation de décision favorable: in force until the card is handed over (R.431-15-1).

    It allows to stay and to work; it crosses Schengen borders as the APD does.
    """
    return _donnees(
        demande,
        type_=ADF,
        debut=debut,
        fin=None,
        droits=DROITS_RENOUVELLEMENT if demande.nature == Nature.RENOUVELLEMENT else DROITS_PREMIERE_DEMANDE,
        emise_le=emise_le,
    )


def refaite(demande: Demande, ancienne: DonneesAttestation, *, emise_le: datetime) -> DonneesAttestation:
    """The same document for the same days, with the dossier's data of today: what a correction issues."""
    return _donnees(
        demande,
        type_=ancienne.type,
        debut=ancienne.debut,
        fin=ancienne.fin,
        droits=DroitsDesRegles(**asdict(ancienne.droits)),
        mention=ancienne.mention_legale,
        emise_le=emise_le,
    )


def est_protege(demande: Demande) -> bool:
    """Whether the bénéficiaire is a refugee or a beneficiary of subsidiary protection, not a family member."""
    return demande.donnees["situation"]["statut"] in PROTEGES


def _donnees(
    demande: Demande,
    *,
    type_: TypeAttestation | str,
    debut: date,
    fin: date | None,
    droits: DroitsDesRegles,
    mention: str | None = None,
    emise_le: datetime | None = None,
) -> DonneesAttestation:
    gel = demande.donnees
    civil, adresse, situation = gel["civil"], gel["adresse"], gel["situation"]
    with override("fr"):
        return DonneesAttestation(
            type=type_,
            nature=demande.nature,
            numero=demande.numero,
            deposee_le=demande.deposee_le,
            emise_le=emise_le,
            debut=debut,
            fin=fin,
            nom=civil["nom"],
            nom_usage=civil["nom_usage"],
            prenoms=tuple(civil["prenoms"]),
            sexe=civil["sexe"],
            date_naissance=civil["date_naissance"],
            ville_naissance=civil["ville_naissance"],
            pays_naissance=civil["pays_naissance"],
            pays_naissance_nom=pays.nom_pays(civil["pays_naissance"]),
            nationalite=civil["nationalite"],
            nationalite_nom=pays.nom_pays(civil["nationalite"]),
            adresse=Adresse(
                lignes=(adresse["complement"], adresse["ligne"]),
                code_postal=adresse["code_postal"],
                commune=adresse["commune"],
            ),
            titre=TITRES[demande.titre_code].nom,
            droits=Droits(**droits.vers_dict()),
            prefecture=PrefectureCompetente(
                nom=demande.prefecture.nom, adresse=demande.prefecture.adresse_complete
            ),
            numero_etranger=situation["numero_etranger"] or "",
            numero_visa=situation["numero_visa"] or "",
            mention_legale=mention,
            titre_precedent=_titre_precedent(demande),
            fondements=tuple(gel["orientation"]["fondements"]),
            ofpra_en_attente=demande.ofpra_en_attente and type_ != ADF,
            demonstration=settings.DEMONSTRATION,
        )


def _titre_precedent(demande: Demande) -> TitrePrecedent | None:
    titre: dict[str, Any] | None = demande.donnees["titre_detenu"]
    if titre is None or demande.nature != Nature.RENOUVELLEMENT:
        return None
    return TitrePrecedent(
        numero=titre["numero"],
        debut=date.fromisoformat(titre["debut"]),
        fin=date.fromisoformat(titre["fin"]),
    )
