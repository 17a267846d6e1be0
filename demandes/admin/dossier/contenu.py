"""A dossier as an agent reads it: what its pages and its actions look up, each thing once."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from comptes.models import Compte
from demandes.models import Complement, Convocation, Demande, Fichier, Piece, Rectification, Refus, Remise
from demandes.operations.convoquer import EN_COURS
from demandes.operations.decider_favorable import obstacles
from demandes.operations.reverifier_ephoto import EN_ATTENTE, INTROUVABLE, REFUSEE
from demandes.regles.codes import CodePiece
from demandes.regles.textes import PIECES
from demandes.requetes import fichiers_de_l_agent
from demandes.textes import ACTIONS_IMPOSSIBLES

# State of a pièce → (its words, the look of its badge). The words alone say it.
ETATS_DE_PIECE = {
    "absente": (_("Aucun fichier"), "neutre"),
    "": (_("À examiner"), "attention"),
    "acceptee": (_("Acceptée"), "bien"),
    "refusee": (_("Refusée"), "alerte"),
}
EPHOTO_SIGNALEE = {
    EN_ATTENTE: (_("Pas encore active : vérifiée à nouveau chaque heure"), "attention"),
    INTROUVABLE: (_("Inconnue après 72 heures"), "alerte"),
    REFUSEE: (_("Expirée ou déjà utilisée"), "alerte"),
}


@dataclass
class PieceLue:
    """One pièce with the files that count and the earlier ones; `piece` is None while nobody sent anything."""

    code: str
    obligatoire: bool
    piece: Piece | None = None
    fichiers: list[Fichier] = field(default_factory=list)
    anciens: list[Fichier] = field(default_factory=list)

    @property
    def libelle(self) -> str:
        return PIECES[CodePiece(self.code)].libelle

    @property
    def accepte(self) -> str:
        """What is accepted, in one line."""
        return PIECES[CodePiece(self.code)].accepte

    @property
    def etat(self) -> tuple[str, str]:
        """(words, look of the badge)."""
        avis = self.piece.avis if self.piece else ""
        return ETATS_DE_PIECE["absente" if not self.fichiers and avis == "" else avis]

    @property
    def a_examiner(self) -> bool:
        return bool(self.fichiers) and self.piece is not None and self.piece.avis == Piece.Avis.A_EXAMINER

    @property
    def refusee(self) -> bool:
        return self.piece is not None and self.piece.avis == Piece.Avis.REFUSEE


class DossierLu:
    """`demande` for `agent` on the day `au` (in Paris). Every attribute costs at most one query, asked once."""

    def __init__(self, demande: Demande, agent: Compte, au: date) -> None:
        self.demande = demande
        self.agent = agent
        self.au = au

    @cached_property
    def pieces(self) -> list[PieceLue]:
        """The pièces asked for at the deposit in their order, then those that a complement added."""
        lues = {
            piece["code"]: PieceLue(piece["code"], piece["obligatoire"])
            for piece in self.demande.donnees["pieces"]
            if piece["code"] != CodePiece.EPHOTO
        }
        for piece in self.demande.pieces.select_related("avis_par").order_by("pk"):
            lues.setdefault(piece.code, PieceLue(piece.code, obligatoire=False)).piece = piece
        for fichier in fichiers_de_l_agent(self.demande):
            lue = lues[fichier.piece.code]
            (lue.fichiers if fichier.remplace_le is None else lue.anciens).append(fichier)
        return list(lues.values())

    @property
    def fichiers(self) -> list[Fichier]:
        """Every file that counts, in the order of the page."""
        return [fichier for piece in self.pieces for fichier in piece.fichiers]

    @property
    def a_examiner(self) -> list[PieceLue]:
        return [piece for piece in self.pieces if piece.a_examiner]

    @property
    def ephoto(self) -> tuple[str, str]:
        """State of the e-photo code: (words, look of the badge)."""
        for signalement, etat in EPHOTO_SIGNALEE.items():
            if signalement in self.demande.signalements:
                return etat
        return (_("Valable"), "bien")

    @cached_property
    def refus(self) -> Refus | None:
        """The refusal that waits for a second person."""
        proposes = self.demande.refus.filter(etat=Refus.Etat.PROPOSE)
        return proposes.select_related("propose_par").first()

    @cached_property
    def complement(self) -> Complement | None:
        """The complement that the person has not answered yet."""
        ouverts = self.demande.complements.filter(etat=Complement.Etat.OUVERT)
        return ouverts.prefetch_related("pieces").first()

    @cached_property
    def remise(self) -> Remise | None:
        return Remise.objects.filter(demande=self.demande).first()

    @cached_property
    def convocations(self) -> list[Convocation]:
        """Those to come, or that the person asks to move."""
        return list(self.demande.convocations.filter(etat__in=EN_COURS))

    @cached_property
    def rectifications(self) -> list[Rectification]:
        """The errors that the person reported and nobody has answered."""
        return list(self.demande.rectifications.filter(etat=Rectification.Etat.OUVERTE))

    @cached_property
    def obstacles(self) -> list[str]:
        """What stands in the way of a favourable decision, in sentences."""
        return [str(ACTIONS_IMPOSSIBLES[code]) for code in obstacles(self.demande)]
