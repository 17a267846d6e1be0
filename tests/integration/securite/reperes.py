"""Forms as the tests of attacks fill them."""

from datetime import date


def champs_de_l_enfant(numero: str, naissance: date) -> dict[str, str]:
    """Step 1 for a child of this number and birth date."""
    return {
        "situation-pour": "enfant",
        "situation-numero_enfant": numero,
        "situation-date_naissance_jour": str(naissance.day),
        "situation-date_naissance_mois": str(naissance.month),
        "situation-date_naissance_annee": str(naissance.year),
        "situation-statut": "refugie",
        "situation-nature": "premiere",
        "situation-souhaite_travailler": "oui",
    }
