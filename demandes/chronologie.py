"""What a dossier's journal says to the person: events in words, who acts now, the legal delay, who looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.models import Compte
from demandes.etats import A_DECIDER, Etat
from demandes.models import Complement, Convocation, Demande, Evenement
from demandes.regles.dates import ajouter_mois
from demandes.textes import CHAMPS_A_RECTIFIER
from demandes.typographie import nom_de_piece
from referentiels.models import Prefecture

# R.424-1 and R.424-7: three months for a protected person; R.*432-1: four months' silence for the family.
MOIS_PROTEGE = 3
MOIS_FAMILLE = 4

# Each event that concerns the person; `%(…)s` is worded by `_valeurs`.
PHRASES = {
    "deposer": gettext_lazy("La demande est déposée."),
    "retirer": gettext_lazy("La demande est retirée."),
    "prendre_en_charge": gettext_lazy("La préfecture a commencé l’examen."),
    "demander_complement": gettext_lazy("La préfecture a demandé un complément : %(pieces)s."),
    "transmettre_complement": gettext_lazy("Vous avez transmis votre réponse au complément."),
    "renoncer_au_complement": gettext_lazy("La préfecture n’attend plus de complément. L’examen a repris."),
    "verifier_statut": gettext_lazy("La préfecture a vérifié le statut déclaré : il est confirmé."),
    "etat_civil_recu": gettext_lazy("L’OFPRA a établi l’état civil. La préfecture peut décider."),
    "decider_favorable": gettext_lazy("La préfecture a accepté la demande. La carte est en fabrication."),
    "confirmer_refus": gettext_lazy("La préfecture a refusé la demande."),
    "classer_sans_suite": gettext_lazy("La préfecture a classé la demande sans suite."),
    "annoncer_titre": gettext_lazy("La carte est prête à la préfecture."),
    "remettre_titre": gettext_lazy("La carte a été remise."),
    "corriger": gettext_lazy("La préfecture a corrigé une information : %(champ)s."),
    "transferer": gettext_lazy("Le dossier est passé à une autre préfecture : %(prefecture)s."),
    "traiter_rectification": gettext_lazy("La préfecture a répondu à l’erreur signalée : %(champ)s."),
    "convoquer": gettext_lazy("La préfecture vous a donné un rendez-vous : %(objet)s."),
    "honorer_convocation": gettext_lazy("Le rendez-vous a eu lieu : %(objet)s."),
    "annuler_convocation": gettext_lazy("Le rendez-vous est annulé : %(objet)s."),
    "complement_rappele": gettext_lazy("Un rappel est parti : la préfecture attend votre complément."),
    "retrait_rappele": gettext_lazy("Un rappel est parti : la carte vous attend à la préfecture."),
    "delai_legal_depasse": gettext_lazy("Le délai légal est passé."),
    "enfant_invite": gettext_lazy("Un lien est parti pour ouvrir le compte de l’enfant."),
    "signaler_erreur": gettext_lazy("Vous avez signalé une erreur : %(champ)s."),
    "demander_report": gettext_lazy("Vous avez demandé une autre date de rendez-vous."),
    "ephoto_valide": gettext_lazy("Le code e-photo est vérifié."),
    "ephoto_refusee": gettext_lazy("Le code e-photo a expiré ou a déjà servi. Faites une nouvelle e-photo."),
    "ephoto_introuvable": gettext_lazy("Le code e-photo reste inconnu après 72 heures."),
    "prolonger": gettext_lazy("Une attestation de prolongation d’instruction (APD) est établie."),
    "ordonner_apd": gettext_lazy("La préfecture donne une attestation de prolongation d’instruction (APD)."),
}
# The agents' own work: nothing has happened to the person yet. `consultation` has its own list.
INTERNES = frozenset(
    {
        "affecter",
        "examiner_piece",
        "accepter_les_pieces",
        "proposer_refus",
        "renvoyer_refus",
        "classement_propose",
        "consultation",
    }
)
ACTIONS = {
    Etat.DEPOSEE: gettext_lazy("La préfecture doit prendre le dossier. Vous n’avez rien à faire."),
    Etat.EN_INSTRUCTION: gettext_lazy("La préfecture examine le dossier. Vous n’avez rien à faire."),
    Etat.COMPLEMENT_DEMANDE: gettext_lazy("C’est à vous : la préfecture attend un complément."),
    Etat.DECISION_FAVORABLE: gettext_lazy("La carte est en fabrication. Vous n’avez rien à faire."),
    Etat.TITRE_DISPONIBLE: gettext_lazy("C’est à vous : la carte est prête à la préfecture."),
    Etat.DECISION_DEFAVORABLE: gettext_lazy("La préfecture a refusé la demande."),
    Etat.CLASSEE_SANS_SUITE: gettext_lazy("La préfecture a classé la demande."),
    Etat.TITRE_REMIS: gettext_lazy("La carte a été remise."),
    Etat.RETIREE: gettext_lazy("La demande est retirée."),
}
OBJETS = dict(Convocation.Objet.choices)
A_LA_PERSONNE = frozenset({Etat.COMPLEMENT_DEMANDE, Etat.TITRE_DISPONIBLE})


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    le: datetime
    phrase: str


@dataclass(frozen=True)
class Action:
    """Who must act now, in a sentence; `a_vous` when it is the person."""

    phrase: str
    a_vous: bool


@dataclass(frozen=True)
class Delai:
    """The day on which the law expects an answer, and what it means before it and once it has passed."""

    jour: date
    avant: str
    apres: str

    def phrase(self, au: date) -> str:
        return self.apres if au >= self.jour else self.avant


@dataclass(frozen=True)
class Consultation:
    """A service that opened the dossier on one day, and how many files or attestations it looked at."""

    jour: date
    service: str
    documents: int


def chronologie(demande: Demande) -> list[Moment]:
    """The events that concern the person, oldest first."""
    evenements = [e for e in demande.evenements.order_by("le", "pk") if e.type in PHRASES]
    prefectures = _noms_des_prefectures(evenements)
    return [Moment(e.le, str(PHRASES[e.type]) % _valeurs(e, prefectures)) for e in evenements]


def _valeurs(evenement: Evenement, prefectures: dict[str, str]) -> dict[str, str]:
    """The values of an event as its sentence names them."""
    valeurs: dict[str, Any] = evenement.valeurs
    champ = valeurs.get("champ", "autre")
    return {
        "pieces": ", ".join(nom_de_piece(code) for code in valeurs.get("pieces", [])),
        "champ": str(CHAMPS_A_RECTIFIER.get(champ, champ)),
        "prefecture": prefectures.get(valeurs.get("vers", ""), ""),
        "objet": str(OBJETS.get(valeurs.get("objet", ""), "")),
    }


def _noms_des_prefectures(evenements: Iterable[Evenement]) -> dict[str, str]:
    """Code → name of the prefectures between which the dossier moved."""
    codes = {e.valeurs[sens] for e in evenements if e.type == "transferer" for sens in ("de", "vers")}
    return dict(Prefecture.objects.filter(pk__in=codes).values_list("pk", "nom")) if codes else {}


def prochaine_action(demande: Demande, complement: Complement | None = None) -> Action:
    """Who must act now; `complement` is the open one, whose last day is said."""
    etat = Etat(demande.etat)
    phrase = str(ACTIONS[etat])
    if complement is not None:
        phrase = _("C’est à vous : répondez à la préfecture au plus tard le %(jour)s.") % {
            "jour": date_format(complement.echeance, "j F Y")
        }
    elif etat in A_DECIDER and demande.ofpra_en_attente:
        phrase = _("L’OFPRA prépare l’état civil. La préfecture décidera ensuite. Vous n’avez rien à faire.")
    elif etat in A_DECIDER and demande.controle == Demande.Controle.A_VERIFIER:
        phrase = _("Un agent vérifie le statut déclaré, sous deux jours ouvrés. Vous n’avez rien à faire.")
    return Action(phrase, etat in A_LA_PERSONNE)


def delai_legal(demande: Demande) -> Delai:
    """The legal delay that started with the deposit; the family's stops while a complement is awaited."""
    depot = localtime(demande.deposee_le).date()
    if demande.donnees["situation"]["statut"] == "membre_famille":
        return Delai(
            ajouter_mois(depot, MOIS_FAMILLE) + _suspension(demande),
            _(
                "Sans réponse à cette date, la loi dit que la demande est refusée. Vous pourrez alors faire un recours."
            ),
            _("Cette date est passée. Sans réponse, la loi dit que la demande est refusée."),
        )
    return Delai(
        ajouter_mois(depot, MOIS_PROTEGE),
        _(
            "La loi donne trois mois à la préfecture. Après cette date, contactez la préfecture ou le "
            "Centre de contact citoyens."
        ),
        _(
            "La loi donne trois mois à la préfecture, et cette date est passée. Contactez la préfecture ou le "
            "Centre de contact citoyens."
        ),
    )


