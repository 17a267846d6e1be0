"""What an attestation prints, from the frozen copy of a dossier (R-REGLES-3, R-ATT-1).

Everything comes from `Demande.donnees` and the demande's own columns: the same for the deposit, a later APD, a
decision and a correction.
"""

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
    apd_de_la_famille,
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
    """The APD that starts on `debut`, for the duration and with the rights that the rules gave at the deposit."""
    if est_protege(demande):
        prevue = demande.donnees["orientation"]["attestation"]
        duree, mention = prevue["duree_mois"], prevue["mention_legale"]
        droits = DROITS_RENOUVELLEMENT if demande.nature == Nature.RENOUVELLEMENT else DROITS_PREMIERE_DEMANDE
    else:
        regle = apd_de_la_famille(
            Nature(demande.nature),
            date.fromisoformat(demande.donnees["au"]),
            document_detenu=demande.donnees["document_detenu"] is not None,
        )
        duree, mention, droits = regle.duree_mois, None, regle.droits
    return _donnees(
        demande,
        type_=APD,
        debut=debut,
        fin=fin_de_validite(debut, duree),
        droits=droits,
        mention=mention,
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
            titre_precedent=_a_presenter(demande) if droits.avec_titre_precedent else None,
            fondements=tuple(gel["orientation"]["fondements"]),
            ofpra_en_attente=demande.ofpra_en_attente and type_ != ADF,
            demonstration=settings.DEMONSTRATION,
        )


def _a_presenter(demande: Demande) -> TitrePrecedent | None:
    """The document to show beside an attestation: a renewal's permit, else what a family member holds."""
    document: dict[str, Any] | None = None
    if demande.nature == Nature.RENOUVELLEMENT:
        document = demande.donnees["titre_detenu"]
    elif not est_protege(demande):
        document = demande.donnees["document_detenu"]
    if document is None:
        return None
    return TitrePrecedent(
        numero=document["numero"],
        debut=date.fromisoformat(document["debut"]),
        fin=date.fromisoformat(document["fin"]),
        nature=document["nature"],
    )
