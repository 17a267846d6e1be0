"""The top of a dossier's page: until when the person has rights, until when the law lets the prefecture answer."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from demandes.chronologie import delai_legal
from demandes.documents import est_protege
from demandes.etats import A_DECIDER, CLOS
from demandes.models import Demande

# Days before the loss of rights from which the badge says « urgent », then « soon ».
URGENT, BIENTOT = 7, 30


@dataclass(frozen=True)
class Echeance:
    """A day that matters: the badge (its word and its look) and the sentence that says all of it."""

    badge: str
    allure: str
    phrase: str


def echeance_des_droits(demande: Demande, au: date) -> Echeance | None:
    """The day on which the person loses rights; None once the dossier is closed."""
    if demande.etat in CLOS:
        return None
    jour = demande.droits_jusqu_au
    if jour is None:
        return Echeance(
            _("Droits maintenus"), "bien", _("L’attestation de décision favorable vaut jusqu’à la remise.")
        )
    restent = (jour - au).days
    le = date_format(jour, "j F Y")
    if restent < 0:
        depuis = ngettext("depuis %(n)d jour", "depuis %(n)d jours", -restent) % {"n": -restent}
        return Echeance(_("Droits perdus"), "alerte", _("Droits perdus le %(jour)s, %(depuis)s.")
                        % {"jour": le, "depuis": depuis})  # fmt: skip
    if restent == 0:
        return Echeance(
            _("Urgent"), "alerte", _("La personne perd ses droits ce soir (%(jour)s).") % {"jour": le}
        )
    dans = ngettext("dans %(n)d jour", "dans %(n)d jours", restent) % {"n": restent}
    phrase = _("Droits jusqu’au %(jour)s, %(dans)s.") % {"jour": le, "dans": dans}
    if restent <= URGENT:
        return Echeance(_("Urgent"), "alerte", phrase)
    if restent <= BIENTOT:
        return Echeance(_("Bientôt"), "attention", phrase)
    return Echeance(_("Droits en cours"), "bien", phrase)


def echeance_legale(demande: Demande, au: date) -> Echeance | None:
    """The day on which the law expects an answer (R.424-1, R.424-7, R.*432-1); None once there is one."""
    if demande.etat not in A_DECIDER:
        return None
    jour = delai_legal(demande).jour
    valeurs = {"jour": date_format(jour, "j F Y")}
    depasse = jour < au
    if est_protege(demande):
        phrase = (
            _("Délai légal de trois mois dépassé depuis le %(jour)s.")
            if depasse
            else _("Délai légal de trois mois : répondre avant le %(jour)s.")
        )
    else:
        phrase = (
            _("Silence de quatre mois depuis le %(jour)s : refus implicite, la personne peut le contester.")
            if depasse
            else _("Délai légal de quatre mois : sans réponse le %(jour)s, le silence vaut refus.")
        )
    if depasse:
        return Echeance(_("Délai dépassé"), "alerte", phrase % valeurs)
    proche = (jour - au).days <= BIENTOT
    return Echeance(_("Délai proche") if proche else _("Dans le délai"), "attention" if proche else "bien",
                    phrase % valeurs)  # fmt: skip
