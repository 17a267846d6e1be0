"""The words and figures of a document as they are printed, in French whatever the reader's language.

Everything that the 2D-Doc holds stands here in clear (§3.4): names and places of another alphabet are followed by
their romanisation, as the code has it.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from attestations.deuxddoc.alphabet import est_latin
from attestations.deuxddoc.ecriture import encoder, encoder_prenoms
from attestations.donnees import (
    APD,
    ARTICLES_FAMILLE,
    MENTIONS,
    RECEPISSE,
    TITRE,
    VISA,
    DonneesAttestation,
)

PARIS = ZoneInfo("Europe/Paris")
INSECABLE = "\u00a0"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
# What an attestation must be shown with; each follows « le ».
NOMS_DES_DOCUMENTS = {TITRE: "titre de séjour précédent", VISA: "visa", RECEPISSE: "récépissé"}


def valeurs_imprimees(donnees: DonneesAttestation) -> dict[str, Any]:
    """What the templates print: the data with dates in words, numbers grouped, the article of law."""
    depot = donnees.deposee_le.astimezone(PARIS)
    emission = donnees.emise_le.astimezone(PARIS)
    titre = donnees.titre_precedent
    return {
        "type": donnees.type,
        "renouvellement": donnees.nature == "renouvellement",
        "numero": numero_groupe(donnees.numero),
        "depot_jour": jour(depot.date()),
        "depot_heure": f"{depot.hour}{INSECABLE}h{INSECABLE}{depot.minute:02d}",
        "emission_jour": jour(emission.date()),
        "emission_iso": emission.isoformat(timespec="seconds"),
        "debut": jour(donnees.debut),
        "fin": jour(donnees.fin) if donnees.fin else "",
        "nom": _en_clair("62", donnees.nom),
        "nom_usage": _en_clair("63", donnees.nom_usage),
        "prenoms": _prenoms(donnees.prenoms),
        "sexe": "Féminin" if donnees.sexe == "F" else "Masculin",
        "ne_le": naissance(donnees.date_naissance),
        "ne_a": ", ".join(
            lieu for lieu in (_en_clair("6A", donnees.ville_naissance), donnees.pays_naissance_nom) if lieu
        ),
        "nationalite": donnees.nationalite_nom,
        "adresse": [
            *(_en_clair("6U", ligne) for ligne in donnees.adresse.lignes),
            f"{donnees.adresse.code_postal} {donnees.adresse.commune}".strip(),
            "France",
        ],
        "numero_etranger": donnees.numero_etranger,
        "numero_visa": donnees.numero_visa,
        "titre": donnees.titre,
        "mention_legale": donnees.mention_legale or "",
        "articles": articles(donnees),
        "de_la_famille": donnees.type == APD and donnees.mention_legale is None,
        "schengen": donnees.droits.schengen,
        "avec_titre_precedent": donnees.droits.avec_titre_precedent,
        "titre_precedent": {
            "nom": NOMS_DES_DOCUMENTS[titre.nature],
            "numero": titre.numero,
            "debut": jour(titre.debut),
            "fin": jour(titre.fin),
        }
        if titre
        else None,
        "prefecture_nom": donnees.prefecture.nom,
        "prefecture_adresse": donnees.prefecture.adresse,
        "fondements": ", ".join(donnees.fondements),
        "ofpra_en_attente": donnees.ofpra_en_attente,
        "demonstration": donnees.demonstration,
    }


def _en_clair(identifiant: str, texte: str) -> str:
    """« Мохаммад (MOKHAMMAD) »; the text alone where its letters are Latin."""
    romanise = encoder(identifiant, texte).texte
    return texte if est_latin(texte) or not romanise else f"{texte} ({romanise})"


def _prenoms(prenoms: tuple[str, ...]) -> str:
    texte = ", ".join(prenoms)
    romanise = encoder_prenoms(prenoms).texte.replace("/", ", ")
    return texte if est_latin(texte) or not romanise else f"{texte} ({romanise})"


def jour(valeur: date | datetime) -> str:
    """« 1er mars 2027 », without a break inside."""
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return INSECABLE.join((quantieme, MOIS[valeur.month - 1], str(valeur.year)))


def articles(donnees: DonneesAttestation) -> str:
    """The articles of CESEDA that give the document its rights: « article R. 431-15-3 »."""
    if donnees.type != APD:
        cites: tuple[str, ...] = ("R. 431-15-1",)
    elif donnees.mention_legale is None:
        cites = ARTICLES_FAMILLE[donnees.nature]
    else:
        cites = (MENTIONS[donnees.mention_legale],)
    mot = "articles" if len(cites) > 1 else "article"
    return f"{mot} {' et '.join(cites)}".replace(" ", INSECABLE)


def naissance(valeur: str) -> str:
    """A birth date as AGDREF knows it: "1990-03-00" gives « mars 1990 (jour inconnu) »."""
    annee, mois, quantieme = (int(partie) for partie in valeur.split("-"))
    if not mois:
        return f"{annee:04d} (jour et mois inconnus)"
    if not quantieme:
        return f"{MOIS[mois - 1]}{INSECABLE}{annee:04d} (jour inconnu)"
    return f"{'1er' if quantieme == 1 else quantieme}{INSECABLE}{MOIS[mois - 1]}{INSECABLE}{annee:04d}"


def numero_groupe(numero: str) -> str:
    """The 19 digits as site, day, time, sequence: « 9201 20261123 1405 001 »."""
    return INSECABLE.join((numero[:4], numero[4:12], numero[12:16], numero[16:]))
