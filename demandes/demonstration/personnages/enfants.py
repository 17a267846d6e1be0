"""A mother and the children for whom she applies."""

from datetime import date

from demandes.demonstration import registre as r
from demandes.demonstration.personnage import Personnage


def enfants(au: date) -> list[Personnage]:
    enfant = {"statut": "refugie", "ville": "Massaoua", "departement": "93"}
    pays = "ER"
    return [
        Personnage(
            r.ligne(
                40,
                "HABTOM",
                "Miriam",
                "F",
                r.age(au, 44),
                pays,
                documents=[r.titre(au, "carte_resident", fin_dans=80, duree=120, numero="DEMO00040")],
                **enfant,
            ),
            "Mère de deux enfants de 16 et 17 ans",
            "Elle demande un titre pour chaque enfant, dans deux onglets si elle veut. Pour elle-même, "
            "elle voit RENOUVELLEMENT_TROP_TOT.",
        ),
        Personnage(
            r.ligne(41, "HABTOM", "Yonas", "M", r.age(au, 17), pays, documents=[r.atda(au)], **enfant),
            "Enfant de 17 ans, réfugié, souhaite travailler : CR10",
            "Fils de Miriam (9900000040) : elle écrit son numéro et sa date de naissance à l’étape 1.",
            compte=False,
        ),
        Personnage(
            r.ligne(42, "HABTOM", "Ruta", "F", r.age(au, 16), pays, documents=[r.atda(au)], **enfant),
            "Enfant de 16 ans, réfugiée, souhaite travailler : CR10",
            "Fille de Miriam (9900000040). Si elle ne souhaite pas travailler : MINEUR_SANS_ACTIVITE.",
            compte=False,
        ),
        Personnage(
            r.ligne(43, "HABTOM", "Noah", "M", r.age(au, 12), pays, documents=[r.dcem(au)], **enfant),
            "MINEUR_MOINS_DE_16_ANS",
            "Fils de Miriam (9900000040). À 12 ans il n’a pas besoin d’un titre ; le DCEM sert à voyager.",
            compte=False,
        ),
    ]
