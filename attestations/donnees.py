"""Everything printed on an attestation, frozen when it is ordered (R-ATT-1).

The caller builds a `DonneesAttestation`; it is cleaned and checked at once, stored with `en_dict`, read
back with `depuis_dict`. Nothing else reaches the document, so that it says the same thing for ever.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from attestations.erreurs import DonneesInvalides
from attestations.textes import LONGUEUR_MAXIMALE, nettoyer

APD = "APD"
CONFIRMATION_DEPOT = "CONFIRMATION_DEPOT"
ADF = "ADF"
PREMIERE = "premiere"
RENOUVELLEMENT = "renouvellement"

# CESEDA: the article that fixes the words printed on the APD of a protected person.
MENTIONS = {
    "reconnu réfugié": "R. 431-15-3",
    "a obtenu le bénéfice de la protection subsidiaire": "R. 431-15-4",
}
# Any other APD, a family member's: stay, and for a first application work in mainland France.
ARTICLES_FAMILLE = {PREMIERE: ("R. 431-15-1", "R. 431-15-2"), RENOUVELLEMENT: ("R. 431-15-1",)}
TITRE, VISA, RECEPISSE = "titre", "visa", "recepisse"
PRENOMS_MAXIMAUX = 12
LIGNES_MAXIMALES = 5
# All first names together, all street lines together: the page stays one page.
LONGUEUR_SUITE = 240
# The month may be unknown, or the day alone (common among refugees); a known day needs its month.
NAISSANCE = re.compile(r"\d{4}-(00-00|(0[1-9]|1[0-2])-(0\d|[12]\d|3[01]))")


@dataclass(frozen=True, kw_only=True, slots=True)
class Droits:
    """The four rights of R-REGLES-3."""

    sejour: bool
    travail: bool
    schengen: bool
    avec_titre_precedent: bool


# R-REGLES-3 and the settled points: what each document may say. (type, nature) → rights.
DROITS_APD = {
    PREMIERE: Droits(sejour=True, travail=True, schengen=False, avec_titre_precedent=False),
    RENOUVELLEMENT: Droits(sejour=True, travail=True, schengen=True, avec_titre_precedent=True),
}
AUCUN_DROIT = Droits(sejour=False, travail=False, schengen=False, avec_titre_precedent=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Adresse:
    """Where the person lives: street lines, then postal code and commune as on an envelope."""

    lignes: tuple[str, ...]
    code_postal: str
    commune: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "lignes", _nettoyer_suite(self.lignes, LIGNES_MAXIMALES))
        _nettoyer_champs(self, "code_postal", "commune")


@dataclass(frozen=True, kw_only=True, slots=True)
class TitrePrecedent:
    """The document without which an attestation proves nothing: a renewal's permit, what a family member holds."""

    numero: str
    debut: date
    fin: date
    nature: str = TITRE

    def __post_init__(self) -> None:
        _nettoyer_champs(self, "numero")
        _exiger(self.nature in (TITRE, VISA, RECEPISSE), "titre_precedent", "titre, visa or recepisse")


@dataclass(frozen=True, kw_only=True, slots=True)
class PrefectureCompetente:
    """Name (« Préfecture des Hauts-de-Seine ») and postal address on one line."""

    nom: str
    adresse: str

    def __post_init__(self) -> None:
        _nettoyer_champs(self, "nom", "adresse")


