"""Refugees who apply for themselves."""

from datetime import date

from demandes.demonstration import registre as r
from demandes.demonstration.personnage import Personnage


def refugies(au: date) -> list[Personnage]:
    return [
        Personnage(
            r.ligne(
                1,
                "AHMADI",
                "Laila",
                "F",
                r.age(au, 34),
                "AF",
                statut="refugie",
                ville="Hérat",
                documents=[r.atda(au)],
            ),
            "Réfugiée, majeure, première demande : CR10",
            "Elle vient d’être reconnue et n’a qu’une ATDA. Elle dépose et reçoit une APD. "
            "Si elle choisit « renouvellement », elle voit RENOUVELLEMENT_SANS_TITRE.",
        ),
        Personnage(
            r.ligne(
                2,
                "KASSEM",
                "Yousef",
                "M",
                r.age(au, 45),
                "SY",
                statut="refugie",
                ville="Homs",
                departement="75",
                documents=[r.titre(au, "carte_resident", fin_dans=2, duree=120, numero="DEMO00002")],
            ),
            "Réfugié, renouvellement : CR10",
            "Sa carte de résident se termine dans deux mois : il la renouvelle et garde tous ses droits.",
        ),
        Personnage(
            r.ligne(
                3,
                "TESFAYE",
                "Selam",
                "F",
                r.age(au, 17),
                "ER",
                statut="refugie",
                ville="Keren",
                departement="69",
                documents=[r.atda(au)],
            ),
            "Réfugiée de 16 à 18 ans qui souhaite travailler : CR10",
            "Elle a 17 ans et son propre compte. Si elle répond qu’elle ne souhaite pas travailler, "
            "elle voit MINEUR_SANS_ACTIVITE.",
        ),
        Personnage(
            r.ligne(
                4,
                "DIARRA",
                "Moussa",
                "M",
                "1990-00-00",
                "ML",
                statut="refugie",
                ville="Kidal",
                departement="93",
                situation_familiale="marie",
                date_mariage=r.mois(au, -60),
                documents=[r.atda(au)],
            ),
            "Alerte NAISSANCE_APPROXIMATIVE ; déclaration de non-polygamie",
            "Seule son année de naissance est connue. Marié, d’un pays où la polygamie existe : "
            "une déclaration lui est demandée.",
        ),
        Personnage(
            r.ligne(
                5,
                "OMAR",
                "Hodan",
                "F",
                r.age(au, 29),
                "SO",
                statut="refugie",
                ville="Merca",
                departement="13",
                documents=[
                    r.titre(au, "carte_resident", fin_dans=70, duree=120, numero="DEMO00005", remis=False)
                ],
            ),
            "Première demande avec un titre du même fondement : motif demandé",
            "Le registre connaît une carte qui ne lui a jamais été remise. Elle fait une première demande "
            "et dit pourquoi ; l’agent le voit.",
        ),
    ]
