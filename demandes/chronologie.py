"""What a dossier's journal says to the person: events in words, who acts now, the legal delay."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from demandes.etats import Etat
from demandes.models import Demande
from demandes.regles.dates import ajouter_mois

# R.424-1 and R.424-7: three months for a protected person; R.*432-1: four months' silence for the family.
MOIS_PROTEGE = 3
MOIS_FAMILLE = 4

PHRASES = {
    "deposer": gettext_lazy("Vous avez déposé votre demande."),
    "prolonger": gettext_lazy("Une attestation de prolongation d’instruction (APD) est établie."),
    "ordonner_apd": gettext_lazy("La préfecture donne une attestation de prolongation d’instruction (APD)."),
    "ephoto_valide": gettext_lazy("Votre code e-photo est vérifié."),
    "ephoto_refusee": gettext_lazy(
        "Votre code e-photo a expiré ou a déjà servi. Faites une nouvelle e-photo."
    ),
    "ephoto_introuvable": gettext_lazy("Votre code e-photo reste inconnu après 72 heures."),
}
ACTIONS = {
    Etat.DEPOSEE: gettext_lazy("La préfecture doit prendre votre dossier. Vous n’avez rien à faire."),
    Etat.EN_INSTRUCTION: gettext_lazy("La préfecture examine votre dossier. Vous n’avez rien à faire."),
    Etat.COMPLEMENT_DEMANDE: gettext_lazy("C’est à vous : la préfecture attend un complément."),
    Etat.DECISION_FAVORABLE: gettext_lazy("Votre carte est en fabrication. Vous n’avez rien à faire."),
    Etat.TITRE_DISPONIBLE: gettext_lazy("C’est à vous : votre carte est prête à la préfecture."),
    Etat.DECISION_DEFAVORABLE: gettext_lazy("La préfecture a refusé la demande."),
    Etat.CLASSEE_SANS_SUITE: gettext_lazy("La préfecture a classé la demande."),
    Etat.TITRE_REMIS: gettext_lazy("Votre carte vous a été remise."),
    Etat.RETIREE: gettext_lazy("Vous avez retiré la demande."),
}


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    le: datetime
    phrase: str


@dataclass(frozen=True)
class Delai:
    """The day on which the law expects an answer, and what its passing means."""

    jour: date
    phrase: str


def chronologie(demande: Demande) -> list[Moment]:
    """The events that concern the person, oldest first."""
    return [
        Moment(evenement.le, str(PHRASES[evenement.type]))
        for evenement in demande.evenements.all()
        if evenement.type in PHRASES
    ]


def prochaine_action(demande: Demande) -> str:
    """Who must act now, in one sentence."""
    return str(ACTIONS[Etat(demande.etat)])


def delai_legal(demande: Demande) -> Delai:
    """The legal delay that started with the deposit."""
    depot = localtime(demande.deposee_le).date()
    if demande.donnees["situation"]["statut"] == "membre_famille":
        return Delai(
            ajouter_mois(depot, MOIS_FAMILLE),
            _(
                "Sans réponse à cette date, la loi dit que la demande est refusée. Vous pourrez alors faire un recours."
            ),
        )
    return Delai(
        ajouter_mois(depot, MOIS_PROTEGE),
        _(
            "La loi donne trois mois à la préfecture. Après cette date, contactez la préfecture ou le "
            "Centre de contact citoyens."
        ),
    )