@dataclass(frozen=True, kw_only=True, slots=True)
class DonneesAttestation:
    """One document. Countries come as a code (ISO 3166 alpha-2, or XA…) and as the French name printed.

    `date_naissance` is "YYYY-MM-DD" where month and day may be 00. `deposee_le` and `emise_le` are aware;
    `emise_le` defaults to `deposee_le` (the document of the deposit). `debut` and `fin` are both included;
    a confirmation and an ADF have no `fin`. `ofpra_en_attente`: OFPRA still rebuilds the civil status.
    An APD without `mention_legale` is a family member's.
    Raises DonneesInvalides, naming the field.
    """

    type: str
    nature: str
    numero: str
    deposee_le: datetime
    debut: date
    fin: date | None
    nom: str
    prenoms: tuple[str, ...]
    sexe: str
    date_naissance: str
    ville_naissance: str
    pays_naissance: str
    pays_naissance_nom: str
    nationalite: str
    nationalite_nom: str
    adresse: Adresse
    titre: str
    droits: Droits
    prefecture: PrefectureCompetente
    nom_usage: str = ""
    numero_etranger: str = ""
    numero_visa: str = ""
    mention_legale: str | None = None
    titre_precedent: TitrePrecedent | None = None
    fondements: tuple[str, ...] = ()
    ofpra_en_attente: bool = False
    demonstration: bool = False
    emise_le: datetime | None = None

    def __post_init__(self) -> None:
        _nettoyer_champs(
            self,
            "nom",
            "nom_usage",
            "ville_naissance",
            "pays_naissance",
            "pays_naissance_nom",
            "nationalite",
            "nationalite_nom",
            "titre",
            "numero_visa",
        )
        object.__setattr__(self, "numero_etranger", "".join(self.numero_etranger.split()))
        object.__setattr__(self, "prenoms", _nettoyer_suite(self.prenoms, PRENOMS_MAXIMAUX))
        if self.emise_le is None:
            object.__setattr__(self, "emise_le", self.deposee_le)
        _exiger(self.type in (APD, CONFIRMATION_DEPOT, ADF), "type", "APD, CONFIRMATION_DEPOT or ADF")
        self._verifier_identite()
        self._verifier_dates()
        self._verifier_droits()

    def _verifier_identite(self) -> None:
        _exiger(bool(self.nom or self.prenoms), "nom", "a name is needed")
        _exiger(self.sexe in ("M", "F"), "sexe", "M or F")
        _exiger(bool(NAISSANCE.fullmatch(self.date_naissance)), "date_naissance", "YYYY-MM-DD, 00 if unknown")
        _exiger(bool(re.fullmatch(r"[0-9]{19}", self.numero)), "numero", "19 digits")
        _exiger(
            bool(re.fullmatch(r"([0-9]{10})?", self.numero_etranger)), "numero_etranger", "10 digits or empty"
        )
        _exiger(
            bool(self.numero_etranger or self.numero_visa), "numero_etranger", "or a visa number is needed"
        )
        _exiger(bool(self.prefecture.nom), "prefecture", "its name is needed")

    def _verifier_dates(self) -> None:
        for champ in ("deposee_le", "emise_le"):
            _exiger(getattr(self, champ).tzinfo is not None, champ, "needs a time zone")
        a_une_fin = self.type == APD
        _exiger((self.fin is not None) == a_une_fin, "fin", "an APD has one, the other documents have none")
        _exiger(self.fin is None or self.debut <= self.fin, "fin", "is before debut")

    def _verifier_droits(self) -> None:
        _exiger(self.nature in DROITS_APD, "nature", "premiere or renouvellement")
        droits = self.droits
        if self.type == APD:
            _exiger(
                self.mention_legale in (None, *MENTIONS), "mention_legale", "one of R.431-15-3 or R.431-15-4"
            )
            attendus = DROITS_APD[self.nature]
            if self.mention_legale is None and self.titre_precedent is not None:
                attendus = replace(attendus, avec_titre_precedent=True)
            _exiger(droits == attendus, "droits", "those of R-REGLES-3 for this nature")
        elif self.type == CONFIRMATION_DEPOT:
            _exiger(self.mention_legale is None, "mention_legale", "a confirmation has none")
            _exiger(droits == AUCUN_DROIT, "droits", "a confirmation gives none")
        else:
            _exiger(droits.sejour and droits.travail, "droits", "an ADF gives stay and work")
        _exiger(
            not droits.avec_titre_precedent or self.titre_precedent is not None,
            "titre_precedent",
            "is needed when the document is only valid with it",
        )
        _exiger(
            not self.ofpra_en_attente or self.nature == PREMIERE,
            "ofpra_en_attente",
            "concerns first applications only",
        )

    def en_dict(self) -> dict[str, Any]:
        """The data as JSON knows them: dates in ISO 8601, tuples as lists."""
        return _pour_json(asdict(self))

    @classmethod
    def depuis_dict(cls, valeurs: Mapping[str, Any]) -> Self:
        """The inverse of `en_dict`. Raises DonneesInvalides on a missing, unknown or malformed value."""
        try:
            titre = valeurs["titre_precedent"]
            return cls(
                **{
                    **valeurs,
                    "deposee_le": datetime.fromisoformat(valeurs["deposee_le"]),
                    "emise_le": datetime.fromisoformat(valeurs["emise_le"]),
                    "debut": date.fromisoformat(valeurs["debut"]),
                    "fin": None if valeurs["fin"] is None else date.fromisoformat(valeurs["fin"]),
                    "prenoms": tuple(valeurs["prenoms"]),
                    "fondements": tuple(valeurs["fondements"]),
                    "adresse": Adresse(
                        **{**valeurs["adresse"], "lignes": tuple(valeurs["adresse"]["lignes"])}
                    ),
                    "prefecture": PrefectureCompetente(**valeurs["prefecture"]),
                    "droits": Droits(**valeurs["droits"]),
                    "titre_precedent": None
                    if titre is None
                    else TitrePrecedent(
                        numero=titre["numero"],
                        debut=date.fromisoformat(titre["debut"]),
                        fin=date.fromisoformat(titre["fin"]),
                        nature=titre.get("nature", TITRE),
                    ),
                }
            )
        except (KeyError, TypeError, ValueError) as erreur:
            champ = erreur.args[0] if isinstance(erreur, KeyError) else "donnees"
            raise DonneesInvalides(str(champ), "not the stored form of an attestation") from erreur


def _exiger(condition: bool, champ: str, message: str) -> None:
    if not condition:
        raise DonneesInvalides(champ, message)


def _nettoyer_champs(objet: object, *noms: str) -> None:
    for nom in noms:
        object.__setattr__(objet, nom, nettoyer(getattr(objet, nom)))


def _nettoyer_suite(textes: tuple[str, ...], nombre: int) -> tuple[str, ...]:
    """At most `nombre` cleaned texts, cut where together they exceed LONGUEUR_SUITE; what is beyond
    `nombre` joins the last."""
    pleins = [texte for texte in textes if nettoyer(texte)]
    pleins[nombre - 1 :] = [" ".join(pleins[nombre - 1 :])] if pleins[nombre - 1 :] else []
    propres: list[str] = []
    reste = LONGUEUR_SUITE
    for texte in pleins:
        if reste > 1:
            propres.append(nettoyer(texte, min(reste, LONGUEUR_MAXIMALE)))
            reste -= len(propres[-1])
    return tuple(propres)


def _pour_json(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {cle: _pour_json(contenu) for cle, contenu in valeur.items()}
    if isinstance(valeur, tuple):
        return [_pour_json(contenu) for contenu in valeur]
    return valeur.isoformat() if isinstance(valeur, date) else valeur
