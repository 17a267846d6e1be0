"""The situations of the agents' queue: what waits for whom (R-INSTR-2).

One table: each open dossier is in exactly one of its lines. Tabs, counts and the indexes of the queue read it, one
index for each line: a change here asks for a migration. The closed dossiers have an order of their own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from demandes.etats import Etat


@dataclass(frozen=True)
class Situation:
    """One tab: its name, what it holds, and what to do when it holds nothing."""

    code: str
    titre: Any
    aide: Any
    vide: Any
    # Which open dossiers are in it; None for the tabs that gather several situations.
    condition: Q | None = None
    responsables: bool = False


A_PRENDRE = Situation(
    "a_prendre",
    _("À prendre"),
    _("Dossiers déposés que personne n’examine encore."),
    _("Aucun dossier n’attend d’être pris. Passez aux dossiers à décider."),
    Q(etat=Etat.DEPOSEE),
)
A_DECIDER = Situation(
    "a_decider",
    _("À décider"),
    _("Dossiers en cours d’instruction, que rien n’empêche de décider."),
    _("Aucun dossier n’attend une décision. Prenez un nouveau dossier dans « À prendre »."),
    Q(etat=Etat.EN_INSTRUCTION, ofpra_en_attente=False, refus_propose=False),
)
ATTENTE_OFPRA = Situation(
    "attente_ofpra",
    _("En attente de l’OFPRA"),
    _("L’OFPRA établit l’état civil : aucune décision n’est possible avant."),
    _("Aucun dossier n’attend l’OFPRA. Il n’y a rien à faire ici."),
    Q(etat=Etat.EN_INSTRUCTION, ofpra_en_attente=True, refus_propose=False),
)
REFUS_A_CONFIRMER = Situation(
    "refus_a_confirmer",
    _("Refus à confirmer"),
    _("Refus proposés par un agent. Une autre personne, responsable, les confirme ou les renvoie."),
    _("Aucun refus n’attend de confirmation. Il n’y a rien à faire ici."),
    Q(etat=Etat.EN_INSTRUCTION, refus_propose=True),
    responsables=True,
)
ATTENTE_PERSONNE = Situation(
    "attente_personne",
    _("En attente de la personne"),
    _("Un complément est demandé. La personne n’a pas encore répondu."),
    _("Aucune personne ne doit de complément. Il n’y a rien à faire ici."),
    Q(etat=Etat.COMPLEMENT_DEMANDE),
)
CARTE_ATTENDUE = Situation(
    "carte_attendue",
    _("Carte en fabrication"),
    _("La décision est favorable. Annoncez la carte quand vous la recevez."),
    _("Aucune carte n’est en fabrication. Il n’y a rien à faire ici."),
    Q(etat=Etat.DECISION_FAVORABLE),
)
A_REMETTRE = Situation(
    "a_remettre",
    _("À remettre"),
    _("La carte est à la préfecture. La personne est invitée à venir."),
    _("Aucune carte n’attend au guichet. Il n’y a rien à faire ici."),
    Q(etat=Etat.TITRE_DISPONIBLE),
)
LES_MIENS = Situation(
    "les_miens",
    _("Les miens"),
    _("Dossiers ouverts dont vous êtes chargé."),
    _("Vous n’êtes chargé d’aucun dossier. Prenez un dossier dans « À prendre »."),
)
TOUS = Situation(
    "tous",
    _("Tous les dossiers ouverts"),
    _("Toutes les situations ensemble, sauf les dossiers clos."),
    _("Aucun dossier n’est ouvert. Les nouveaux dépôts arriveront ici."),
)
CLOS = Situation(
    "clos",
    _("Clos"),
    _("Titres remis, refus, classements, retraits. Le dernier dossier clos vient en premier."),
    _("Aucun dossier n’est clos."),
)

# The situations that share out the open dossiers.
LIGNES = (
    A_PRENDRE, A_DECIDER, ATTENTE_OFPRA, REFUS_A_CONFIRMER, ATTENTE_PERSONNE, CARTE_ATTENDUE, A_REMETTRE,
)  # fmt: skip
# In the order of the tabs.
SITUATIONS: dict[str, Situation] = {
    situation.code: situation
    for situation in (
        A_PRENDRE, LES_MIENS, A_DECIDER, REFUS_A_CONFIRMER, ATTENTE_PERSONNE, ATTENTE_OFPRA, CARTE_ATTENDUE,
        A_REMETTRE, TOUS, CLOS,
    )
}  # fmt: skip

# The queue's order: who has no date to lose (the ADF has no end) comes last.
SANS_FIN = date.max
DROITS = Coalesce(F("droits_jusqu_au"), Value(SANS_FIN, output_field=DateField()))
