"""Lines of the register for invented people, in the form that `importer_personnes` reads."""

from datetime import date, timedelta
from typing import Any

from demandes.regles.dates import ajouter_mois

REMARQUE = "Personne fictive de la démonstration."
ADRESSES = {
    "39": ("1 rue de l’Exemple", "39000", "39300", "Lons-le-Saunier"),
    "75": ("2 rue de l’Exemple", "75010", "75056", "Paris"),
    "69": ("3 rue de l’Exemple", "69003", "69123", "Lyon"),
    "13": ("4 rue de l’Exemple", "13001", "13055", "Marseille"),
    "93": ("5 rue de l’Exemple", "93000", "93008", "Bobigny"),
    "2A": ("6 rue de l’Exemple", "20000", "2A004", "Ajaccio"),
    "973": ("7 rue de l’Exemple", "97300", "97302", "Cayenne"),
}
# ARCEP keeps 01 99 00 for works of fiction: nobody answers. (06 39 98 too, but phonenumbers calls it not valid.)
TELEPHONE = "+33 1 99 00 00 00"


def ligne(
    rang: int | None,
    nom: str,
    prenom: str,
    sexe: str,
    naissance: str,
    pays: str,
    *,
    ville: str,
    visa: str = "",
    departement: str = "39",
    pays_naissance: str = "",
    **autres: Any,
) -> dict[str, Any]:
    """A line of the register; numbers start with 99, which is no département."""
    rue, code_postal, code_insee, commune = ADRESSES[departement]
    numeros = {"numero_etranger": f"99{rang:08d}"} if rang else {}
    if visa:
        numeros["numero_visa"] = visa
    return {
        **numeros,
        "nom": f"{nom}-SPECIMEN",
        "prenoms": [prenom],
        "sexe": sexe,
        "date_naissance": naissance,
        "ville_naissance": ville,
        "pays_naissance": pays_naissance or pays,
        "nationalite": pays,
        "situation_familiale": "celibataire",
        "etat_civil_ofpra": True,
        "adresse": {
            "ligne": rue,
            "complement": "",
            "code_postal": code_postal,
            "code_insee": code_insee,
            "commune": commune,
        },
        "telephone": TELEPHONE,
        "fictive": True,
        "remarque": REMARQUE,
        **autres,
    }


def mois(au: date, nombre: int) -> str:
    return ajouter_mois(au, nombre).isoformat()


def jour(au: date, nombre: int) -> str:
    return (au + timedelta(days=nombre)).isoformat()


def jour_avant(jour: str) -> str:
    return (date.fromisoformat(jour) - timedelta(days=1)).isoformat()


def age(au: date, ans: int, *, jours: int = 40) -> str:
    """The birth date of someone who turned `ans` years old `jours` days ago."""
    return (ajouter_mois(au, -12 * ans) - timedelta(days=jours)).isoformat()


def document(
    nature: str, type_: str, numero: str, debut: str, fin: str, *, mention: str = "", remis: bool = True
) -> dict[str, Any]:
    return {
        "nature": nature,
        "type": type_,
        "numero": numero,
        "debut": debut,
        "fin": fin,
        "mention": mention,
        "remis": remis,
    }


def titre(
    au: date, type_: str, *, fin_dans: int, duree: int, numero: str, remis: bool = True
) -> dict[str, Any]:
    """A permit of `duree` months whose last day is `fin_dans` months away (R-REGLES-6 for its first day)."""
    fin = ajouter_mois(au, fin_dans)
    debut = ajouter_mois(fin + timedelta(days=1), -duree)
    return document("titre", type_, numero, debut.isoformat(), fin.isoformat(), remis=remis)


def atda(au: date) -> dict[str, Any]:
    return document("atda", "", "", mois(au, -4), jour_avant(mois(au, 6)))


def visa(au: date, numero: str) -> dict[str, Any]:
    return document("visa", "", numero, mois(au, -3), jour_avant(mois(au, 9)))


def dcem(au: date) -> dict[str, Any]:
    return document("dcem", "", "", mois(au, -12), jour_avant(mois(au, 48)))
