"""Facts → words: the few words by which the tables decide, computed once from a Situation and a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from demandes.regles.dates import age_au, echu
from demandes.regles.faits import Lien, Nature, Situation, Statut, StatutProtege, TypeTitre
from demandes.regles.fenetre import Fenetre, fenetre_de, hors_delai_legal
from demandes.regles.parametres import PARAMETRES, Parametres


class Qui(StrEnum):
    """The person, as the tables see them."""

    REFUGIE = "refugie"
    PROTECTION_SUBSIDIAIRE = "protection_subsidiaire"
    FAMILLE_REFUGIE = "famille_refugie"
    FAMILLE_PROTECTION_SUBSIDIAIRE = "famille_protection_subsidiaire"
    APATRIDE = "apatride"
    HORS_CHAMP = "hors_champ"


PROTEGES = frozenset({Qui.REFUGIE, Qui.PROTECTION_SUBSIDIAIRE})
FAMILLES = frozenset({Qui.FAMILLE_REFUGIE, Qui.FAMILLE_PROTECTION_SUBSIDIAIRE})

_PAR_STATUT = {
    Statut.REFUGIE: Qui.REFUGIE,
    Statut.PROTECTION_SUBSIDIAIRE: Qui.PROTECTION_SUBSIDIAIRE,
    Statut.APATRIDE: Qui.APATRIDE,
    Statut.AUTRE: Qui.HORS_CHAMP,
}
_PAR_PROTEGE = {
    StatutProtege.REFUGIE: Qui.FAMILLE_REFUGIE,
    StatutProtege.PROTECTION_SUBSIDIAIRE: Qui.FAMILLE_PROTECTION_SUBSIDIAIRE,
    StatutProtege.APATRIDE: Qui.APATRIDE,
}


class Age(StrEnum):
    """The three ages of L.421-35 and L.411-1."""

    MOINS_DE_16_ANS = "moins_de_16_ans"
    DE_16_A_18_ANS = "de_16_a_18_ans"
    MAJEUR = "majeur"


def qui_est(situation: Situation) -> Qui:
    """Who applies. A family member without link or protected person is out of scope."""
    if situation.statut is not Statut.MEMBRE_FAMILLE:
        return _PAR_STATUT[situation.statut]
    if situation.lien is None or situation.statut_du_protege is None:
        return Qui.HORS_CHAMP
    return _PAR_PROTEGE[situation.statut_du_protege]


@dataclass(frozen=True, slots=True)
class Constats:
    """A Situation on a day, in the words of the tables. Build it with :func:`constater`."""

    situation: Situation
    au: date
    parametres: Parametres
    qui: Qui
    age_ans: int
    age: Age
    quatre_ans: bool
    """Four years' regular residence are reached (L.424-13)."""
    par_quatre_ans: bool
    """The title is due by four years' residence: the window's opening need not be waited for (R.431-6)."""
    fenetre: Fenetre | None
    """Given for a renewal with a permit held."""

    @property
    def lien(self) -> Lien | None:
        """The family link, for a family member only."""
        return self.situation.lien if self.situation.statut is Statut.MEMBRE_FAMILLE else None

    @property
    def mineur(self) -> bool:
        return self.age is not Age.MAJEUR

    @property
    def premiere(self) -> bool:
        return self.situation.nature is Nature.PREMIERE

    @property
    def renouvellement(self) -> bool:
        return self.situation.nature is Nature.RENOUVELLEMENT

    @property
    def hors_delai_legal(self) -> bool:
        titre = self.situation.titre_detenu
        return self.renouvellement and titre is not None and hors_delai_legal(titre, self.au, self.parametres)


def constater(situation: Situation, au: date, parametres: Parametres = PARAMETRES) -> Constats:
    """Turn facts into words, on the day ``au`` (a date in Europe/Paris)."""
    qui = qui_est(situation)
    age_ans = age_au(situation.date_naissance.au_plus_tot, au)
    titre = situation.titre_detenu
    depuis = situation.residence_reguliere_depuis
    quatre_ans = depuis is not None and echu(depuis, parametres.residence_reguliere_mois.au(au), au)
    detient_csp_bps = titre is not None and titre.type is TypeTitre.CSP_BPS
    fenetre = None
    if situation.nature is Nature.RENOUVELLEMENT and titre is not None:
        fenetre = fenetre_de(titre, au, parametres)
    return Constats(
        situation=situation,
        au=au,
        parametres=parametres,
        qui=qui,
        age_ans=age_ans,
        age=_age(age_ans, au, parametres),
        quatre_ans=quatre_ans,
        par_quatre_ans=quatre_ans
        and (
            qui is Qui.FAMILLE_PROTECTION_SUBSIDIAIRE
            or (qui is Qui.PROTECTION_SUBSIDIAIRE and detient_csp_bps)
        ),
        fenetre=fenetre,
    )


def _age(age_ans: int, au: date, parametres: Parametres) -> Age:
    if age_ans >= parametres.age_majorite.au(au):
        return Age.MAJEUR
    if age_ans >= parametres.age_titre_pour_travailler.au(au):
        return Age.DE_16_A_18_ANS
    return Age.MOINS_DE_16_ANS
