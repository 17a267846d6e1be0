"""The answer to a complement as it stands: each pièce asked for, what was sent, what is still missing (R-INSTR-4)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from demandes.models import Complement, Fichier, PieceDemandee
from demandes.regles.codes import CodePiece


@dataclass(frozen=True)
class LigneDeReponse:
    """One pièce asked for: `anciens` are the files in force, `nouveaux` those sent in answer to this complement."""

    demandee: PieceDemandee
    anciens: tuple[Fichier, ...]
    nouveaux: tuple[Fichier, ...]

    @property
    def code(self) -> str:
        return self.demandee.code

    @property
    def est_ephoto(self) -> bool:
        return self.code == CodePiece.EPHOTO

    @property
    def absente(self) -> bool:
        """Whether nothing was ever sent for this pièce: keeping it means that the person has none."""
        return not self.est_ephoto and not self.anciens

    @property
    def manque(self) -> str:
        """What keeps this line from being transmitted: a code of MANQUES_DE_REPONSE, "" when nothing does."""
        if self.demandee.choix == PieceDemandee.Choix.A_CHOISIR:
            return "a_choisir"
        if self.demandee.choix == PieceDemandee.Choix.GARDER:
            return "explication" if self.absente and not self.demandee.explication else ""
        if self.est_ephoto:
            return "" if self.demandee.ephoto_code else "ephoto_absente"
        etats = {fichier.etat for fichier in self.nouveaux}
        if not etats:
            return "sans_fichier"
        if Fichier.Etat.REFUSE in etats:
            return "fichier_refuse"
        return "en_verification" if Fichier.Etat.A_TRAITER in etats else ""


def lignes_de_reponse(complement: Complement) -> list[LigneDeReponse]:
    """The lines of a complement in the order of the request, in two queries."""
    anciens: dict[str, list[Fichier]] = {}
    nouveaux: dict[str, list[Fichier]] = {}
    fichiers = Fichier.objects.filter(piece__demande=complement.demande_id, remplace_le=None)
    for fichier in fichiers.select_related("piece", "complement").order_by("ajoute_le", "pk"):
        if fichier.complement_id == complement.pk:
            nouveaux.setdefault(fichier.piece.code, []).append(fichier)
        elif fichier.complement is None or fichier.complement.etat == Complement.Etat.TRANSMIS:
            anciens.setdefault(fichier.piece.code, []).append(fichier)
    return [
        LigneDeReponse(
            demandee, tuple(anciens.get(demandee.code, ())), tuple(nouveaux.get(demandee.code, ()))
        )
        for demandee in complement.pieces.order_by("pk")
    ]


def marque_de_la_reponse(lignes: Sequence[LigneDeReponse]) -> str:
    """Mark of what a page shows of the answer: what was shown is what is transmitted."""
    vues = [
        [
            ligne.demandee.pk,
            ligne.demandee.choix,
            ligne.demandee.ephoto_code,
            ligne.demandee.explication,
            [str(fichier.pk) for fichier in ligne.nouveaux],
        ]
        for ligne in lignes
    ]
    return hashlib.sha256(json.dumps(vues).encode()).hexdigest()[:16]
