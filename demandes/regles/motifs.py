"""When a request is not possible here (R-REGLES-4): code → when. Every reason that applies is told."""

from collections.abc import Callable

from demandes.regles.codes import CodeMotif
from demandes.regles.constats import Age, Constats, Qui


def _sans_numero(c: Constats) -> bool:
    return not (c.situation.numero_etranger or c.situation.numero_visa)


def _mineur_sans_activite(c: Constats) -> bool:
    return c.age is Age.DE_16_A_18_ANS and not c.situation.souhaite_travailler


def _renouvellement_sans_titre(c: Constats) -> bool:
    return c.renouvellement and c.situation.titre_detenu is None


def _trop_tot(c: Constats) -> bool:
    # R.431-6: whoever has reached four years' residence need not wait for the window.
    return c.fenetre is not None and c.au < c.fenetre.ouverture and not c.par_quatre_ans


def _trop_tard(c: Constats) -> bool:
    return c.fenetre is not None and c.au > c.fenetre.fermeture


MOTIFS: dict[CodeMotif, Callable[[Constats], bool]] = {
    CodeMotif.APATRIDE: lambda c: c.qui is Qui.APATRIDE,
    CodeMotif.STATUT_HORS_CHAMP: lambda c: c.qui is Qui.HORS_CHAMP,
    CodeMotif.SANS_NUMERO: _sans_numero,
    CodeMotif.RECEPISSE_EN_COURS: lambda c: c.situation.recepisse is not None,
    CodeMotif.MINEUR_MOINS_DE_16_ANS: lambda c: c.age is Age.MOINS_DE_16_ANS,
    CodeMotif.MINEUR_SANS_ACTIVITE: _mineur_sans_activite,
    CodeMotif.RENOUVELLEMENT_SANS_TITRE: _renouvellement_sans_titre,
    CodeMotif.RENOUVELLEMENT_TROP_TOT: _trop_tot,
    CodeMotif.RENOUVELLEMENT_TROP_TARD: _trop_tard,
    CodeMotif.DEMANDE_EN_COURS: lambda c: c.situation.demande_en_cours,
}


def motifs_de(constats: Constats) -> tuple[CodeMotif, ...]:
    """Every reason that applies, sorted by code."""
    return tuple(sorted(code for code, quand in MOTIFS.items() if quand(constats)))
