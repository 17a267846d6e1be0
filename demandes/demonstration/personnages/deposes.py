"""People whose dossier waits to be taken, each with another day on which rights are lost."""

from datetime import date

from demandes.demonstration import registre as r
from demandes.demonstration.dossier import DossierFictif
from demandes.demonstration.personnage import Personnage

MARIEE = {
    "situation_familiale": "marie",
    "conjoint_nom": "CONJOINT-SPECIMEN",
    "reunification_familiale": "oui",
}
MARIEE_RENOUVELLEMENT = {**MARIEE, "reunification_familiale": "non"}


def deposes(au: date) -> list[DossierFictif]:
    famille = {
        "statut": "membre_famille",
        "lien": "conjoint",
        "situation_familiale": "marie",
        "date_mariage": r.mois(au, -120),
        "date_demande_asile_protege": r.mois(au, -60),
    }
    return [
        DossierFictif(
            Personnage(
                r.ligne(66, "AHMADZAI", "Najib", "M", r.age(au, 30), "AF", statut="refugie", ville="Khost",
                        documents=[r.atda(au)]),
                "DEMANDE_EN_COURS",
                "Sa demande est déjà déposée : une autre est refusée, avec un lien vers la première.",
            ),
            depose=1,
        ),
        DossierFictif(
            Personnage(
                r.ligne(101, "RAHIMI", "Shirin", "F", r.age(au, 31), "AF", statut="refugie", ville="Kaboul",
                        etat_civil_ofpra=False, documents=[r.atda(au)]),
                "À prendre ; état civil attendu de l’OFPRA",
                "Déposée il y a 3 jours. Rien ne peut être décidé avant l’OFPRA ; son APD court.",
            ),
            depose=3,
        ),
        DossierFictif(
            Personnage(
                r.ligne(102, "MUSA", "Ibrahim", "M", r.age(au, 26), "SD", statut="protection_subsidiaire",
                        ville="Khartoum", documents=[r.atda(au)]),
                "À prendre ; protection subsidiaire, première demande",
                "Déposée il y a 20 jours, complète.",
            ),
            depose=20,
        ),
        DossierFictif(
            Personnage(
                r.ligne(103, "TEKLE", "Mebrahtu", "M", r.age(au, 41), "ER", statut="refugie", ville="Asmara",
                        documents=[r.titre(au, "carte_resident", fin_dans=1, duree=120, numero="DEMO00103")]),
                "À prendre ; renouvellement d’une carte de résident",
                "Déposée il y a 40 jours, dans les délais de la loi.",
            ),
            depose=40,
            nature="renouvellement",
        ),
        DossierFictif(
            Personnage(
                r.ligne(104, "RAHIMI", "Zohra", "F", r.age(au, 28), "AF", ville="Kaboul",
                        statut_du_protege="refugie", visa="FRA900000104",
                        documents=[r.document("visa", "", "FRA900000104", r.mois(au, -3), r.jour(au, 10))], **famille),
                "À prendre en premier ; visa qui finit dans 10 jours",
                "Conjointe d’un réfugié : une confirmation seulement, et plus de droits dans 10 jours.",
            ),
            depose=30,
            reponses={"famille": MARIEE},
        ),
        DossierFictif(
            Personnage(
                r.ligne(105, "SAEED", "Hiba", "F", r.age(au, 37), "SD", ville="Nyala",
                        statut_du_protege="protection_subsidiaire", residence_reguliere_depuis=r.mois(au, -40),
                        documents=[r.document("titre", "csp_famille_bps", "DEMO00105",
                                              r.mois(au, -48), r.jour(au, -5))],
                        **famille),
                "À prendre ; titre fini depuis 5 jours",
                "Épouse d’un protégé subsidiaire : son titre est fini, elle n’a qu’une confirmation.",
            ),
            depose=60,
            reponses={"famille": MARIEE_RENOUVELLEMENT},
            nature="renouvellement",
        ),
        DossierFictif(
            Personnage(
                r.ligne(106, "OSMAN", "Abdi", "M", r.age(au, 24), "SO", ville="Mogadiscio", documents=[r.atda(au)]),
                "À prendre ; statut à vérifier",
                "Le registre ne connaît pas son statut : à vérifier sous deux jours, puis l’APD est faite.",
            ),
            depose=1,
            reponses={"situation": {"statut": "refugie"}},
        ),
        DossierFictif(
            Personnage(
                r.ligne(108, "HAMOUD", "Lina", "F", r.age(au, 17), "SY", statut="refugie", ville="Homs",
                        documents=[r.dcem(au)]),
                "À prendre ; dossier d’une mineure de 17 ans",
                "Déposé par sa mère (9900000107). Pris par un agent, il invite Lina à avoir son compte.",
                compte=False,
            ),
            depose=5,
            parent="9900000107",
            reponses={
                "famille": {"a_un_contrat": "non", "parent1_qualite": "mere", "parent1_nom": "HAMOUD-SPECIMEN",
                            "parent1_prenoms": "Rana", "parent2_inconnu": "on"},
            },
        ),
        DossierFictif(
            Personnage(
                r.ligne(109, "KARIMI", "Reza", "M", r.age(au, 52), "IR", statut="refugie", ville="Tabriz",
                        documents=[r.atda(au)]),
                "À prendre ; délai légal passé, APD qui finit dans deux semaines",
                "Déposée il y a 170 jours et oubliée : le délai légal est signalé à l’agent et expliqué à la personne.",
            ),
            depose=170,
        ),
        DossierFictif(
            Personnage(
                r.ligne(122, "BANGURA", "Aminata", "F", r.age(au, 33), "SL", statut="refugie", ville="Freetown",
                        departement="75", documents=[r.atda(au)]),
                "À Paris, à prendre",
                "Déposée il y a 8 jours : `instructeur-75` la voit, `instructeur-39` non.",
            ),
            depose=8,
        ),
        DossierFictif(
            Personnage(
                r.ligne(125, "PIERRE", "Jocelyn", "M", r.age(au, 39), "HT", statut="protection_subsidiaire",
                        ville="Jacmel", departement="973", documents=[r.atda(au)]),
                "En Guyane, à prendre",
                "Déposée il y a 15 jours : `instructeur-973` la voit.",
            ),
            depose=15,
        ),
    ]  # fmt: skip


def parents(au: date) -> list[Personnage]:
    """Those who applied for a child."""
    return [
        Personnage(
            r.ligne(107, "HAMOUD", "Rana", "F", r.age(au, 43), "SY", statut="refugie", ville="Homs",
                    documents=[r.titre(au, "carte_resident", fin_dans=60, duree=120, numero="DEMO00107")]),
            "Mère d’une mineure dont le dossier est déposé",
            "Elle suit le dossier de Lina (9900000108), et y demande un nouveau lien pour le compte de sa fille.",
        ),
    ]  # fmt: skip
