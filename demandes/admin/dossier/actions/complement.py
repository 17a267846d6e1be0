"""Ask the person for pièces again, or give up asking (R-INSTR-4)."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from demandes.admin.dossier.actions.action import Action, Qui
from demandes.admin.dossier.actions.champs import ChampTexte, FormulaireMotif, champ_motif
from demandes.admin.dossier.contenu import DossierLu
from demandes.operations.demander_complement import (
    PieceACompleter,
    demander_complement,
    renoncer_au_complement,
)
from demandes.regles.codes import CodePiece
from demandes.regles.textes import PIECES
from demandes.textes import ACTIONS_IMPOSSIBLES, MOTIFS_DE_PIECE, PHRASES_DE_PIECE
from referentiels.formulaires import Formulaire

LONGUEUR_PHRASE = 500


class LigneDeComplement(NamedTuple):
    """One pièce of the form: its name, its state in the dossier, its three fields."""

    libelle: str
    etat: tuple[str, str] | None
    demandee: BoundField
    motif: BoundField
    phrase: BoundField


class FormulaireComplement(Formulaire):
    """Every pièce that exists: those of the dossier first, the refused ones ticked with what the agent wrote.

    Cleans to `pieces`, a list of `PieceACompleter`, and `message`. A reason without a sentence takes the
    sentence of the reason.
    """

    message = ChampTexte(
        label=_("Message général"),
        help_text=_("La personne le lit au-dessus de la liste des pièces."),
        max_length=1000,
        lignes=3,
        required=False,
    )

    def __init__(self, *args: Any, dossier: DossierLu, **options: Any) -> None:
        self.etats = {piece.code: piece.etat for piece in dossier.pieces}
        self.etats[CodePiece.EPHOTO] = dossier.ephoto
        self.codes = [*self.etats, *(code for code in CodePiece if code not in self.etats)]
        self.conditions = {
            f"{code}-{nom}": f"{code}-demandee=on" for code in self.codes for nom in ("motif", "phrase")
        }
        super().__init__(*args, initial=self._initial(dossier), **options)
        for code in self.codes:
            self.fields[f"{code}-demandee"] = forms.BooleanField(
                label=_("Demander cette pièce"), required=False
            )
            self.fields[f"{code}-motif"] = champ_motif(MOTIFS_DE_PIECE, _("Raison"), required=False)
            self.fields[f"{code}-phrase"] = ChampTexte(
                label=_("Phrase pour la personne"), max_length=LONGUEUR_PHRASE, lignes=2, required=False
            )
        self.order_fields([*(nom for nom in self.fields if nom != "message"), "message"])

    @staticmethod
    def _initial(dossier: DossierLu) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for lue in dossier.pieces:
            if lue.piece is not None and lue.refusee:
                initial |= {
                    f"{lue.code}-demandee": True,
                    f"{lue.code}-motif": lue.piece.avis_motif,
                    f"{lue.code}-phrase": lue.piece.avis_phrase,
                }
        return initial

    def lignes(self) -> Iterator[LigneDeComplement]:
        for code in self.codes:
            yield LigneDeComplement(
                PIECES[CodePiece(code)].libelle,
                self.etats.get(code),
                *(self[f"{code}-{nom}"] for nom in ("demandee", "motif", "phrase")),
            )

    def clean(self) -> dict[str, Any]:
        net = super().clean() or {}
        pieces = []
        for code in self.codes:
            if not net.get(f"{code}-demandee"):
                continue
            motif = net.get(f"{code}-motif", "")
            phrase = net.get(f"{code}-phrase") or str(PHRASES_DE_PIECE.get(motif, ""))
            if not motif and f"{code}-motif" not in self.errors:
                self.add_error(f"{code}-motif", self._de(code, "motif"))
            elif not phrase and f"{code}-phrase" not in self.errors:
                self.add_error(f"{code}-phrase", self._de(code, "phrase"))
            pieces.append(PieceACompleter(code, motif, phrase))
        if not pieces:
            self.add_error(f"{self.codes[0]}-demandee", ACTIONS_IMPOSSIBLES["aucune_piece"])
        return {**net, "pieces": pieces}

    @staticmethod
    def _de(code: str, refus: str) -> str:
        """The sentence of a refusal, with the pièce that it is about: the summary lists several."""
        return f"{PIECES[CodePiece(code)].libelle} : {ACTIONS_IMPOSSIBLES[refus]}"


class DemanderComplement(Action):
    code = "demander_complement"
    libelle = _("Demander un complément")
    explication = _(
        "La personne a 30 jours pour garder ou remplacer chaque pièce demandée. Elle reçoit un message. "
        "Son APD continue."
    )
    bouton = _("Envoyer la demande de complément")
    fait = _("Le complément est demandé. La personne a 30 jours pour répondre.")
    gabarit = "admin/demandes/demande/actions/demander_complement.html"

    @property
    def principale(self) -> bool:
        pieces = self.dossier.pieces
        return not self.dossier.a_examiner and any(piece.refusee for piece in pieces)

    @property
    def sans_objet(self) -> str:
        return "refus_propose" if self.dossier.refus else ""

    def creer_formulaire(self, saisie: Any = None) -> Formulaire:
        return FormulaireComplement(saisie, dossier=self.dossier)

    def contexte(self) -> dict[str, Any]:
        return {"phrases": json.dumps({motif: str(phrase) for motif, phrase in PHRASES_DE_PIECE.items()})}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return demander_complement(
            **qui, pieces=net["pieces"], message=net["message"], maintenant=timezone.now()
        )


class RenoncerAuComplement(Action):
    code = "renoncer_au_complement"
    libelle = _("Renoncer au complément")
    explication = _(
        "L’examen reprend sans la réponse de la personne. Un message lui dit qu’elle n’a rien à envoyer."
    )
    bouton = _("Renoncer et reprendre l’examen")
    fait = _("L’examen reprend.")
    formulaire = FormulaireMotif
    champs_des_refus = {"phrase": "motif"}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return renoncer_au_complement(**qui, motif=net["motif"], maintenant=timezone.now())
