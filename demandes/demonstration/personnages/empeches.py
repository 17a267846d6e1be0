"""People whom a rule stops, or whom the register does not confirm (R-REGLES-4)."""

from datetime import date

from demandes.demonstration import registre as r
from demandes.demonstration.personnage import Personnage


def empeches(au: date) -> list[Personnage]:
    return [
        Personnage(
            r.ligne(
                61,
                "PETROV",
                "Alexeï",
                "M",
                r.age(au, 40),
                "XA",
                statut="apatride",
                ville="Riga",
                pays_naissance="LV",
                documents=[r.titre(au, "autre", fin_dans=2, duree=48, numero="DEMO00061")],
            ),
            "APATRIDE",
            "Il doit aller à la préfecture, dont l’adresse est montrée.",
        ),
        Personnage(
            r.ligne(
                62,
                "SILVA",
                "Ana",
                "F",
                r.age(au, 33),
                "BR",
                statut="autre",
                ville="Recife",
                departement="973",
                documents=[r.titre(au, "cst", fin_dans=2, duree=12, numero="DEMO00062")],
            ),
            "STATUT_HORS_CHAMP",
            "Elle n’a ni protection ni parent protégé : d’autres démarches existent. "
            "Si elle se déclare réfugiée, le registre la contredit.",
        ),
        Personnage(
            r.ligne(
                63,
                "CAMARA",
                "Aïssatou",
                "F",
                r.age(au, 23),
                "GN",
                statut="refugie",
                ville="Kindia",
                departement="75",
                documents=[
                    r.document(
                        "recepisse",
                        "",
                        "DEMO00063",
                        r.mois(au, -2),
                        r.jour_avant(r.mois(au, 4)),
                        mention="reconnu_refugie",
                    )
                ],
            ),
            "RECEPISSE_EN_COURS",
            "Sa préfecture examine déjà une demande : elle ne dépose pas une deuxième fois.",
        ),
        Personnage(
            r.ligne(
                64,
                "SIVAKUMAR",
                "Ravi",
                "M",
                r.age(au, 49),
                "LK",
                statut="refugie",
                ville="Jaffna",
                departement="93",
                documents=[r.titre(au, "carte_resident", fin_dans=36, duree=120, numero="DEMO00064")],
            ),
            "RENOUVELLEMENT_TROP_TOT",
            "Sa carte dure encore trois ans : il voit la date d’ouverture.",
        ),
        Personnage(
            r.ligne(
                65,
                "MAKOSSO",
                "Grâce",
                "F",
                r.age(au, 57),
                "CG",
                statut="refugie",
                ville="Pointe-Noire",
                departement="13",
                documents=[r.titre(au, "carte_resident", fin_dans=-8, duree=120, numero="DEMO00065")],
            ),
            "RENOUVELLEMENT_TROP_TARD",
            "Sa carte est terminée depuis huit mois : elle doit aller à la préfecture.",
        ),
        Personnage(
            r.ligne(
                67,
                "GHEBRE",
                "Tomas",
                "M",
                r.age(au, 35),
                "ER",
                ville="Adi Keyih",
                departement="69",
                documents=[r.atda(au)],
            ),
            "Statut inconnu du registre",
            "Le dépôt passe, avec une confirmation seulement ; un agent vérifie, puis l’APD est faite.",
        ),
        Personnage(
            r.ligne(
                68,
                "LUKIC",
                "Jelena",
                "F",
                r.age(au, 46),
                "RS",
                statut="protection_subsidiaire",
                ville="Nis",
                departement="2A",
                documents=[r.atda(au)],
            ),
            "Statut contredit par le registre",
            "Le registre dit « protection subsidiaire ». Si elle se déclare réfugiée, le dépôt est refusé avec "
            "la marche à suivre.",
        ),
    ]
