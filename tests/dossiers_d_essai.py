"""Fictitious people and their drafts, for every profile of the specification. Everyone here is invented.

Answers are written as the pages post them, without the step's prefix; a date may be given as YYYY-MM-DD.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.datastructures import MultiValueDict

from comptes.models import Compte
from demandes.etats import TRANSITIONS, Etat
from demandes.models import Demande, Evenement, Fichier, Piece
from demandes.operations.enregistrer_etape import enregistrer_etape, marque_des_reponses
from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from demandes.regles.codes import CodePiece
from demandes.regles.dates import ajouter_mois
from referentiels.models import DocumentAgdref, Ephoto, PersonneAgdref, Prefecture

AU = date(2026, 11, 23)
MAINTENANT = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
CODE_VALIDE = "EPHOTOVALIDE0000000001"

_rangs = itertools.count(1)


def prefecture(code: str) -> Prefecture:
    return Prefecture.objects.get(pk=code)


def numero() -> str:
    """A numéro étranger that nobody has: 99 is no département."""
    return f"99{next(_rangs):08d}"


def personne(**valeurs: Any) -> PersonneAgdref:
    """A person of the register: an adult refugee without permit unless told otherwise."""
    defauts = {
        "numero_etranger": numero(), "nom": "HAÏDARI-FICTIF", "prenoms": ["Ûmid", "Farhâd"], "sexe": "M",
        "date_naissance": "1990-03-14", "ville_naissance": "Hérat", "pays_naissance": "AF", "nationalite": "AF",
        "situation_familiale": "celibataire", "statut": "refugie", "etat_civil_ofpra": True, "fictive": True,
        "adresse": {"ligne": "1 rue de l’Exemple", "complement": "", "code_postal": "39000",
                    "code_insee": "39300", "commune": "Lons-le-Saunier"},
    }  # fmt: skip
    return PersonneAgdref.objects.create(**{**defauts, **valeurs})


def titre(
    de: PersonneAgdref, type_: str, *, fin: date, mois: int = 120, remis: bool = True
) -> DocumentAgdref:
    """A permit of `mois` months whose last day is `fin`."""
    debut = ajouter_mois(fin + timedelta(days=1), -mois)
    return DocumentAgdref.objects.create(
        personne=de,
        nature="titre",
        type=type_,
        numero=f"FIC{next(_rangs):07d}",
        debut=debut,
        fin=fin,
        remis=remis,
    )


def compte_de(ligne: PersonneAgdref, **valeurs: Any) -> Compte:
    """The account of a person of the register."""
    return compte(
        numero_etranger=ligne.numero_etranger, numero_visa=ligne.numero_visa, nom=ligne.nom,
        prenoms=" ".join(ligne.prenoms), **valeurs,
    )  # fmt: skip


def compte(**valeurs: Any) -> Compte:
    identifiant = (
        valeurs.pop("identifiant", None) or valeurs.get("numero_etranger") or valeurs.get("numero_visa")
    )
    valeurs.setdefault("email", f"fictif{next(_rangs)}@exemple.fr")
    return Compte.objects.create(identifiant=identifiant, password="!", **valeurs)


def agent(*prefectures: Prefecture, role: str = "instructeur") -> Compte:
    membre = compte(identifiant=f"agent{next(_rangs)}", role=role, nom="AGENT-FICTIF")
    membre.prefectures.set(prefectures)
    return membre


def ephoto(code: str = "", *, etat: str = "valide", le: datetime = MAINTENANT) -> str:
    """A code in that state at `le`: valide, expire, utilise, pas_encore_active or inconnu."""
    code = code or f"EPHOTO{next(_rangs):016d}"
    if etat != "inconnu":
        debut = {"expire": le - timedelta(days=200), "pas_encore_active": le + timedelta(hours=24)}.get(
            etat, le - timedelta(days=3)
        )
        Ephoto.objects.create(
            code=code, active_le=debut, expire_le=debut + timedelta(days=182),
            utilise_le=le - timedelta(days=1) if etat == "utilise" else None,
            reference="AUTRE" if etat == "utilise" else "",
        )  # fmt: skip
    return code


# --- answers ---------------------------------------------------------------------------------------------

SITUATION = {"pour": "moi", "statut": "refugie", "nature": "premiere"}
COORDONNEES = {
    "ligne": "12 rue des Lilas", "complement": "Chez l’association Exemple", "code_postal": "39000",
    "telephone": "01 99 00 12 34",
}  # fmt: skip
ETAT_CIVIL = {
    "nom": "DÉCLARÉ-FICTIF", "nom_usage": "", "prenoms": "Sara Mina", "sexe": "F",
    "ville_naissance": "Asmara", "pays_naissance": "ER", "nationalite": "ER",
}  # fmt: skip
FAMILLE = {"situation_familiale": "celibataire", "nombre_enfants": "0"}
FAMILLE_DU_MINEUR = {
    "situation_familiale": "celibataire", "a_un_contrat": "non", "parent1_qualite": "mere",
    "parent1_nom": "HAÏDARI-FICTIF", "parent1_prenoms": "Mina", "parent2_inconnu": "on",
}  # fmt: skip


def saisie(etape: str, valeurs: dict[str, Any], marque: str = "") -> dict[str, Any]:
    """What the page of `etape` posts."""
    return {f"{etape}-{nom}": valeur for nom, valeur in valeurs.items()} | {"marque": marque}


def enregistrer(demande: Demande, etape: str, valeurs: dict[str, Any], *, au: date = AU):
    """Send one step from a page that is up to date; gives the dossier and the form."""
    demande.refresh_from_db()
    return enregistrer_etape(
        demande_id=demande.pk, compte_id=demande.compte_id, etape=etape, au=au,
        saisie=MultiValueDict({nom: [valeur] for nom, valeur in saisie(etape, valeurs).items()}),
        marque=marque_des_reponses(demande, etape),
    )  # fmt: skip


@dataclass
class Profil:
    """Who applies, for what, with which answers; `demande` is the draft under way."""

    demande: Demande
    situation: dict[str, Any] = field(default_factory=dict)
    identite: dict[str, Any] = field(default_factory=dict)
    famille: dict[str, Any] = field(default_factory=dict)
    code: str = ""

    @property
    def compte(self) -> Compte:
        return self.demande.compte

    def reponses(self, etape: str) -> dict[str, Any]:
        return {
            "situation": {**SITUATION, **self.situation},
            "identite": {**COORDONNEES, **self.identite},
            "famille": self.famille,
            "justificatifs": {"ephoto_code": self.code},
            "recapitulatif": {"declaration": "on"},
        }[etape]

    def remplir(self, jusqu_a: str = "recapitulatif", *, au: date = AU) -> "Profil":
        """Answer every step up to `jusqu_a`, with one checked file for each pièce that is asked for."""
        for etape in ETAPES[: ETAPES.index(jusqu_a) + 1]:
            if etape == "justificatifs":
                self.joindre(au=au)
            _dossier, formulaire = enregistrer(self.demande, etape, self.reponses(etape), au=au)
            assert formulaire.is_valid(), (etape, formulaire.errors)
        self.demande.refresh_from_db()
        return self

    def joindre(self, *, au: date = AU) -> None:
        """One checked file for each pièce that is asked for and has none."""
        self.demande.refresh_from_db()
        for demandee in Dossier(self.demande, au=au).pieces:
            if demandee.code != CodePiece.EPHOTO:
                piece, nouvelle = Piece.objects.get_or_create(demande=self.demande, code=demandee.code)
                if nouvelle:
                    fichier_pret(piece)


def fichier_pret(piece: Piece, **valeurs: Any) -> Fichier:
    return Fichier.objects.create(
        **{"piece": piece, "nom": "photo.jpg", "etat": Fichier.Etat.PRET, "type_mime": "image/jpeg", "taille": 1000,
           "sha256": "0" * 64, **valeurs}
    )  # fmt: skip


# --- the profiles of the specification -------------------------------------------------------------------


def pour_soi(
    ligne: PersonneAgdref, *, etat_ephoto: str = "valide", le: datetime = MAINTENANT, **reponses: Any
) -> Profil:
    """This person applies for themselves and declares what the register knows, unless told otherwise."""
    famille = reponses.pop("famille", FAMILLE)
    situation = {"statut": ligne.statut, "lien": ligne.lien, "statut_du_protege": ligne.statut_du_protege}
    return Profil(
        Demande.objects.create(compte=compte_de(ligne)),
        situation={**{nom: v for nom, v in situation.items() if v}, **reponses},
        famille=famille,
        code=ephoto(etat=etat_ephoto, le=le),
    )


def refugie(**options: Any) -> Profil:
    """An adult refugee, first application."""
    return pour_soi(personne(**options.pop("registre", {})), **options)


def refugie_renouvellement(*, au: date = AU, fin: date | None = None, **options: Any) -> Profil:
    ligne = personne(nom="RENOUVELLEMENT-FICTIF")
    titre(ligne, "carte_resident", fin=fin or ajouter_mois(au, 2))
    return pour_soi(ligne, nature="renouvellement", **options)


def protection_subsidiaire(**options: Any) -> Profil:
    return pour_soi(personne(statut="protection_subsidiaire", **options.pop("registre", {})), **options)


def protection_subsidiaire_renouvellement(*, au: date = AU, **options: Any) -> Profil:
    ligne = personne(statut="protection_subsidiaire")
    titre(ligne, "csp_bps", fin=ajouter_mois(au, 1), mois=48)
    return pour_soi(ligne, nature="renouvellement", **options)


def _famille(lien: str, **options: Any) -> Profil:
    registre = {
        "statut": "membre_famille", "lien": lien, "statut_du_protege": "refugie", **options.pop("registre", {}),
    }  # fmt: skip
    famille = {**FAMILLE, "reunification_familiale": "non", **options.pop("famille", {})}
    return pour_soi(personne(**registre), famille=famille, **options)


def conjoint(**options: Any) -> Profil:
    mariee = {"situation_familiale": "marie", "conjoint_nom": "HAÏDARI-FICTIF", "date_mariage": "2015-06-01"}
    return _famille("conjoint", famille={**mariee, **options.pop("famille", {})}, **options)


def enfant_adulte(*, le: datetime = MAINTENANT, **options: Any) -> Profil:
    return _famille("enfant", registre={"date_naissance": f"{le.year - 18}-01-01"}, le=le, **options)


def ascendant(**options: Any) -> Profil:
    return _famille("ascendant", registre={"date_naissance": "1960-01-01"}, **options)


def conjoint_renouvellement(*, au: date = AU, **options: Any) -> Profil:
    profil = conjoint(
        nature="renouvellement", registre={"statut_du_protege": "protection_subsidiaire"}, **options
    )
    ligne = PersonneAgdref.objects.get(numero_etranger=profil.compte.numero_etranger)
    titre(ligne, "csp_famille_bps", fin=ajouter_mois(au, 1), mois=48)
    return profil


def enfant_mineur(
    *, parent: Compte | None = None, statut: str = "refugie", le: datetime = MAINTENANT, **registre: Any
) -> Profil:
    """A mother applies for her child of 16, whom the register knows by number and birth date."""
    lien = {"lien": "enfant", "statut_du_protege": "refugie"} if statut == "membre_famille" else {}
    defauts = {"date_naissance": f"{le.year - 16}-01-01", "nom": "ENFANT-FICTIF", "prenoms": ["Nour"]}
    enfant = personne(**{"statut": statut, **lien, **defauts, **registre})
    parent = parent or compte_de(personne(nom="MÈRE-FICTIVE", sexe="F"))
    return Profil(
        Demande.objects.create(compte=parent, pour_mineur=True),
        situation={
            "pour": "enfant", "numero_enfant": enfant.numero_etranger, "date_naissance": enfant.date_naissance,
            "statut": statut, "souhaite_travailler": "oui", **lien,
        },
        famille={**FAMILLE_DU_MINEUR, **({"reunification_familiale": "non"} if lien else {})},
        code=ephoto(le=le),
    )  # fmt: skip


def inconnu_du_registre(**options: Any) -> Profil:
    """An account whose number the register has lost: everything is declared."""
    return Profil(
        Demande.objects.create(compte=compte(numero_etranger=numero())),
        situation={"date_naissance": "1990-00-00", **options},
        identite=ETAT_CIVIL,
        famille=FAMILLE,
        code=ephoto(),
    )


def amener(demande: Demande, etat: str) -> Demande:
    """Lead a deposited demande to `etat` by the shortest way of the table, with its journal entries and no more."""
    chemins = [[Etat(demande.etat)]]
    while chemins[0][-1] != etat:
        chemin = chemins.pop(0)
        chemins += [[*chemin, suivant] for suivant in sorted(TRANSITIONS[chemin[-1]])]
    for de, vers in itertools.pairwise(chemins[0]):
        with transaction.atomic():
            Demande.objects.filter(pk=demande.pk).update(etat=vers)
            Evenement.objects.create(demande=demande, type="essai", de=de, vers=vers)
    demande.refresh_from_db()
    return demande


PROFILS: dict[str, Callable[..., Profil]] = {
    "réfugié": refugie,
    "réfugié, renouvellement": refugie_renouvellement,
    "protection subsidiaire": protection_subsidiaire,
    "protection subsidiaire, renouvellement": protection_subsidiaire_renouvellement,
    "conjoint": conjoint,
    "conjoint, renouvellement": conjoint_renouvellement,
    "enfant de 18 ans": enfant_adulte,
    "ascendant": ascendant,
    "enfant de 16 ans": enfant_mineur,
}
