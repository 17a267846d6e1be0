"""A dossier as a line of a list: what an agent must see to choose what to open (R-INSTR-2)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from demandes.etats import CLOS
from demandes.models import Demande
from demandes.operations.verifier_statut import STATUT_A_VERIFIER
from demandes.regles.faits import Nature
from demandes.regles.textes import TITRES

URGENT_JOURS = 7
PROCHE_JOURS = 30


class Urgence(StrEnum):
    """How soon rights are lost; each has its word, its sign and its colour."""

    PERDUS = "perdus"
    URGENT = "urgent"
    PROCHE = "proche"
    CALME = "calme"
    SANS_FIN = "sans_fin"
    CLOS = "clos"


@dataclass(frozen=True)
class Echeance:
    """The days left before the person loses rights, in words."""

    urgence: Urgence
    mots: str
    jour: date | None = None


@dataclass(frozen=True)
class Ligne:
    """What one line shows."""

    demande: Demande
    # The 19 digits in four groups: legible, and text for a spreadsheet, which would round them.
    numero: str
    echeance: Echeance
    personne: str
    titre: str
    nature: str
    etat: str
    depuis: datetime | None
    agent: str
    drapeaux: list[str] = field(default_factory=list)


def ligne_de(demande: Demande, au: date) -> Ligne:
    """The line of a dossier read by `demandes.file.lignes`, on the day `au`."""
    natures = {Nature.PREMIERE: _("Première demande"), Nature.RENOUVELLEMENT: _("Renouvellement")}
    return Ligne(
        demande=demande,
        numero=en_groupes(demande.numero or ""),
        echeance=echeance_de(demande, au),
        personne=demande.personne,
        titre=capfirst(_(TITRES[demande.titre_code].nom)),
        nature=str(natures.get(demande.nature, "")),
        etat=str(demande.get_etat_display()),
        depuis=demande.etat_depuis or demande.deposee_le,
        agent=str(demande.agent) if demande.agent else "",
        drapeaux=drapeaux_de(demande),
    )


def en_groupes(numero: str) -> str:
    """The number of a demande as people read it: site, day, minute, rank. A search takes it so."""
    return f"{numero[:4]} {numero[4:12]} {numero[12:16]} {numero[16:]}"


def echeance_de(demande: Demande, au: date) -> Echeance:
    """How long the person's rights still last on the day `au`."""
    if demande.etat in CLOS:
        jour = localtime(demande.close_le).date()
        return Echeance(
            Urgence.CLOS, _("Clos le %(jour)s") % {"jour": date_format(jour, "SHORT_DATE_FORMAT")}
        )
    jour = demande.droits_jusqu_au
    if jour is None:
        return Echeance(Urgence.SANS_FIN, _("Sans date de fin"))
    restent = (jour - au).days
    if restent < 0:
        mots = ngettext("Fini depuis %(n)d jour", "Fini depuis %(n)d jours", -restent) % {"n": -restent}
        return Echeance(Urgence.PERDUS, mots, jour)
    if restent == 0:
        return Echeance(Urgence.URGENT, _("Dernier jour"), jour)
    mots = ngettext("%(n)d jour", "%(n)d jours", restent) % {"n": restent}
    if restent <= URGENT_JOURS:
        return Echeance(Urgence.URGENT, mots, jour)
    return Echeance(Urgence.PROCHE if restent <= PROCHE_JOURS else Urgence.CALME, mots, jour)


def drapeaux_de(demande: Demande) -> list[str]:
    """What sets this dossier apart, in a few words each."""
    autres = len(set(demande.signalements) - {STATUT_A_VERIFIER})
    return [
        str(mots)
        for present, mots in (
            (demande.pour_mineur, _("Mineur")),
            (demande.refus_propose, _("Refus à confirmer")),
            (demande.ofpra_en_attente and demande.etat not in CLOS, _("État civil attendu de l’OFPRA")),
            (demande.controle == Demande.Controle.A_VERIFIER, _("Statut à vérifier")),
            (demande.erreur_signalee, _("Erreur signalée par la personne")),
            (demande.rendez_vous_a_reporter, _("Rendez-vous à reporter")),
            (
                autres,
                ngettext("%(n)d point à regarder", "%(n)d points à regarder", autres) % {"n": autres},
            ),
        )
        if present
    ]
