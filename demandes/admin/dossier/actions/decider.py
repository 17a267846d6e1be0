"""Grant, refuse in two steps, close without a decision (R-INSTR-1, R-INSTR-5)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attestations.donnees import APD, CONFIRMATION_DEPOT
from demandes.admin.dossier.actions.action import Action, Qui
from demandes.admin.dossier.actions.champs import ChampTexte, champ_motif
from demandes.documents import adf
from demandes.etats import PAR_CODE, Etat
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.decider_favorable import decider_favorable, obstacles_a_toute_decision
from demandes.operations.refuser import confirmer_refus, proposer_refus, renvoyer_refus
from demandes.regles.textes import TITRES
from demandes.textes import ACTIONS_IMPOSSIBLES, MOTIFS_DE_CLASSEMENT, MOTIFS_DE_REFUS
from referentiels.formulaires import Formulaire


class DeciderFavorable(Action):
    code = "decider_favorable"
    libelle = _("Décider favorablement")
    explication = _("Si vous accordez le titre, voici ce qui part tout de suite.")
    bouton = _("Accorder le titre")
    fait = _("La décision est favorable : l’attestation part, la personne reçoit un message.")
    gabarit = "admin/demandes/demande/actions/decider_favorable.html"

    @property
    def principale(self) -> bool:
        return not self.obstacles

    @property
    def obstacles(self) -> list[str]:
        return self.dossier.obstacles

    def contexte(self) -> dict[str, Any]:
        document = adf(self.demande, debut=self.dossier.au, emise_le=timezone.now())
        remplacees = self.demande.attestations.filter(
            type__in=(APD, CONFIRMATION_DEPOT), remplacee_le=None, revoquee_le=None
        ).order_by("debut", "rang")
        return {
            "titre_accorde": TITRES[self.demande.titre_code],
            "mention": self.demande.donnees["orientation"]["titre"]["mention"],
            "adf": document,
            "remplacees": remplacees,
        }

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return decider_favorable(**qui, maintenant=timezone.now())


class FormulaireRefus(Formulaire):
    motif = champ_motif(MOTIFS_DE_REFUS, _("Motif de droit"))
    explication = ChampTexte(
        label=_("Raisons de fait"),
        help_text=_(
            "La personne les lit. Dites ce qui manque ou ce qui est faux, avec les dates et les pièces."
        ),
        max_length=2000,
        lignes=8,
    )


class ProposerRefus(Action):
    code = "proposer_refus"
    libelle = _("Proposer un refus")
    explication = _(
        "Rien ne change pour la personne avant qu’un responsable confirme. Après la confirmation, elle lit le "
        "motif, vos raisons et les voies de recours ci-dessous."
    )
    bouton = _("Proposer le refus")
    fait = _("Le refus est proposé. Un responsable doit le confirmer ou le renvoyer.")
    etats = frozenset({Etat.EN_INSTRUCTION})
    formulaire = FormulaireRefus
    gabarit = "admin/demandes/demande/actions/proposer_refus.html"
    champs_des_refus = {"motif": "motif", "phrase": "explication"}

    @property
    def sans_objet(self) -> str:
        return "refus_propose" if self.dossier.refus else ""

    @property
    def obstacles(self) -> list[str]:
        return [str(ACTIONS_IMPOSSIBLES[code]) for code in obstacles_a_toute_decision(self.demande)]

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return proposer_refus(
            **qui, motif=net["motif"], explication=net["explication"], maintenant=timezone.now()
        )


class SurRefusPropose(Action):
    """Confirm it or send it back: a responsable, who is not the one who proposed it."""

    etats = PAR_CODE["confirmer_refus"].de
    roles = PAR_CODE["confirmer_refus"].par
    gabarit = "admin/demandes/demande/actions/conclure_refus.html"
    principale = True

    @property
    def sans_objet(self) -> str:
        if self.dossier.refus is None:
            return "refus_absent"
        return "meme_personne" if self.dossier.refus.propose_par_id == self.dossier.agent.pk else ""

    def contexte(self) -> dict[str, Any]:
        refus = self.dossier.refus
        return {"refus": refus, "motif": MOTIFS_DE_REFUS[refus.motif] if refus else ""}


class ConfirmerRefus(SurRefusPropose):
    code = "confirmer_refus"
    libelle = _("Confirmer le refus")
    explication = _(
        "Le titre est refusé aujourd’hui. Les attestations sont révoquées. La personne lit ce qui suit."
    )
    bouton = _("Refuser le titre")
    fait = _("Le titre est refusé. La personne reçoit un message.")

    @property
    def obstacles(self) -> list[str]:
        return [str(ACTIONS_IMPOSSIBLES["ofpra"])] if self.demande.ofpra_en_attente else []

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return confirmer_refus(**qui, maintenant=timezone.now())


class FormulaireRetour(Formulaire):
    retour = ChampTexte(
        label=_("Pourquoi renvoyez-vous cette proposition ?"),
        help_text=_("L’agent le lit dans le dossier. La personne ne le lit pas."),
        max_length=1000,
    )


class RenvoyerRefus(SurRefusPropose):
    code = "renvoyer_refus"
    libelle = _("Renvoyer la proposition de refus")
    explication = _("L’examen continue. Rien ne change pour la personne.")
    bouton = _("Renvoyer à l’agent")
    fait = _("La proposition de refus est renvoyée à l’agent.")
    formulaire = FormulaireRetour
    champs_des_refus = {"phrase": "retour"}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return renvoyer_refus(**qui, retour=net["retour"], maintenant=timezone.now())


class FormulaireClassement(Formulaire):
    motif = champ_motif(MOTIFS_DE_CLASSEMENT, _("Motif"))
    explication = ChampTexte(
        label=_("Explication"),
        help_text=_("La personne la lit. Dites aussi ce qu’elle peut faire maintenant."),
        max_length=1000,
    )


class ClasserSansSuite(Action):
    code = "classer_sans_suite"
    libelle = _("Classer sans suite")
    explication = _(
        "Le dossier est clos sans décision. Les attestations sont révoquées aujourd’hui. La personne peut "
        "déposer une nouvelle demande."
    )
    bouton = _("Classer le dossier")
    fait = _("Le dossier est classé sans suite. La personne reçoit un message.")
    formulaire = FormulaireClassement
    champs_des_refus = {"motif": "motif", "phrase": "explication"}

    @property
    def sans_objet(self) -> str:
        return "refus_propose" if self.dossier.refus else ""

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return classer_sans_suite(
            **qui, motif=net["motif"], explication=net["explication"], maintenant=timezone.now()
        )
