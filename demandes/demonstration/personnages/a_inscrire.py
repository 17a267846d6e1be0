"""People without account, to try the sign-up; their documents have fixed dates."""

from demandes.demonstration import registre as r
from demandes.demonstration.personnage import Personnage


def a_inscrire() -> list[Personnage]:
    return [
        Personnage(
            r.ligne(
                51,
                "SHARIFI",
                "Maryam",
                "F",
                "1996-03-27",
                "AF",
                statut="refugie",
                ville="Ghazni",
                documents=[r.document("atda", "", "DEMO00051", "2026-06-01", "2027-05-31")],
            ),
            "Inscription avec une ATDA",
            "Elle vient d’être reconnue réfugiée et n’a jamais eu de titre.",
            compte=False,
        ),
        Personnage(
            r.ligne(
                None,
                "HAMIDI",
                "Farid",
                "M",
                "1988-11-05",
                "AF",
                visa="FRA900000052",
                ville="Kaboul",
                statut="membre_famille",
                statut_du_protege="refugie",
                lien="conjoint",
                situation_familiale="marie",
                date_mariage="2012-08-20",
                date_demande_asile_protege="2023-01-16",
                documents=[r.document("visa", "", "FRA900000052", "2026-09-01", "2027-08-31")],
            ),
            "Inscription avec un visa",
            "Il n’a pas encore de numéro étranger : son numéro de visa est son identifiant.",
            compte=False,
        ),
        Personnage(
            r.ligne(
                53,
                "KUMAR",
                "Priya",
                "F",
                "1979-12-14",
                "LK",
                statut="protection_subsidiaire",
                ville="Jaffna",
                departement="75",
                residence_reguliere_depuis="2021-02-10",
                documents=[r.document("titre", "csp_bps", "DEMO00053", "2026-02-10", "2030-02-09")],
            ),
            "Inscription avec un titre de séjour",
            "Sa carte est longue, mais elle a 4 ans de résidence : elle peut demander la carte de 10 ans.",
            compte=False,
        ),
        Personnage(
            r.ligne(
                54,
                "YILDIZ",
                "Emre",
                "M",
                "1993-07-02",
                "TR",
                statut="refugie",
                ville="Van",
                departement="2A",
                documents=[
                    r.document(
                        "recepisse", "", "DEMO00054", "2026-01-12", "2026-07-11", mention="reconnu_refugie"
                    )
                ],
            ),
            "Inscription avec un récépissé",
            "Son récépissé est terminé : il ne prouve plus qu’une préfecture examine sa demande.",
            compte=False,
        ),
    ]
