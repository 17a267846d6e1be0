"""The attestation of the deposit: from the dossier's answers to the data printed (R-REGLES-3)."""

from django.conf import settings
from django.utils.translation import override

from attestations.donnees import (
    Adresse,
    DonneesAttestation,
    Droits,
    PrefectureCompetente,
    TitrePrecedent,
)
from demandes.parcours.controle import Controle
from demandes.parcours.dossier import Dossier
from demandes.parcours.gel import adresse_de
from demandes.regles.attestations import CONFIRMATION
from demandes.regles.dates import fin_de_validite
from demandes.regles.faits import Nature, Statut
from demandes.regles.textes import TITRES
from referentiels import pays


def attestation_du_depot(dossier: Dossier) -> DonneesAttestation:
    """What is issued at the deposit: the APD, or a confirmation for the family.

    A protected person whose status the register does not know yet gets the confirmation too; the APD,
    dated from the deposit, follows the human check.
    """
    prevue = dossier.orientation.attestation if dossier.controle == Controle.CONFIRME else CONFIRMATION
    demande, situation = dossier.demande, dossier.situation
    civil, adresse, titre = dossier.civil, adresse_de(dossier), dossier.titre_detenu
    with override("fr"):
        return DonneesAttestation(
            type=prevue.type,
            nature=situation.nature,
            numero=demande.numero,
            deposee_le=demande.deposee_le,
            debut=dossier.au,
            fin=fin_de_validite(dossier.au, prevue.duree_mois) if prevue.duree_mois else None,
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
            titre=TITRES[dossier.orientation.titre.code].nom,
            droits=Droits(**prevue.droits.vers_dict()),
            prefecture=PrefectureCompetente(
                nom=demande.prefecture.nom, adresse=demande.prefecture.adresse_complete
            ),
            numero_etranger=situation.numero_etranger or "",
            numero_visa=situation.numero_visa or "",
            mention_legale=prevue.mention_legale,
            titre_precedent=(
                TitrePrecedent(numero=titre.numero, debut=titre.debut, fin=titre.fin)
                if titre and situation.nature == Nature.RENOUVELLEMENT
                else None
            ),
            fondements=tuple(dossier.orientation.fondements),
            ofpra_en_attente=_ofpra_en_attente(dossier),
            demonstration=settings.DEMONSTRATION,
        )


def _ofpra_en_attente(dossier: Dossier) -> bool:
    """OFPRA rebuilds the civil status of a protected person; only a first application waits for it."""
    protege = dossier.situation.statut in (Statut.REFUGIE, Statut.PROTECTION_SUBSIDIAIRE)
    etabli = dossier.personne is not None and dossier.personne.etat_civil_ofpra
    return protege and dossier.situation.nature == Nature.PREMIERE and not etabli
