"""Load the 101 prefectures."""

from datetime import date

from referentiels.donnees import lignes
from referentiels.models import Prefecture

# Words before a name by its « type de nom en clair » (INSEE), as in « préfecture de l’Ain ».
LIAISONS = {"0": "de ", "1": "d’", "2": "du ", "3": "de la ", "4": "des ", "5": "de l’"}
# In Paris the préfet de police is competent (R.431-20).
NOMS_PROPRES = {"75": "Préfecture de police"}
# First four digits of the demandes' numbers where département + 01 does not do (docs/referentiels.md).
SITES = {"2A": "2001", "2B": "2002"}
CHAMPS_RENOUVELES = [
    "nom",
    "departement",
    "site",
    "adresse",
    "code_postal",
    "commune",
    "telephone",
    "horaires",
    "courriel",
    "site_internet",
    "releve_le",
]


def code_site(code_departement: str) -> str:
    """The four digits that start the number of a demande deposited in this département."""
    if code_departement in SITES:
        return SITES[code_departement]
    return f"{code_departement}01" if len(code_departement) == 2 else f"{code_departement}1"


def nom_prefecture(code: str, nom: str, liaison: str) -> str:
    """The prefecture's name: « Préfecture de l’Ain », « Préfecture de police » in Paris."""
    return NOMS_PROPRES.get(code) or f"Préfecture {LIAISONS[liaison]}{nom.replace(chr(39), '’')}"


def charger_prefectures() -> int:
    """Write the prefectures of our files; what agents typed of e-MERAUDE is kept. Returns how many."""
    contacts = {ligne["code_departement"]: ligne for ligne in lignes("prefectures.csv")}
    prefectures = []
    for departement in lignes("departements.csv"):
        code = departement["code"]
        contact = contacts.get(code, {})
        releve = contact.get("releve_le", "")
        prefectures.append(
            Prefecture(
                code_departement=code,
                nom=nom_prefecture(code, departement["nom"], departement["liaison"]),
                departement=departement["nom"].replace("'", "’"),
                site=code_site(code),
                adresse=contact.get("adresse", "").replace("'", "’"),
                code_postal=contact.get("code_postal", ""),
                commune=contact.get("commune") or departement["chef_lieu"],
                telephone=contact.get("telephone", ""),
                horaires=contact.get("horaires", ""),
                courriel=contact.get("courriel", ""),
                site_internet=contact.get("site_internet", ""),
                releve_le=date.fromisoformat(releve) if releve else None,
            )
        )
    Prefecture.objects.bulk_create(
        prefectures,
        update_conflicts=True,
        unique_fields=["code_departement"],
        update_fields=CHAMPS_RENOUVELES,
    )
    return len(prefectures)
