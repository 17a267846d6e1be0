"""A line of an address in 38 characters: the abbreviations of AFNOR XP Z10-011, as §11.2 has them.

Each step is taken only while the line is too long. The standard also reduces first names to their initial before
articles go; nothing tells a first name from another word of a street, so that step is left out.
"""

LONGUEUR = 38

TYPES_DE_VOIE = {
    "ALLEE": "ALL", "AVENUE": "AV", "BOULEVARD": "BD", "CENTRE COMMERCIAL": "CCAL", "CENTRE": "CTRE",
    "IMMEUBLES": "IMM", "IMMEUBLE": "IMM", "IMPASSE": "IMP", "LIEU DIT": "LD", "LOTISSEMENT": "LOT",
    "PASSAGE": "PAS", "PLACE": "PL", "RESIDENCE": "RES", "ROND POINT": "RPT", "ROUTE": "RTE", "SQUARE": "SQ",
    "VILLAGE": "VLGE", "ZONE D ACTIVITE": "ZA", "ZONE INDUSTRIELLE": "ZI",
    "ZONE D AMENAGEMENT CONCERTE": "ZAC", "ZONE D AMENAGEMENT DIFFERE": "ZAD",
}  # fmt: skip
AUTRES_MOTS = {
    "ADJUDANT": "ADJ", "AERODROME": "AERD", "AEROGARE": "AERG", "AERONAUTIQUE": "AERN", "AEROPORT": "AERP",
    "AGENCE": "AGCE", "AGRICOLE": "AGRIC", "ANCIEN": "ANC", "ANCIENNEMENT": "ANC", "APPARTEMENTS": "APP",
    "APPARTEMENT": "APP", "ARMEMENT": "ARMT", "ARRONDISSEMENT": "ARR", "ASPIRANT": "ASP", "ASSOCIATION": "ASSOC",
    "ASSURANCE": "ASSUR", "ATELIER": "AT", "BARAQUEMENT": "BRQ", "BASSES": "BAS", "BASSE": "BAS",
    "BATAILLONS": "BTN", "BATAILLON": "BTN", "BATIMENTS": "BAT", "BATIMENT": "BAT", "BIS": "B",
    "BOITE POSTALE": "BP", "CABINET": "CAB", "CANTON": "CANT", "CARDINAL": "CDL", "CASE POSTALE": "CP",
    "CHAMBRE": "CHBR", "CITADELLE": "CTD", "COLLEGE": "COLL", "COLONEL": "CNL", "COLONIE": "COLO",
    "COMITE": "CTE", "COMMANDANT": "CDT", "COMMERCIAL": "CIAL", "COMMUNE": "COMM", "COMMUNAL": "COMM",
    "COMMUNAUX": "COMM", "COMPAGNIE": "CIE", "COMPAGNONS": "COMP", "COMPAGNON": "COMP", "COOPERATIVE": "COOP",
    "COURSE SPECIALE": "CS", "CROIX": "CRX", "DELEGATION": "DELEG", "DEPARTEMENTAL": "DEP",
    "DEPARTEMENTAUX": "DEP", "DIRECTEUR": "DIR", "DIRECTION": "DIR", "DIVISION": "DIV", "DOCTEUR": "DR",
    "ECONOMIE": "ECO", "ECONOMIQUE": "ECO", "ECRIVAINS": "ECRIV", "ECRIVAIN": "ECRIV", "ENSEIGNEMENT": "ENST",
    "ENSEMBLE": "ENS", "ENTREES": "ENT", "ENTREE": "ENT", "ENTREPRISE": "ENTR", "EPOUSE": "EP", "EPOUX": "EP",
    "ETABLISSEMENT": "ETS", "ETAGE": "ETG", "ETAT MAJOR": "EM", "EVEQUE": "EVQ", "FACULTE": "FAC",
    "FORESTIER": "FOR", "FORET": "FOR", "FRANCAISE": "FR", "FRANCAIS": "FR", "FUSILIER": "FUS",
    "GENDARMERIE": "GEND", "GENERAL": "GAL", "GOUVERNEMENTAL": "GOUV", "GOUVERNEUR": "GOU", "GRANDES": "GDES",
    "GRANDE": "GDE", "GRANDS": "GDS", "GRAND": "GD", "HAUTES": "HTES", "HAUTE": "HTE", "HAUTS": "HTS",
    "HAUT": "HT", "HOPITAL": "HOP", "HOPITAUX": "HOP", "HOSPICE": "HOSP", "HOSPITALIER": "HOSP",
    "HOTEL": "HOT", "INFANTERIE": "INFANT", "INFERIEURE": "INF", "INFERIEUR": "INF", "INGENIEUR": "ING",
    "INSPECTEUR": "INSP", "INSTITUT": "INST", "INTERNATIONALE": "INTERN", "INTERNATIONAL": "INTERN",
    "LABORATOIRE": "LABO", "LIEUTENANT DE VAISSEAU": "LTDV", "LIEUTENANT": "LT", "MADAME": "MME",
    "MADEMOISELLE": "MLLE", "MAGASIN": "MAG", "MAISON": "MAIS", "MAITRE": "ME", "MARECHAL": "MAL",
    "MARITIME": "MAR", "MEDECIN": "MED", "MEDICAL": "MED", "MESDAMES": "MMES", "MESDEMOISELLES": "MLLES",
    "MESSIEURS": "MM", "MILITAIRE": "MIL", "MINISTERE": "MIN", "MONSEIGNEUR": "MGR", "MONSIEUR": "M",
    "MUNICIPAL": "MUN", "MUTUEL": "MUT", "NATIONAL": "NAL", "NOTRE DAME": "ND", "NOUVEAU": "NOUV",
    "NOUVELLE": "NOUV", "OBSERVATOIRE": "OBS", "PASTEUR": "PAST", "PETITES": "PTES", "PETITE": "PTE",
    "PETITS": "PTS", "PETIT": "PT", "POLICE": "POL", "PREFECTURE": "PREF", "PREFET": "PREF",
    "PRESIDENT": "PDT", "PROFESSEUR": "PR", "PROFESSIONNELLE": "PROF", "PROFESSIONNEL": "PROF",
    "PROLONGEE": "PROL", "PROLONGE": "PROL", "PROPRIETE": "PROP", "QUATER": "Q", "QUINQUIES": "C",
    "RECTEUR": "RECT", "REGIMENT": "RGT", "REGIONALE": "REG", "REGIONAL": "REG", "REPUBLIQUE": "REP",
    "RESTAURANT": "REST", "SAINTES": "STES", "SAINTE": "STE", "SAINTS": "STS", "SAINT": "ST",
    "SANATORIUM": "SANA", "SERGENT": "SGT", "SERVICE": "SCE", "SOCIETE": "SOC", "SOUS COUVERT": "SC",
    "SOUS PREFECTURE": "SPREF", "SOUS PREFET": "SPREF", "SUPERIEURE": "SUP", "SUPERIEUR": "SUP",
    "SYNDICAT": "SYND", "TECHNICIENNE": "TECH", "TECHNICIEN": "TECH", "TECHNIQUE": "TECH", "TER": "T",
    "TRI SERVICE ARMEE": "TSA", "TUNNEL": "TUN", "UNIVERSITAIRE": "UNVT", "UNIVERSITE": "UNIV",
    "VELODROME": "VELOD", "VEUVE": "VVE", "VIEILLES": "VIEL", "VIEILLE": "VIEL", "VIEUX": "VX",
}  # fmt: skip
ARTICLES = frozenset({"DES", "DU", "L", "LA", "LE", "LES"})
# Parts of the name: they stay as they are.
PARTICULES = frozenset({"D", "DE"})
# « Seul le premier mot d’un type de voie composé est tronqué aux quatre premiers caractères. »
LETTRES_D_UN_TYPE = 4


