"""Beneficiaries of subsidiary protection who apply for themselves."""

from datetime import date

from demandes.demonstration import registre as r
from demandes.demonstration.personnage import Personnage


def proteges(au: date) -> list[Personnage]:
    return [
        Personnage(
            r.ligne(
                11,
                "NIAZI",
                "Karim",
                "M",
                r.age(au, 27),
                "AF",
                statut="protection_subsidiaire",
                ville="Kunduz",
                documents=[r.atda(au)],
            ),
            "Protection subsidiaire, majeur, première demande : CSP4_BPS",
            "Il n’a qu’une ATDA. Il dépose et reçoit une APD « a obtenu le bénéfice de la protection subsidiaire ».",
        ),
        Personnage(
            r.ligne(
                12,
                "SAEED",
                "Amina",
                "F",
                r.age(au, 38),
                "SD",
                statut="protection_subsidiaire",
                ville="Nyala",
                departement="75",
                residence_reguliere_depuis=r.mois(au, -46),
                documents=[r.titre(au, "csp_bps", fin_dans=2, duree=48, numero="DEMO00012")],
            ),
            "Protection subsidiaire, titre CSP BPS, moins de 4 ans de résidence : CSP4_BPS",
            "Sa carte se termine dans deux mois : elle la renouvelle pour 4 ans.",
        ),
        Personnage(
            r.ligne(
                13,
                "ILUNGA",
                "Patrice",
                "M",
                r.age(au, 51),
                "CD",
                statut="protection_subsidiaire",
                ville="Goma",
                departement="69",
                residence_reguliere_depuis=r.mois(au, -54),
                documents=[r.titre(au, "csp_bps", fin_dans=18, duree=48, numero="DEMO00013")],
            ),
            "Protection subsidiaire, titre CSP BPS, 4 ans de résidence : CR10",
            "Sa carte dure encore 18 mois. Avec 4 ans de résidence, le renouvellement n’est pas trop tôt "
            "et donne une carte de 10 ans.",
        ),
        Personnage(
            r.ligne(
                14,
                "PIERRE",
                "Wideline",
                "F",
                r.age(au, 17),
                "HT",
                statut="protection_subsidiaire",
                ville="Jérémie",
                departement="973",
                documents=[r.atda(au)],
            ),
            "Protection subsidiaire, 16 à 18 ans, souhaite travailler : CST1",
            "Elle a 17 ans, habite Cayenne, et obtient une carte d’un an.",
        ),
    ]
