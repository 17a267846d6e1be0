"""Which permit: the table of R-REGLES-2, read from the top."""

from dataclasses import dataclass

from demandes.regles.codes import CodeTitre
from demandes.regles.constats import Age, Constats, Qui
from demandes.regles.faits import Lien


@dataclass(frozen=True, slots=True)
class Titre:
    """A permit: its duration in years, and the words printed on it where the law sets some."""

    code: CodeTitre
    duree_ans: int
    mention: str | None

    def vers_dict(self) -> dict[str, str | int | None]:
        return {"code": self.code.value, "duree_ans": self.duree_ans, "mention": self.mention}


# Words of the law (L.424-9, L.424-11); the FAQ writes « membre de famille ».
MENTION_BPS = "bénéficiaire de la protection subsidiaire"
MENTION_FAMILLE_BPS = "membre de la famille d'un bénéficiaire de la protection subsidiaire"

CR10 = Titre(CodeTitre.CR10, 10, None)
CSP4_BPS = Titre(CodeTitre.CSP4_BPS, 4, MENTION_BPS)
CST1 = Titre(CodeTitre.CST1, 1, None)
CSP4_FAMILLE_BPS = Titre(CodeTitre.CSP4_FAMILLE_BPS, 4, MENTION_FAMILLE_BPS)
CR10_FAMILLE_BPS = Titre(CodeTitre.CR10_FAMILLE_BPS, 10, MENTION_FAMILLE_BPS)

TITRES = (CR10, CSP4_BPS, CST1, CSP4_FAMILLE_BPS, CR10_FAMILLE_BPS)

# L.421-35 is added to the grounds of every minor.
FONDEMENT_MINEUR = "L.421-35"


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneTitre:
    """One row: who, and what must hold (None: it does not matter); then the permit and its legal grounds.

    ``cle`` names the row's sentences in ``textes.titres``. ``option`` names a parameter that must be on.
    """

    cle: str
    qui: Qui
    age: Age | None = None
    lien: Lien | None = None
    par_quatre_ans: bool | None = None
    option: str | None = None
    titre: Titre
    fondements: tuple[str, ...]

    def convient(self, constats: Constats) -> bool:
        """Whether the row speaks of this person."""
        return (
            self.qui is constats.qui
            and self.age in (None, constats.age)
            and self.lien in (None, constats.lien)
            and self.par_quatre_ans in (None, constats.par_quatre_ans)
            and (self.option is None or getattr(constats.parametres, self.option).au(constats.au))
        )


# fmt: off
LIGNES = (
    LigneTitre(cle="refugie", qui=Qui.REFUGIE, age=Age.MAJEUR,
               titre=CR10, fondements=("L.424-1",)),
    LigneTitre(cle="refugie_mineur", qui=Qui.REFUGIE, age=Age.DE_16_A_18_ANS,
               titre=CR10, fondements=("L.424-1",)),

    LigneTitre(cle="protection_subsidiaire", qui=Qui.PROTECTION_SUBSIDIAIRE, age=Age.MAJEUR,
               par_quatre_ans=False, titre=CSP4_BPS, fondements=("L.424-9",)),
    # Before the row of minors: holding the CSP for four years counts at any age.
    LigneTitre(cle="protection_subsidiaire_quatre_ans", qui=Qui.PROTECTION_SUBSIDIAIRE, par_quatre_ans=True,
               titre=CR10, fondements=("L.424-13",)),
    LigneTitre(cle="protection_subsidiaire_mineur", qui=Qui.PROTECTION_SUBSIDIAIRE, age=Age.DE_16_A_18_ANS,
               titre=CST1, fondements=()),

    LigneTitre(cle="famille_refugie", qui=Qui.FAMILLE_REFUGIE,
               titre=CR10, fondements=("L.424-3",)),

    LigneTitre(cle="famille_protection_subsidiaire_cst", qui=Qui.FAMILLE_PROTECTION_SUBSIDIAIRE,
               age=Age.DE_16_A_18_ANS, lien=Lien.ENFANT, par_quatre_ans=False,
               option="cst_pour_enfant_de_protege_subsidiaire",
               titre=CST1, fondements=()),
    LigneTitre(cle="famille_protection_subsidiaire", qui=Qui.FAMILLE_PROTECTION_SUBSIDIAIRE,
               par_quatre_ans=False, titre=CSP4_FAMILLE_BPS, fondements=("L.424-11",)),
    LigneTitre(cle="famille_protection_subsidiaire_quatre_ans", qui=Qui.FAMILLE_PROTECTION_SUBSIDIAIRE,
               par_quatre_ans=True, titre=CR10_FAMILLE_BPS, fondements=("L.424-13",)),
)
# fmt: on


def ligne_de_titre(constats: Constats) -> LigneTitre | None:
    """The first row that speaks of this person; None when the portal has no permit for them."""
    return next((ligne for ligne in LIGNES if ligne.convient(constats)), None)


def fondements(ligne: LigneTitre, constats: Constats) -> tuple[str, ...]:
    """The articles of the row, plus L.421-35 for a minor, sorted as text."""
    articles = {*ligne.fondements, *((FONDEMENT_MINEUR,) if constats.mineur else ())}
    return tuple(sorted(articles))
