"""What the dossier holds as fact today: the frozen copy of the deposit, corrections included, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from demandes.models import Demande
from demandes.operations.corriger import CHAMPS, valeur_en_mots
from demandes.parcours.choix import LIENS, NATURES, SEXES, STATUTS, STATUTS_DU_PROTEGE
from demandes.parcours.lecture import naissance_en_mots
from referentiels import pays

# The fields that stand in the frozen civil status and address, in the order of the page.
ETAT_CIVIL = (
    "nom", "nom_usage", "prenoms", "sexe", "date_naissance", "ville_naissance", "pays_naissance", "nationalite",
)  # fmt: skip
ADRESSE = ("complement", "ligne", "commune")
LIBELLES = {
    "sexe": gettext_lazy("Sexe"),
    "date_naissance": gettext_lazy("Date de naissance"),
    "pays_naissance": gettext_lazy("Pays de naissance"),
    "nationalite": gettext_lazy("Nationalité"),
}
NATURES_DE_DOCUMENT = {
    "titre": gettext_lazy("Titre de séjour"),
    "recepisse": gettext_lazy("Récépissé"),
    "visa": gettext_lazy("Visa"),
}


@dataclass(frozen=True)
class Fait:
    """One line of the page; `corrige` when an agent has changed it since the deposit."""

    libelle: str
    valeur: str
    corrige: bool = False


def faits(demande: Demande) -> list[tuple[str, list[Fait]]]:
    """(title, facts) of each part: who, where, in which situation, with which document."""
    return [
        (_("État civil"), _partie(demande, ETAT_CIVIL)),
        (_("Adresse"), [*_partie(demande, ADRESSE), *_si(_("Téléphone"), demande.donnees["adresse"]["telephone"])]),
        (_("Situation"), _situation(demande)),
    ]  # fmt: skip


def libelle_du_champ(champ: str) -> str:
    """The name of a field; what the person reported may be none of CHAMPS."""
    if champ not in CHAMPS:
        return _("Autre information")
    return str(LIBELLES.get(champ, CHAMPS[champ][0]))


def valeur_du_champ(demande: Demande, champ: str) -> str:
    """The present value of a field of CHAMPS, in words."""
    _libelle, partie, _lire = CHAMPS[champ]
    fige = demande.donnees[partie]
    if champ == "commune":
        return en_mots({nom: fige[nom] for nom in ("code_postal", "commune")})
    return en_mots({champ: fige[champ]})


def en_mots(valeurs: Mapping[str, Any]) -> str:
    """{field: frozen value} as one line: a commune is a postal code and a name."""
    return " ".join(_mot(nom, valeur) for nom, valeur in valeurs.items() if nom != "code_insee")


def _mot(nom: str, valeur: Any) -> str:
    if nom in ("pays_naissance", "nationalite"):
        return pays.nom_pays(valeur) or valeur
    if nom == "sexe":
        return str(dict(SEXES).get(valeur, valeur))
    if nom == "date_naissance":
        return naissance_en_mots(valeur)
    return valeur_en_mots(valeur)


def _partie(demande: Demande, champs: tuple[str, ...]) -> list[Fait]:
    corriges = {correction["champ"] for correction in demande.donnees.get("corrections", [])}
    lignes = [
        Fait(libelle_du_champ(champ), valeur_du_champ(demande, champ), champ in corriges) for champ in champs
    ]
    return [fait for fait in lignes if fait.valeur or fait.corrige]


def _situation(demande: Demande) -> list[Fait]:
    situation = demande.donnees["situation"]
    return [
        *_si(_("Statut"), dict(STATUTS).get(situation["statut"])),
        *_si(_("Lien"), dict(LIENS).get(situation["lien"])),
        *_si(_("Personne protégée"), dict(STATUTS_DU_PROTEGE).get(situation["statut_du_protege"])),
        *_si(_("Nature"), dict(NATURES).get(demande.nature)),
        *_si(_("Numéro étranger"), situation["numero_etranger"]),
        *_si(_("Numéro de visa"), situation["numero_visa"]),
        *_si(_("Résidence régulière depuis"), _jour(situation["residence_reguliere_depuis"])),
        *_si(_("Document détenu"), _document(demande.donnees["document_detenu"])),
        *_si(_("Statut et titre"), demande.get_controle_display()),
        *_si(_("Demande déposée pour"), _("un enfant mineur") if demande.pour_mineur else ""),
    ]


def _document(document: Mapping[str, str] | None) -> str:
    if document is None:
        return _("aucun")
    return _("%(nature)s n° %(numero)s, du %(debut)s au %(fin)s") % {
        "nature": NATURES_DE_DOCUMENT.get(document["nature"], document["nature"]),
        "numero": document["numero"],
        "debut": _jour(document["debut"]),
        "fin": _jour(document["fin"]),
    }


def _jour(iso: str | None) -> str:
    return date_format(date.fromisoformat(iso), "d/m/Y") if iso else ""


def _si(libelle: str, valeur: Any) -> list[Fait]:
    return [Fait(libelle, str(valeur))] if valeur else []
