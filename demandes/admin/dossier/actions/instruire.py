"""Start the examination, hand it over, accept pièces, settle the status and OFPRA's civil status (R-INSTR-1, 3, 6)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptes.models import Compte
from demandes.admin.dossier.actions.action import Action, Qui
from demandes.admin.dossier.actions.champs import FormulaireMotif
from demandes.etats import A_DECIDER, AGENTS, OUVERTS, Etat
from demandes.models import Demande
from demandes.operations.examiner_piece import accepter_les_pieces
from demandes.operations.prendre_en_charge import affecter, prendre_en_charge
from demandes.operations.verifier_statut import constater_etat_civil, verifier_statut
from referentiels.formulaires import Formulaire, Liste


class PrendreEnCharge(Action):
    code = "prendre_en_charge"
    libelle = _("Prendre en charge")
    explication = _("L’examen commence. Vous êtes chargé du dossier. La personne reçoit un message.")
    fait = _("L’examen commence : vous êtes chargé du dossier.")
    directe = True

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return prendre_en_charge(**qui, maintenant=timezone.now())


class FormulaireAffecter(Formulaire):
    a = forms.TypedChoiceField(label=_("Agent chargé du dossier"), coerce=int, widget=Liste)


class Affecter(Action):
    code = "affecter"
    libelle = _("Confier à un collègue")
    explication = _("Un agent de la préfecture du dossier en devient chargé. La personne n’en sait rien.")
    bouton = _("Confier le dossier")
    fait = _("Le dossier est confié.")
    etats = OUVERTS - {Etat.DEPOSEE}
    formulaire = FormulaireAffecter
    champs_des_refus = {"agent_inconnu": "a"}

    def creer_formulaire(self, saisie: Any = None) -> Formulaire:
        formulaire = super().creer_formulaire(saisie)
        collegues = Compte.objects.filter(
            is_active=True, role__in=AGENTS, prefectures=self.demande.prefecture
        ).order_by("nom", "prenoms", "pk")
        formulaire.fields["a"].choices = [
            ("", _("Choisissez un agent")),
            *((agent.pk, f"{agent} – {agent.get_role_display()}") for agent in collegues),
        ]
        return formulaire

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return affecter(**qui, a_id=net["a"])


class FormulaireVus(Formulaire):
    """The files that the page showed, so that one changed meanwhile is not accepted unseen."""

    vus = forms.MultipleChoiceField(widget=forms.MultipleHiddenInput, required=False)


class AccepterLesPieces(Action):
    code = "accepter_les_pieces"
    libelle = _("Accepter les pièces qui restent")
    explication = _("Les pièces ci-dessous, que personne n’a encore examinées, sont acceptées d’un coup.")
    bouton = _("Accepter ces pièces")
    fait = _("Les pièces qui restaient sont acceptées.")
    etats = frozenset({Etat.EN_INSTRUCTION})
    gabarit = "admin/demandes/demande/actions/accepter_les_pieces.html"

    @property
    def sans_objet(self) -> str:
        return "" if self.dossier.a_examiner else "etat"

    def creer_formulaire(self, saisie: Any = None) -> Formulaire:
        formulaire = FormulaireVus(saisie, initial={"vus": [str(fichier.pk) for fichier in self._fichiers]})
        formulaire.fields["vus"].choices = [(str(f.pk), "") for f in self._tous]
        return formulaire

    @property
    def _fichiers(self) -> list[Any]:
        return [fichier for piece in self.dossier.a_examiner for fichier in piece.fichiers]

    @property
    def _tous(self) -> list[Any]:
        return [f for piece in self.dossier.pieces for f in (*piece.fichiers, *piece.anciens)]

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        vus = [fichier.pk for fichier in self._tous if str(fichier.pk) in net["vus"]]
        return accepter_les_pieces(**qui, vus=vus, maintenant=timezone.now())


class VerifierStatut(Action):
    code = "verifier_statut"
    libelle = _("Confirmer le statut déclaré")
    explication = _(
        "Vous avez vérifié le statut ou le titre que le registre ne confirmait pas. Pour une personne protégée, "
        "l’APD part, datée du dépôt."
    )
    bouton = _("Confirmer le statut")
    fait = _("Le statut est confirmé. La personne reçoit un message.")
    etats = A_DECIDER
    formulaire = FormulaireMotif
    champs_des_refus = {"phrase": "motif"}

    @property
    def sans_objet(self) -> str:
        return "" if self.demande.controle == Demande.Controle.A_VERIFIER else "etat"

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return verifier_statut(**qui, motif=net["motif"], maintenant=timezone.now())


class ConstaterEtatCivil(Action):
    code = "constater_etat_civil"
    libelle = _("Noter l’état civil reçu de l’OFPRA")
    explication = _(
        "L’OFPRA a rendu l’état civil : une décision devient possible. La personne reçoit un message."
    )
    bouton = _("Noter l’état civil reçu")
    fait = _("L’état civil de l’OFPRA est noté.")
    etats = A_DECIDER
    formulaire = FormulaireMotif
    champs_des_refus = {"phrase": "motif"}

    @property
    def sans_objet(self) -> str:
        return "" if self.demande.ofpra_en_attente else "etat"

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return constater_etat_civil(**qui, motif=net["motif"])