def _suspension(demande: Demande) -> timedelta:
    """The time given to complete the dossier, cut short by the answer, does not count as silence (CRPA L.114-5)."""
    total = timedelta()
    for complement in demande.complements.all():
        fin = complement.echeance
        if complement.clos_le is not None:
            fin = min(fin, localtime(complement.clos_le).date())
        total += max(fin - localtime(complement.demande_le).date(), timedelta())
    return total


def consultations(demande: Demande) -> list[Consultation]:
    """Who opened the dossier, by day and service, latest first: the service, never the agent's name (R.142-22)."""
    evenements = list(
        demande.evenements.filter(type__in=["consultation", "transferer"])
        .select_related("acteur")
        .order_by("le", "pk")
    )
    noms = _noms_des_prefectures(evenements)
    premier = next((e for e in evenements if e.type == "transferer"), None)
    prefecture = noms.get(premier.valeurs["de"], "") if premier else demande.prefecture.nom
    vus: dict[tuple[date, str], set[str]] = {}
    for evenement in evenements:
        if evenement.type == "transferer":
            prefecture = noms.get(evenement.valeurs["vers"], "")
            continue
        ccc = evenement.acteur is not None and evenement.acteur.role == Compte.Role.CCC
        service = _("Centre de contact citoyens") if ccc else prefecture
        vus.setdefault((localtime(evenement.le).date(), service), set()).add(evenement.valeurs["objet"])
    return [
        Consultation(jour, service, len(objets - {"dossier"}))
        for (jour, service), objets in sorted(vus.items(), reverse=True)
    ]
