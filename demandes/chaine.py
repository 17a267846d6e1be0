"""The chain of APDs of a dossier: which one comes next, and from which day it is ordered (R-ATT-4).

While a dossier is not decided each APD is followed by another; nothing is changed here.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attestations.donnees import APD
from attestations.validite import VIVANTE
from demandes.documents import est_protege
from demandes.etats import A_DECIDER
from demandes.models import Demande
from demandes.regles.attestations import debut_apd_de_la_famille, jour_d_emission
from demandes.regles.dates import lendemain
from demandes.regles.faits import DateNaissance, Lien, Nature, Situation, Statut


@dataclass(frozen=True)
class Prochaine:
    """The APD to come: its first day, and the day from which it is ordered."""

    debut: date
    due_le: date


def fin_de_la_derniere_apd(demande: Demande) -> date | None:
    """The last day of the last APD that was neither replaced nor revoked; None before the first one."""
    return demande.attestations.filter(VIVANTE, type=APD).aggregate(fin=Max("fin"))["fin"]


def prochaine_apd(demande: Demande, derniere_fin: date | None) -> Prochaine | None:
    """The APD that follows the one ending on `derniere_fin`, the first one if None, as long as nothing is decided.

    None when no APD comes by itself: the status is not checked yet, or the first APD of a family member without
    document waits for an agent's order.
    """
    if demande.controle != Demande.Controle.CONFIRME:
        return None
    debut = _premier_jour(demande) if derniere_fin is None else lendemain(derniere_fin)
    return None if debut is None else Prochaine(debut, jour_d_emission(debut))


def refus_d_ordonner(demande: Demande) -> str:
    """Why an agent may not order the first APD now, as a code of ACTIONS_IMPOSSIBLES; "" when it may be ordered."""
    if demande.etat not in A_DECIDER:
        return "etat"
    if demande.controle != Demande.Controle.CONFIRME:
        return "statut"
    derniere_fin = fin_de_la_derniere_apd(demande)
    return "apd_suit" if prochaine_apd(demande, derniere_fin) else ""


def suite_en_mots(demande: Demande) -> str:
    """What the chain will do next, in one or two sentences for the agent."""
    if demande.etat not in A_DECIDER:
        return _("Le dossier est décidé ou clos : aucune APD ne suit.")
    if demande.controle != Demande.Controle.CONFIRME:
        return _("Aucune APD ne part avant la vérification du statut.")
    prochaine = prochaine_apd(demande, fin_de_la_derniere_apd(demande))
    if prochaine is None:
        return _("La personne n’a pas de document de séjour : un agent peut ordonner une première APD.")
    return _("La prochaine APD commence le %(debut)s. Elle part le %(due_le)s.") % {
        "debut": date_format(prochaine.debut, "j F Y"),
        "due_le": date_format(prochaine.due_le, "j F Y"),
    }


def _premier_jour(demande: Demande) -> date | None:
    gel = demande.donnees
    depot = date.fromisoformat(gel["au"])
    if est_protege(demande):
        return depot
    document, situation = gel["document_detenu"], gel["situation"]
    return debut_apd_de_la_famille(
        Situation(
            statut=Statut(situation["statut"]),
            nature=Nature(demande.nature),
            date_naissance=DateNaissance.lire(situation["date_naissance"]),
            lien=Lien(situation["lien"]),
        ),
        depot,
        fin_du_document=None if document is None else date.fromisoformat(document["fin"]),
    )
