"""Which documents (R-REGLES-8): code → for whom, and on which condition."""

from dataclasses import dataclass
from datetime import date

from demandes.regles.codes import CodePiece, Condition
from demandes.regles.constats import FAMILLES, PROTEGES, Constats, Qui, constater
from demandes.regles.faits import Nature, Situation
from demandes.regles.parametres import PARAMETRES, Parametres
from demandes.regles.textes.pieces import CONDITIONS

TOUS = PROTEGES | FAMILLES
TOUTES = frozenset(Nature)
PREMIERE = frozenset({Nature.PREMIERE})
RENOUVELLEMENT = frozenset({Nature.RENOUVELLEMENT})


@dataclass(frozen=True, slots=True)
class LignePiece:
    """One row: the document, for whom, for which request; ``mineur``: for minors only."""

    code: CodePiece
    qui: frozenset[Qui]
    natures: frozenset[Nature]
    condition: Condition | None = None
    mineur: bool = False

    def convient(self, constats: Constats) -> bool:
        """Whether the row speaks of this person's request."""
        return (
            constats.qui in self.qui
            and constats.situation.nature in self.natures
            and (constats.mineur or not self.mineur)
        )


# fmt: off
LIGNES = (
    LignePiece(CodePiece.DECISION_PROTECTION,   TOUS,     PREMIERE),
    LignePiece(CodePiece.TITRE_DETENU,          TOUS,     RENOUVELLEMENT),
    LignePiece(CodePiece.JUSTIFICATIF_DOMICILE, TOUS,     TOUTES),
    LignePiece(CodePiece.CONTRAT_ENGAGEMENT,    TOUS,     TOUTES),
    LignePiece(CodePiece.EPHOTO,                TOUS,     TOUTES),
    LignePiece(CodePiece.ACTE_NAISSANCE,        FAMILLES, PREMIERE, Condition.SANS_CARTE_ANTERIEURE),
    LignePiece(CodePiece.PASSEPORT,             FAMILLES, PREMIERE),
    LignePiece(CodePiece.LIEN_FAMILIAL,         FAMILLES, PREMIERE),
    LignePiece(CodePiece.VISA_LONG_SEJOUR,      FAMILLES, PREMIERE, Condition.REUNIFICATION_FAMILIALE),
    LignePiece(CodePiece.NON_POLYGAMIE,         TOUS,     TOUTES, Condition.MARIE_ET_POLYGAMIE_ADMISE),
    LignePiece(CodePiece.CONTRAT_TRAVAIL,       TOUS,     TOUTES, Condition.CONTRAT_DE_TRAVAIL, mineur=True),
    LignePiece(CodePiece.TITRE_PARENT,          TOUS,     TOUTES, Condition.PARENT_TITULAIRE, mineur=True),
)
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class FaitsDeclares:
    """What steps 1 to 3 of the deposit add to the Situation. None: not known yet."""

    marie: bool | None = None
    pays_polygamie: bool | None = None
    reunification_familiale: bool | None = None
    a_un_contrat_de_travail: bool | None = None
    parent_demandeur_titulaire: bool | None = None


RIEN_DE_DECLARE = FaitsDeclares()


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """A document asked for. When not ``obligatoire``, ``condition`` says in French when it is needed."""

    code: CodePiece
    obligatoire: bool
    condition: str | None


def codes_de(constats: Constats) -> tuple[CodePiece, ...]:
    """Codes of the required and conditional documents, sorted; nothing declared being known."""
    return tuple(sorted(ligne.code for ligne in LIGNES if ligne.convient(constats)))


def pieces_de(
    situation: Situation,
    au: date,
    faits_declares: FaitsDeclares = RIEN_DE_DECLARE,
    parametres: Parametres = PARAMETRES,
) -> list[PieceDemandee]:
    """The documents to ask for, sorted by code, the conditional ones settled where the facts declared say so.

    A condition that holds makes the document required, one that does not drops it, an unknown one leaves
    it conditional. Reasons of R-REGLES-4 do not matter, so that the answer stays the same while a
    deposited dossier is examined; it is empty for a person whom the portal does not serve.
    """
    constats = constater(situation, au, parametres)
    demandees = []
    for ligne in LIGNES:
        if not ligne.convient(constats):
            continue
        tenue = ligne.condition is None or condition_tenue(ligne.condition, constats, faits_declares)
        if tenue is False:
            continue
        texte = None if tenue or ligne.condition is None else CONDITIONS[ligne.condition]
        demandees.append(PieceDemandee(ligne.code, bool(tenue), texte))
    return sorted(demandees, key=lambda piece: piece.code)


def condition_tenue(condition: Condition, constats: Constats, declares: FaitsDeclares) -> bool | None:
    """Whether the condition holds; None while it is not known."""
    match condition:
        case Condition.REUNIFICATION_FAMILIALE:
            return declares.reunification_familiale
        case Condition.MARIE_ET_POLYGAMIE_ADMISE:
            if declares.marie is False or declares.pays_polygamie is False:
                return False
            return True if declares.marie and declares.pays_polygamie else None
        case Condition.CONTRAT_DE_TRAVAIL:
            return declares.a_un_contrat_de_travail
        case Condition.PARENT_TITULAIRE:
            return declares.parent_demandeur_titulaire
        case Condition.SANS_CARTE_ANTERIEURE:
            # Whoever holds a card gave the birth certificate for it: asked again only by choice.
            return True if constats.situation.titre_detenu is None else None
