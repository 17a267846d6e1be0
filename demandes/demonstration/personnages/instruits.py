"""People whose dossier an agent has taken: one at least for each state of the examination (R-INSTR-1)."""

from datetime import date

from demandes.demonstration import registre as r
from demandes.demonstration.dossier import DossierFictif
from demandes.demonstration.personnage import Personnage
from demandes.demonstration.personnages.deposes import MARIEE


def instruits(au: date) -> list[DossierFictif]:
    return [
        DossierFictif(
            Personnage(
                r.ligne(110, "ADAM", "Fatima", "F", r.age(au, 35), "TD", statut="protection_subsidiaire",
                        ville="Abéché", residence_reguliere_depuis=r.mois(au, -46),
                        documents=[r.titre(au, "csp_bps", fin_dans=2, duree=48, numero="DEMO00110")]),
                "En cours d’instruction",
                "Prise il y a 10 jours par `instructeur-39`, pièces à examiner.",
            ),
            depose=25,
            nature="renouvellement",
            gestes=(("prendre", 10),),
        ),
        DossierFictif(
            Personnage(
                r.ligne(121, "NOORI", "Parwin", "F", r.age(au, 29), "AF", statut="refugie", ville="Ghazni",
                        etat_civil_ofpra=False, documents=[r.atda(au)]),
                "En cours d’instruction ; état civil attendu de l’OFPRA",
                "Pièces acceptées, mais rien ne se décide avant l’OFPRA. L’agent peut noter l’état civil reçu.",
            ),
            depose=45,
            gestes=(("prendre", 30), ("accepter", 30)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(111, "DIALLO", "Mamadou", "M", r.age(au, 22), "GN", statut="refugie", ville="Mamou",
                        documents=[r.atda(au)]),
                "Complément demandé",
                "Demandé il y a 16 jours : le rappel des 15 jours est parti. La personne répond dans son compte.",
            ),
            depose=50,
            gestes=(("prendre", 40), ("completer", 16)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(126, "SESAY", "Foday", "M", r.age(au, 34), "SL", statut="refugie", ville="Bo",
                        documents=[r.atda(au)]),
                "Complément demandé, sans réponse depuis 62 jours",
                "Le classement est proposé à l’agent, jamais fait tout seul.",
            ),
            depose=85,
            gestes=(("prendre", 70), ("completer", 62)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(112, "ALI", "Sahra", "F", r.age(au, 27), "SO", statut="refugie", ville="Kismaayo",
                        documents=[r.atda(au)]),
                "Complément transmis",
                "La personne a répondu il y a 4 jours : l’examen reprend, tout peut être accepté puis décidé.",
            ),
            depose=55,
            gestes=(("prendre", 35), ("completer", 20), ("repondre", 4)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(113, "BAH", "Oumar", "M", r.age(au, 44), "GN", statut="membre_famille", lien="conjoint",
                        statut_du_protege="refugie", ville="Conakry", situation_familiale="marie",
                        date_mariage=r.mois(au, -100), date_demande_asile_protege=r.mois(au, -50),
                        visa="FRA900000113", documents=[r.visa(au, "FRA900000113")]),
                "Refus proposé",
                "Proposé par `instructeur-39` : `responsable-39` confirme ou renvoie, une même personne ne peut pas.",
            ),
            depose=75,
            reponses={"famille": MARIEE},
            gestes=(("prendre", 50), ("accepter", 45), ("proposer_un_refus", 2)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(114, "HOSSEINI", "Leila", "F", r.age(au, 38), "AF", statut="refugie", ville="Mazar",
                        documents=[r.atda(au)]),
                "Décision favorable",
                "Accordée il y a 6 jours : elle a une ADF, sa carte est en fabrication. L’agent annonce la carte.",
            ),
            depose=80,
            gestes=(("prendre", 60), ("accepter", 8), ("accorder", 6)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(115, "SARKIS", "Georges", "M", r.age(au, 58), "SY", statut="refugie", ville="Alep",
                        documents=[r.titre(au, "carte_resident", fin_dans=-1, duree=120, numero="DEMO00115")]),
                "Titre disponible, renouvellement",
                "Annoncée il y a 35 jours : le rappel des 30 jours est parti. À la remise, timbre et ancien titre.",
            ),
            depose=110,
            nature="renouvellement",
            gestes=(("prendre", 90), ("accepter", 88), ("accorder", 80), ("annoncer", 35)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(116, "WOLDE", "Hanna", "F", r.age(au, 30), "ET", statut="refugie", ville="Gondar",
                        documents=[r.atda(au)]),
                "Titre disponible, première demande",
                "Carte annoncée il y a 3 jours. Timbre seulement, pas d’ancien titre.",
            ),
            depose=70,
            gestes=(("prendre", 50), ("accepter", 45), ("accorder", 40), ("annoncer", 3)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(119, "MOHAMMADI", "Farid", "M", r.age(au, 36), "AF", statut="refugie", ville="Herat",
                        documents=[r.atda(au)]),
                "Titre remis",
                "Carte remise il y a 12 jours contre un timbre. Le registre la connaît : trop tôt pour renouveler.",
            ),
            depose=120,
            gestes=(("prendre", 100), ("accepter", 95), ("accorder", 90), ("annoncer", 30), ("remettre", 12)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(117, "TRAORE", "Issa", "M", r.age(au, 25), "ML", statut="refugie", ville="Gao",
                        documents=[r.atda(au)]),
                "Classée sans suite",
                "Complément jamais envoyé. La personne lit pourquoi et peut refaire une demande.",
            ),
            depose=130,
            gestes=(("prendre", 115), ("completer", 100), ("classer", 5)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(118, "CISSE", "Kadiatou", "F", r.age(au, 47), "GN", statut="membre_famille",
                        lien="conjoint", statut_du_protege="refugie", ville="Kankan", situation_familiale="marie",
                        date_mariage=r.mois(au, -90), date_demande_asile_protege=r.mois(au, -45),
                        visa="FRA900000118", documents=[r.visa(au, "FRA900000118")]),
                "Décision défavorable",
                "Refus proposé par `instructeur-39`, confirmé par `responsable-39`. La personne lit pourquoi.",
            ),
            depose=80,
            reponses={"famille": MARIEE},
            gestes=(("prendre", 70), ("accepter", 65), ("proposer_un_refus", 20), ("confirmer", 15)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(120, "JAMA", "Ayan", "F", r.age(au, 21), "SO", statut="refugie", ville="Baidoa",
                        documents=[r.atda(au)]),
                "Retirée",
                "Retirée par la personne avant l’examen : son APD ne vaut plus, son e-photo est de nouveau libre.",
            ),
            depose=35,
            gestes=(("retirer", 30),),
        ),
        DossierFictif(
            Personnage(
                r.ligne(123, "GHEBREMARIAM", "Senait", "F", r.age(au, 32), "ER", statut="refugie", ville="Keren",
                        departement="69", documents=[r.atda(au)]),
                "À Lyon, en cours d’instruction",
                "`instructeur-69` et `instructeur-ara` la voient.",
            ),
            depose=28,
            gestes=(("prendre", 9), ("accepter", 8)),
        ),
        DossierFictif(
            Personnage(
                r.ligne(124, "SIVANESAN", "Kumar", "M", r.age(au, 49), "LK", statut="protection_subsidiaire",
                        ville="Jaffna", departement="93", residence_reguliere_depuis=r.mois(au, -60),
                        documents=[r.titre(au, "csp_bps", fin_dans=1, duree=48, numero="DEMO00124")]),
                "En Seine-Saint-Denis, titre disponible : carte de résident après 4 ans",
                "Carte annoncée il y a 10 jours, avec une taxe en plus du timbre.",
            ),
            depose=90,
            nature="renouvellement",
            gestes=(("prendre", 70), ("accepter", 65), ("accorder", 60), ("annoncer", 10)),
        ),
    ]  # fmt: skip
