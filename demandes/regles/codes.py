"""Every code that the rules answer with: the keys of JSON, screens and texts."""

from enum import StrEnum


class CodeMotif(StrEnum):
    APATRIDE = "APATRIDE"
    STATUT_HORS_CHAMP = "STATUT_HORS_CHAMP"
    SANS_NUMERO = "SANS_NUMERO"
    RECEPISSE_EN_COURS = "RECEPISSE_EN_COURS"
    MINEUR_MOINS_DE_16_ANS = "MINEUR_MOINS_DE_16_ANS"
    MINEUR_SANS_ACTIVITE = "MINEUR_SANS_ACTIVITE"
    RENOUVELLEMENT_SANS_TITRE = "RENOUVELLEMENT_SANS_TITRE"
    RENOUVELLEMENT_TROP_TOT = "RENOUVELLEMENT_TROP_TOT"
    RENOUVELLEMENT_TROP_TARD = "RENOUVELLEMENT_TROP_TARD"
    DEMANDE_EN_COURS = "DEMANDE_EN_COURS"


class CodeAlerte(StrEnum):
    ENFANT_PLUS_DE_19_ANS = "ENFANT_PLUS_DE_19_ANS"
    ASCENDANT_PROTEGE_MAJEUR = "ASCENDANT_PROTEGE_MAJEUR"
    MARIAGE_MOINS_D_UN_AN = "MARIAGE_MOINS_D_UN_AN"
    HORS_DELAI_LEGAL = "HORS_DELAI_LEGAL"
    NAISSANCE_APPROXIMATIVE = "NAISSANCE_APPROXIMATIVE"


class CodeTitre(StrEnum):
    CR10 = "CR10"
    CSP4_BPS = "CSP4_BPS"
    CST1 = "CST1"
    CSP4_FAMILLE_BPS = "CSP4_FAMILLE_BPS"
    CR10_FAMILLE_BPS = "CR10_FAMILLE_BPS"


class TypeAttestation(StrEnum):
    APD = "APD"
    CONFIRMATION_DEPOT = "CONFIRMATION_DEPOT"


class CodePiece(StrEnum):
    DECISION_PROTECTION = "decision_protection"
    JUSTIFICATIF_DOMICILE = "justificatif_domicile"
    CONTRAT_ENGAGEMENT = "contrat_engagement"
    EPHOTO = "ephoto"
    ACTE_NAISSANCE = "acte_naissance"
    PASSEPORT = "passeport"
    LIEN_FAMILIAL = "lien_familial"
    VISA_LONG_SEJOUR = "visa_long_sejour"
    NON_POLYGAMIE = "non_polygamie"
    TITRE_DETENU = "titre_detenu"
    CONTRAT_TRAVAIL = "contrat_travail"
    TITRE_PARENT = "titre_parent"


class Condition(StrEnum):
    """What makes a conditional document needed; its words are in ``textes.pieces``."""

    REUNIFICATION_FAMILIALE = "reunification_familiale"
    MARIE_ET_POLYGAMIE_ADMISE = "marie_et_polygamie_admise"
    CONTRAT_DE_TRAVAIL = "contrat_de_travail"
    PARENT_TITULAIRE = "parent_titulaire"
    SANS_CARTE_ANTERIEURE = "sans_carte_anterieure"
