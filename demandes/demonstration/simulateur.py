"""Ready links to the simulator for the rows of R-REGLES-4 where no account is possible, and a few others."""

from datetime import date
from urllib.parse import urlencode

from demandes.demonstration.registre import age, mois

ADULTE = "1990-05-17"


def liens(au: date) -> list[tuple[str, str]]:
    """(what the link shows, path with its query); birth dates of minors follow the day `au`."""
    refugie = {"statut": "refugie", "date_naissance": ADULTE, "numero": "etranger", "recepisse": "aucun"}
    enfant = {**refugie, "date_naissance": age(au, 12), "nature": "premiere"}
    famille_apatride = {"statut": "membre_famille", "lien": "conjoint", "statut_du_protege": "apatride"}
    renouvellement = {**refugie, "nature": "renouvellement"}
    carte = {"titre_type": "carte_resident", "titre_debut": mois(au, -84), "titre_fin": mois(au, 36)}
    cas = [
        ("SANS_NUMERO", {**refugie, "numero": "aucun", "nature": "premiere"}),
        (
            "APATRIDE",
            {"statut": "apatride", "date_naissance": ADULTE, "numero": "etranger", "nature": "premiere"},
        ),
        (
            "APATRIDE (famille)",
            {**famille_apatride, "date_naissance": ADULTE, "numero": "aucun", "nature": "premiere"},
        ),
        (
            "STATUT_HORS_CHAMP",
            {"statut": "autre", "date_naissance": ADULTE, "numero": "etranger", "nature": "premiere"},
        ),
        ("MINEUR_MOINS_DE_16_ANS", {**enfant, "souhaite_travailler": "true"}),
        ("MINEUR_SANS_ACTIVITE", {**enfant, "date_naissance": age(au, 16), "souhaite_travailler": "false"}),
        ("RECEPISSE_EN_COURS", {**refugie, "recepisse": "reconnu_refugie", "nature": "premiere"}),
        ("RENOUVELLEMENT_SANS_TITRE", {**renouvellement, "titre_type": "aucun"}),
        ("RENOUVELLEMENT_TROP_TOT", {**renouvellement, **carte}),
        ("RENOUVELLEMENT_TROP_TARD", {**renouvellement, **carte, "titre_fin": mois(au, -8)}),
        ("DEMANDE_EN_COURS", {**refugie, "nature": "premiere", "demande_en_cours": "true"}),
    ]
    return [(montre, f"/simulateur/?{urlencode(reponses)}") for montre, reponses in cas]
