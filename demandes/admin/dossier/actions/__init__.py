"""Every action of an agent on a dossier, by its code, in the order in which the page offers them."""

from django.http import QueryDict

from demandes.admin.dossier.actions.action import Action
from demandes.admin.dossier.actions.complement import DemanderComplement, RenoncerAuComplement
from demandes.admin.dossier.actions.convoquer import AnnulerConvocation, Convoquer, HonorerConvocation
from demandes.admin.dossier.actions.corriger import Corriger, TraiterRectification, Transferer
from demandes.admin.dossier.actions.decider import (
    ClasserSansSuite,
    ConfirmerRefus,
    DeciderFavorable,
    ProposerRefus,
    RenvoyerRefus,
)
from demandes.admin.dossier.actions.instruire import (
    AccepterLesPieces,
    Affecter,
    ConstaterEtatCivil,
    PrendreEnCharge,
    VerifierStatut,
)
from demandes.admin.dossier.actions.remettre import AnnoncerTitre, RemettreTitre
from demandes.admin.dossier.contenu import DossierLu

ACTIONS: dict[str, type[Action]] = {
    action.code: action
    for action in (
        PrendreEnCharge,
        VerifierStatut,
        ConstaterEtatCivil,
        AccepterLesPieces,
        DemanderComplement,
        RenoncerAuComplement,
        DeciderFavorable,
        ConfirmerRefus,
        RenvoyerRefus,
        ProposerRefus,
        ClasserSansSuite,
        AnnoncerTitre,
        RemettreTitre,
        Convoquer,
        Corriger,
        Affecter,
        Transferer,
        HonorerConvocation,
        AnnulerConvocation,
        TraiterRectification,
    )
}


def actions_offertes(dossier: DossierLu) -> list[Action]:
    """What the agent may do now on this dossier, without what is reached from the thing it is about."""
    toutes = (action(dossier, QueryDict()) for action in ACTIONS.values() if not action.ciblee)
    return [action for action in toutes if not action.empechement]
