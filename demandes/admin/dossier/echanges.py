"""What the person and the prefecture told each other about a dossier, newest first (R-INSTR-3, R-ESPACE-1)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from comptes.models import Courriel, Notification
from demandes.admin.dossier.faits import libelle_du_champ
from demandes.models import Complement, Demande, PieceDemandee, Refus
from demandes.regles.codes import CodePiece
from demandes.regles.textes import PIECES
from demandes.textes import MOTIFS_DE_PIECE

PREFECTURE, PERSONNE = "prefecture", "personne"


@dataclass(frozen=True)
class Echange:
    """One message: from whom, its title, its text line by line, and what became of it."""

    le: datetime
    de: str
    titre: str
    lignes: list[str] = field(default_factory=list)
    suite: str = ""

    @property
    def auteur(self) -> str:
        return _("La préfecture") if self.de == PREFECTURE else _("La personne")


@dataclass(frozen=True)
class Message:
    """A message that the portal sent: the words that the person reads, and whether the mail left."""

    le: datetime
    texte: SafeString
    courriel: str


def echanges(demande: Demande) -> list[Echange]:
    """Complements and their answers, appointments and wishes, reported errors and replies, the reasons of an end."""
    lignes = [*_complements(demande), *_convocations(demande), *_rectifications(demande), *_fins(demande)]
    return sorted(lignes, key=lambda echange: echange.le, reverse=True)


def messages_envoyes(demande: Demande) -> list[Message]:
    """Every notification of the dossier, as the person reads it, with the state of its mail."""
    courriels = dict(Courriel.objects.filter(demande=demande).values_list("cle", "etat"))
    etats = dict(Courriel.Etat.choices)
    return [
        Message(
            notification.cree_le,
            SafeString(
                render_to_string(
                    notification.gabarit,
                    {"notification": notification, "niveau": 3, "telephone_ccc": settings.TELEPHONE_CCC},
                )
            ),
            str(etats.get(courriels.get(notification.cle), _("Pas d’adresse électronique"))),
        )
        for notification in Notification.objects.filter(demande=demande).order_by("-cree_le", "-pk")
    ]


def _complements(demande: Demande) -> list[Echange]:
    trouves = []
    for complement in demande.complements.prefetch_related("pieces"):
        demandees = list(complement.pieces.all())
        lignes = [
            f"{PIECES[CodePiece(p.code)].libelle} : {MOTIFS_DE_PIECE[p.motif]} {p.phrase}" for p in demandees
        ]
        trouves.append(
            Echange(
                complement.demande_le,
                PREFECTURE,
                _("Complément demandé"),
                [*lignes, *filter(None, [complement.message])],
                _("Réponse attendue le %(jour)s – %(etat)s")
                % {
                    "jour": date_format(complement.echeance, "j F Y"),
                    "etat": complement.get_etat_display(),
                },
            )
        )
        if complement.etat == Complement.Etat.TRANSMIS and complement.clos_le:
            trouves.append(
                Echange(
                    complement.clos_le,
                    PERSONNE,
                    _("Complément transmis"),
                    [f"{PIECES[CodePiece(p.code)].libelle} : {_choix(p)}" for p in demandees],
                )
            )
    return trouves


def _choix(demandee: PieceDemandee) -> str:
    if demandee.ephoto_code:
        return _("nouveau code %(code)s") % {"code": demandee.ephoto_code}
    return str(demandee.get_choix_display())


def _convocations(demande: Demande) -> list[Echange]:
    trouves = []
    for convocation in demande.convocations.all():
        quand = date_format(localtime(convocation.le), r"l j F Y \à H:i")
        trouves.append(
            Echange(
                convocation.cree_le,
                PREFECTURE,
                f"{_('Rendez-vous')} : {convocation.get_objet_display()}",
                [f"{quand}, {convocation.lieu}", *filter(None, [convocation.a_apporter])],
                convocation.get_etat_display(),
            )
        )
        if convocation.souhait:
            trouves.append(
                Echange(convocation.cree_le, PERSONNE, _("Demande d’une autre date"), [convocation.souhait])
            )
    return trouves


def _rectifications(demande: Demande) -> list[Echange]:
    trouves = []
    for rectification in demande.rectifications.all():
        champ = libelle_du_champ(rectification.champ)
        trouves.append(
            Echange(
                rectification.cree_le,
                PERSONNE,
                f"{_('Erreur signalée')} : {champ}",
                [*filter(None, [rectification.valeur]), rectification.explication],
                rectification.get_etat_display(),
            )
        )
        if rectification.traitee_le:
            trouves.append(
                Echange(
                    rectification.traitee_le,
                    PREFECTURE,
                    f"{_('Réponse à l’erreur signalée')} : {champ}",
                    [*filter(None, [rectification.reponse])],
                    rectification.get_etat_display(),
                )
            )
    return trouves


def _fins(demande: Demande) -> list[Echange]:
    """A refusal or a closing as the person reads it; a refusal that is not confirmed was told to nobody."""
    refus = demande.refus.filter(etat=Refus.Etat.CONFIRME)
    classements = demande.evenements.filter(type="classer_sans_suite")
    return [
        *(
            Echange(r.conclu_le, PREFECTURE, _("Refus du titre"), [r.explication])
            for r in refus
            if r.conclu_le
        ),
        *(
            Echange(e.le, PREFECTURE, _("Classement sans suite"), [e.valeurs["explication"]])
            for e in classements
        ),
    ]
