"""A fictitious person's attestation data, true by default, changed by keyword."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from attestations import code_signe
from attestations.donnees import (
    ADF,
    APD,
    AUCUN_DROIT,
    CONFIRMATION_DEPOT,
    DROITS_APD,
    PREMIERE,
    RENOUVELLEMENT,
    VISA,
    Adresse,
    DonneesAttestation,
    PrefectureCompetente,
    TitrePrecedent,
)
from attestations.presentation import PARIS
from attestations.signataires import signataire

TITRE_PRECEDENT = TitrePrecedent(numero="FIC7654321", debut=date(2016, 12, 1), fin=date(2026, 11, 30))

VISA_DETENU = TitrePrecedent(
    numero="FRA26X123456", debut=date(2025, 12, 1), fin=date(2026, 11, 30), nature=VISA
)


def apd_premiere(**changements: Any) -> DonneesAttestation:
    valeurs: dict[str, Any] = {
        "type": APD,
        "nature": PREMIERE,
        "numero": "9201202611231405001",
        "deposee_le": datetime(2026, 11, 23, 13, 5, tzinfo=UTC),
        "debut": date(2026, 11, 23),
        "fin": date(2027, 5, 22),
        "nom": "HAÏDARI-FICTIF",
        "nom_usage": "DE L’EXEMPLE",
        "prenoms": ("Ûmid", "Farhâd"),
        "sexe": "M",
        "date_naissance": "1990-03-00",
        "ville_naissance": "Hérat",
        "pays_naissance": "AF",
        "pays_naissance_nom": "Afghanistan",
        "nationalite": "AF",
        "nationalite_nom": "afghane",
        "adresse": Adresse(
            lignes=("Chez l’association Exemple", "12 rue des Lilas"), code_postal="92000", commune="Nanterre"
        ),
        "titre": "Carte de résident, 10 ans",
        "droits": DROITS_APD[PREMIERE],
        "prefecture": PrefectureCompetente(
            nom="Préfecture des Hauts-de-Seine", adresse="167-177 avenue Joliot-Curie, 92013 Nanterre Cedex"
        ),
        "numero_etranger": "9203456789",
        "mention_legale": "reconnu réfugié",
        "fondements": ("L.424-1",),
    }
    return DonneesAttestation(**{**valeurs, **changements})


def apd_renouvellement(**changements: Any) -> DonneesAttestation:
    return apd_premiere(
        **{
            "nature": RENOUVELLEMENT,
            "droits": DROITS_APD[RENOUVELLEMENT],
            "titre_precedent": TITRE_PRECEDENT,
            **changements,
        }
    )


def apd_famille(**changements: Any) -> DonneesAttestation:
    """The APD of a family member who holds no document: it stands alone."""
    return apd_premiere(
        **{"mention_legale": None, "fin": date(2027, 2, 22), "fondements": ("L.424-3",), **changements}
    )


def apd_famille_avec_visa(**changements: Any) -> DonneesAttestation:
    """The APD of a family member, valid only with the visa."""
    avec_visa = replace(DROITS_APD[PREMIERE], avec_titre_precedent=True)
    return apd_famille(**{"droits": avec_visa, "titre_precedent": VISA_DETENU, **changements})


def apd_famille_renouvellement(**changements: Any) -> DonneesAttestation:
    return apd_renouvellement(**{"mention_legale": None, "fin": date(2027, 2, 22), **changements})


def confirmation(**changements: Any) -> DonneesAttestation:
    return apd_premiere(
        **{
            "type": CONFIRMATION_DEPOT,
            "fin": None,
            "mention_legale": None,
            "droits": AUCUN_DROIT,
            "fondements": ("L.424-3",),
            **changements,
        }
    )


def decision_favorable(**changements: Any) -> DonneesAttestation:
    return apd_premiere(**{"type": ADF, "fin": None, "mention_legale": None, **changements})


def signer(donnees: DonneesAttestation) -> str:
    """The signed text of its 2D-Doc, with the key that bin/test has made, on that key's first day."""
    premier_jour = signataire(aujourd_hui()).certificat.debut
    return code_signe.signer(donnees, signataire(premier_jour), premier_jour)


def aujourd_hui() -> date:
    return timezone.now().astimezone(PARIS).date()
