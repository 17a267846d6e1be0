"""What the page of a dossier shows (R-INSTR-3)."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from demandes.admin.dossier.actions import ACTIONS, actions_offertes
from demandes.admin.dossier.actions.action import Action
from demandes.admin.dossier.contenu import DossierLu
from demandes.admin.dossier.echanges import echanges, messages_envoyes
from demandes.admin.dossier.entete import echeance_des_droits, echeance_legale
from demandes.admin.dossier.faits import faits, libelle_du_champ
from demandes.admin.dossier.journal import journal
from demandes.admin.signalements import SIGNALEMENTS
from demandes.etats import A_DECIDER, CLOS, Etat
from demandes.operations.corriger import CHAMPS
from demandes.parcours.titres import lignes_deposees
from demandes.regles.textes import TITRES
from demandes.textes import ACTIONS_IMPOSSIBLES, MOTIFS_DE_REFUS

# State → look of its badge.
ALLURES = {
    Etat.DEPOSEE: "attention",
    Etat.EN_INSTRUCTION: "neutre",
    Etat.COMPLEMENT_DEMANDE: "attention",
    Etat.DECISION_FAVORABLE: "bien",
    Etat.TITRE_DISPONIBLE: "bien",
    Etat.TITRE_REMIS: "bien",
    Etat.DECISION_DEFAVORABLE: "alerte",
    Etat.CLASSEE_SANS_SUITE: "neutre",
    Etat.RETIREE: "neutre",
}


def entete(dossier: DossierLu) -> dict[str, Any]:
    """The top of every page about the dossier: whose it is, where it stands, what presses."""
    demande = dossier.demande
    civil = demande.donnees["civil"]
    return {
        "title": _("Dossier n° %(numero)s") % {"numero": demande.numero},
        # The whole width is for the dossier.
        "is_nav_sidebar_enabled": False,
        "original": demande,
        "dossier": dossier,
        "personne": f"{civil['nom']} {' '.join(civil['prenoms'])}",
        "titre_demande": TITRES[demande.titre_code],
        "etat": (demande.get_etat_display(), ALLURES[Etat(demande.etat)]),
        "droits": echeance_des_droits(demande, dossier.au),
        "delai": echeance_legale(demande, dossier.au),
    }


def page_du_dossier(dossier: DossierLu) -> dict[str, Any]:
    """The whole page."""
    demande = dossier.demande
    refus = dossier.refus
    return {
        **entete(dossier),
        "close": demande.etat in CLOS,
        "signalements": [SIGNALEMENTS.get(code, code) for code in demande.signalements],
        "obstacles": dossier.obstacles if demande.etat == Etat.EN_INSTRUCTION else [],
        "actions": actions_offertes(dossier),
        "refus_motif": MOTIFS_DE_REFUS[refus.motif] if refus else "",
        "refus_a_soi": refus is not None and refus.propose_par_id == dossier.agent.pk,
        "meme_personne": ACTIONS_IMPOSSIBLES["meme_personne"],
        "convocations": [
            (
                convocation,
                _sur(dossier, f"convocation={convocation.pk}", "honorer_convocation", "annuler_convocation"),
            )
            for convocation in dossier.convocations
        ],
        "rectifications": [
            (rectification, libelle_du_champ(rectification.champ), rectification.champ in CHAMPS)
            for rectification in dossier.rectifications
        ],
        "peut_corriger": demande.etat in A_DECIDER,
        "faits": faits(demande),
        "etapes": lignes_deposees(demande),
        "trace": demande.donnees["orientation"]["trace"],
        "attestations": demande.attestations.order_by("-cree_le", "-pk"),
        "echanges": echanges(demande),
        "messages_envoyes": messages_envoyes(demande),
        "journal": journal(demande),
    }


def _sur(dossier: DossierLu, parametres: str, *codes: str) -> list[Action]:
    """The actions on one thing of the dossier that are possible now."""
    actions = (ACTIONS[code](dossier, QueryDict(parametres)) for code in codes)
    return [action for action in actions if not action.empechement]
