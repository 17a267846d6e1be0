"""The fields of a 2D-Doc of type 13: identifiers, sizes, alphabets (§7.0, §7.5), what is mandatory (§8.5)."""

import re
from dataclasses import dataclass

CHIFFRES = re.compile(r"[0-9]*")
LETTRES = re.compile(r"[A-Z ]*")
LETTRES_CHIFFRES = re.compile(r"[A-Z0-9]*")
TEXTE = re.compile(r"[A-Z0-9 ]*")
PRENOMS = re.compile(r"[A-Z /]*")
FILIATION = re.compile(r"[A-Z0-9 /]*")
PAYS = re.compile(r"[A-Z]{2}")
GENRE = re.compile(r"[MF]")
HEXADECIMAL = re.compile(r"[0-9A-F]*")
BASE32 = re.compile(r"[A-Z2-7=]*")
# Day and month may be 00: unknown (§7.5, field 69).
DATE = re.compile(r"(00|0[1-9]|[12][0-9]|3[01])(00|0[1-9]|1[0-2])[0-9]{4}")
DOCUMENT = re.compile(r"[1-5]")
POSTAL = re.compile(r"[0-9]{5}| {5}")


@dataclass(frozen=True, slots=True)
class Champ:
    """One kind of datum. `maximum` is None where the standard sets no bound; equal bounds mean a fixed length."""

    identifiant: str
    libelle: str
    minimum: int
    maximum: int | None
    motif: re.Pattern[str]

    @property
    def fixe(self) -> bool:
        return self.minimum == self.maximum


_COMPLEMENTAIRES = (
    Champ("01", "Identifiant unique du document", 0, None, LETTRES_CHIFFRES),
    Champ("02", "Catégorie de document", 0, None, TEXTE),
    Champ("03", "Sous-catégorie de document", 0, None, TEXTE),
    Champ("04", "Application de composition", 0, None, TEXTE),
    Champ("05", "Version de l’application de composition", 0, None, TEXTE),
    Champ("06", "Date de l’association entre le document et le code", 4, 4, HEXADECIMAL),
    Champ("07", "Heure de l’association entre le document et le code", 6, 6, CHIFFRES),
    Champ("08", "Date d’expiration du document", 4, 4, HEXADECIMAL),
    Champ("09", "Nombre de pages du document", 4, 4, CHIFFRES),
    Champ("0A", "Éditeur du 2D-Doc", 9, 9, CHIFFRES),
    Champ("0B", "Intégrateur du 2D-Doc", 9, 9, CHIFFRES),
    Champ("0C", "Adresse du document", 0, None, BASE32),
)
_IDENTITE = (
    Champ("60", "Liste des prénoms", 0, 60, PRENOMS),
    Champ("61", "Prénom", 0, 20, LETTRES),
    Champ("62", "Nom patronymique", 0, 38, LETTRES),
    Champ("63", "Nom d’usage", 0, 38, LETTRES),
    Champ("64", "Nom d’épouse ou d’époux", 0, 38, LETTRES),
    Champ("65", "Type de pièce d’identité", 2, 2, LETTRES),
    Champ("66", "Numéro de la pièce d’identité", 0, 20, LETTRES_CHIFFRES),
    Champ("67", "Nationalité", 2, 2, PAYS),
    Champ("68", "Genre", 1, 1, GENRE),
    Champ("69", "Date de naissance", 8, 8, DATE),
    Champ("6A", "Lieu de naissance", 0, 32, TEXTE),
    Champ("6B", "Département du bureau émetteur", 3, 3, LETTRES_CHIFFRES),
    Champ("6C", "Pays de naissance", 2, 2, PAYS),
    Champ("6D", "Nom et prénom du père", 0, 60, FILIATION),
    Champ("6E", "Nom et prénom de la mère", 0, 60, FILIATION),
    Champ("6F", "Zone de lecture automatique", 0, 90, TEXTE),
    Champ("6G", "Nom", 1, 38, LETTRES),
    Champ("6H", "Civilité", 1, 10, LETTRES),
    Champ("6I", "Pays émetteur", 2, 2, PAYS),
    Champ("6J", "Type de document étranger", 1, 1, DOCUMENT),
    Champ("6K", "Numéro de la demande", 19, 19, CHIFFRES),
    Champ("6L", "Date de dépôt de la demande", 8, 8, DATE),
    Champ("6M", "Catégorie du titre", 0, 40, LETTRES),
    Champ("6N", "Date de début de validité", 8, 8, DATE),
    Champ("6O", "Date de fin de validité", 8, 8, DATE),
    Champ("6P", "Autorisation", 0, 40, LETTRES),
    Champ("6Q", "Numéro d’étranger", 0, 10, LETTRES_CHIFFRES),
    Champ("6R", "Numéro de visa", 12, 12, LETTRES_CHIFFRES),
    Champ("6S", "Ligne 2 de l’adresse", 0, 38, TEXTE),
    Champ("6T", "Ligne 3 de l’adresse", 0, 38, TEXTE),
    Champ("6U", "Ligne 4 de l’adresse", 0, 38, TEXTE),
    Champ("6V", "Ligne 5 de l’adresse", 0, 38, TEXTE),
    Champ("6W", "Code postal", 5, 5, POSTAL),
    Champ("6X", "Commune", 0, 32, LETTRES),
    Champ("6Y", "Pays de l’adresse", 2, 2, PAYS),
    Champ("6Z", "Numéro d’étranger de l’autorisation de travail", 9, 11, LETTRES_CHIFFRES),
)
CHAMPS = {champ.identifiant: champ for champ in (*_COMPLEMENTAIRES, *_IDENTITE)}

# Type of document and perimeter « document étranger » (§6.1), and its kinds (field 6J).
TYPE_DOCUMENT_ETRANGER = "13"
PERIMETRE = "01"
DEPOT, PROLONGATION, DECISION_FAVORABLE = "1", "2", "3"
DOCUMENTS_ETRANGERS = {
    DEPOT: "Attestation de dépôt d’une demande de titre de séjour",
    PROLONGATION: "Attestation de prolongation d’instruction d’une demande de titre de séjour",
    DECISION_FAVORABLE: "Attestation de décision favorable sur une demande de titre de séjour",
    "4": "Attestation de dépôt d’un document de circulation pour étranger mineur",
    "5": "Document de circulation pour étranger mineur",
}
OBLIGATOIRES = (
    "6J", "6K", "6L", "6P", "6Q", "62", "63", "60", "68", "69", "6A", "6C", "67", "6U", "6W", "6X",
)  # fmt: skip
