"""The pièces whose files a person may change: those of a draft, or those that an open complement asks for."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from demandes.etats import Etat
from demandes.models import Complement, Demande, Fichier, Piece, PieceDemandee
from demandes.operations.brouillon import noter_l_activite
from demandes.operations.dossier import verrouiller_sienne
from demandes.operations.refus import (
    BrouillonIntrouvable,
    DejaDeposee,
    DossierIntrouvable,
    FichierIntrouvable,
    FichierOccupe,
)
from demandes.regles.codes import CodePiece
from demandes.requetes import complement_ouvert


@dataclass(frozen=True)
class PiecesOuvertes:
    """A locked demande, and the complement under way; None for a draft."""

    demande: Demande
    complement: Complement | None = None

    def piece(self, code: str) -> Piece:
        """The pièce of this code. The caller knows that a draft asks for it.

        Raises `DejaDeposee` when the complement does not: it is no longer the one of the page.
        """
        if self.complement is not None and code not in self._codes_demandes(self.complement):
            raise DejaDeposee(self.demande)
        return Piece.objects.get_or_create(demande=self.demande, code=code)[0]

    @staticmethod
    def _codes_demandes(complement: Complement) -> set[str]:
        """The pièces that take files: the e-photo is a code."""
        return set(complement.pieces.values_list("code", flat=True)) - {CodePiece.EPHOTO}

    def fichiers(self) -> QuerySet[Fichier]:
        """The files that may be changed: of the draft, or of the answer that is not transmitted yet."""
        return Fichier.objects.filter(piece__demande=self.demande, complement=self.complement)

    def verrouiller_fichier(self, fichier_id: UUID) -> Fichier:
        """Lock and return one of them, without waiting for a worker that holds it.

        Raises `FichierIntrouvable`, or `FichierOccupe` while it is being checked.
        """
        siens = self.fichiers().filter(pk=fichier_id)
        fichier = siens.select_for_update(of=("self",), skip_locked=True).select_related("piece").first()
        if fichier is not None:
            return fichier
        raise FichierOccupe if siens.exists() else FichierIntrouvable

    def noter_l_activite(self) -> None:
        """The person touched a draft: the delay before it is forgotten starts again."""
        if self.complement is None:
            noter_l_activite(self.demande)

    def noter_un_ajout(self, code: str) -> None:
        """A file sent in answer to a complement says that the pièce is to be replaced."""
        if self.complement is not None:
            self.complement.pieces.filter(code=code).update(choix=PieceDemandee.Choix.REMPLACER)


def verrouiller_pieces(*, demande_id: UUID, compte_id: int) -> PiecesOuvertes:
    """Lock the demande inside the caller's transaction.

    Raises `BrouillonIntrouvable` when the account sees no such demande, `DejaDeposee` when it is a dossier that
    asks for nothing.
    """
    try:
        demande, _compte = verrouiller_sienne(demande_id=demande_id, compte_id=compte_id)
    except DossierIntrouvable:
        raise BrouillonIntrouvable from None
    if demande.etat == Etat.BROUILLON:
        return PiecesOuvertes(demande)
    complement = complement_ouvert(demande)
    if complement is None:
        raise DejaDeposee(demande)
    return PiecesOuvertes(demande, complement)