def comprimer(ligne: str, longueur: int = LONGUEUR) -> str:
    """`ligne` (capitals, digits, spaces) abbreviated until it has `longueur` characters, if it can be.

    The last word is never touched: it is the one that finds the street. The caller cuts what is still too long.
    """
    for etape in (_abreger_les_types, _abreger_les_mots, _sans_articles, _couper_le_type):
        if len(ligne) <= longueur:
            return ligne
        ligne = etape(ligne)
    return _reduire_aux_initiales(ligne, longueur)


def _abreger_les_types(ligne: str) -> str:
    return _remplacer(ligne, TYPES_DE_VOIE)


def _abreger_les_mots(ligne: str) -> str:
    return _remplacer(ligne, AUTRES_MOTS)


def _remplacer(ligne: str, abreviations: dict[str, str]) -> str:
    """Whole words only, the longest expressions first, the last word apart."""
    debut, _espace, dernier = ligne.rpartition(" ")
    texte = f" {debut} "
    for mots in sorted(abreviations, key=len, reverse=True):
        texte = texte.replace(f" {mots} ", f" {abreviations[mots]} ")
    return f"{texte.strip()} {dernier}".strip()


def _sans_articles(ligne: str) -> str:
    *debut, dernier = ligne.split(" ")
    return " ".join([*(mot for mot in debut if mot not in ARTICLES), dernier])


def _couper_le_type(ligne: str) -> str:
    *debut, dernier = ligne.split(" ")
    for rang, mot in enumerate(debut):
        if mot.isalpha() and len(mot) > 1:
            if mot not in TYPES_DE_VOIE.values():
                debut[rang] = mot[:LETTRES_D_UN_TYPE]
            break
    return " ".join([*debut, dernier])


def _reduire_aux_initiales(ligne: str, longueur: int) -> str:
    """Names from left to right, after the number and the type of street."""
    mots = ligne.split(" ")
    premier = next((rang for rang, mot in enumerate(mots) if mot.isalpha() and len(mot) > 1), 0)
    for rang in range(premier + 1, len(mots) - 1):
        if len(" ".join(mots)) <= longueur:
            break
        if mots[rang].isalpha() and mots[rang] not in PARTICULES:
            mots[rang] = mots[rang][0]
    return " ".join(mots)
