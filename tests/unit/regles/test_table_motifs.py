"""The reasons of R-REGLES-4: each line is a person, and every reason that keeps them from applying here."""

from dataclasses import replace
from datetime import date

import pytest

from demandes.regles.faits import DateNaissance, Nature, Recepisse
from demandes.regles.orientation import orienter
from tests.unit.regles.exemples import (
    APATRIDE,
    AU,
    AUTRE,
    DIX_SEPT_ANS,
    DOUZE_ANS,
    PRESQUE_QUATRE_ANS,
    PROTEGE_SUBSIDIAIRE,
    QUATRE_ANS_PILE,
    REFUGIE,
    famille,
    renouvelle,
)

DE_BPS = famille("protection_subsidiaire")
LOINTAIN = date(2028, 1, 1)
PASSE = date(2026, 5, 22)

# ruff: noqa: E501
# fmt: off
TABLE = {
    "a refugee who has a number": (REFUGIE, []),
    "a visa number is enough": (replace(REFUGIE, numero_etranger=None, numero_visa="FRA123456789"), []),
    "a stateless person": (APATRIDE, ["APATRIDE"]),
    "family of a stateless person": (famille("apatride"), ["APATRIDE"]),
    "a stateless child of twelve": (replace(APATRIDE, date_naissance=DOUZE_ANS), ["APATRIDE", "MINEUR_MOINS_DE_16_ANS"]),
    "no status and no family": (AUTRE, ["STATUT_HORS_CHAMP"]),
    "a family member whose link nobody told": (replace(DE_BPS, lien=None), ["STATUT_HORS_CHAMP"]),
    "no number at all": (replace(REFUGIE, numero_etranger=None), ["SANS_NUMERO"]),
    "a receipt of a refugee": (replace(REFUGIE, recepisse=Recepisse.RECONNU_REFUGIE), ["RECEPISSE_EN_COURS"]),
    "a receipt, whatever the status": (replace(AUTRE, recepisse=Recepisse.PROTECTION_SUBSIDIAIRE), ["RECEPISSE_EN_COURS", "STATUT_HORS_CHAMP"]),
    "the eve of sixteen": (replace(REFUGIE, date_naissance=DateNaissance(2010, 11, 24), souhaite_travailler=True), ["MINEUR_MOINS_DE_16_ANS"]),
    "sixteen today, wishes to work": (replace(REFUGIE, date_naissance=DateNaissance(2010, 11, 23), souhaite_travailler=True), []),
    "sixteen today, does not": (replace(REFUGIE, date_naissance=DateNaissance(2010, 11, 23)), ["MINEUR_SANS_ACTIVITE"]),
    "seventeen, family, does not work": (replace(DE_BPS, date_naissance=DIX_SEPT_ANS), ["MINEUR_SANS_ACTIVITE"]),
    "eighteen today": (replace(REFUGIE, date_naissance=DateNaissance(2008, 11, 23)), []),
    "born in an unknown month of the year": (replace(REFUGIE, date_naissance=DateNaissance(2008, 0, 0)), []),
    "renewal of nothing": (replace(REFUGIE, nature=Nature.RENOUVELLEMENT), ["RENOUVELLEMENT_SANS_TITRE"]),
    "renewal too early": (renouvelle(REFUGIE, fin=LOINTAIN), ["RENOUVELLEMENT_TROP_TOT"]),
    "renewal too late": (renouvelle(REFUGIE, fin=PASSE), ["RENOUVELLEMENT_TROP_TARD"]),
    "a first request looks at no window": (replace(renouvelle(REFUGIE, fin=LOINTAIN), nature=Nature.PREMIERE), []),
    "an open request": (replace(REFUGIE, demande_en_cours=True), ["DEMANDE_EN_COURS"]),
    "four years with the CSP: no need to wait": (replace(renouvelle(PROTEGE_SUBSIDIAIRE, "csp_bps", fin=LOINTAIN), residence_reguliere_depuis=QUATRE_ANS_PILE), []),
    "four years less a day: wait": (replace(renouvelle(PROTEGE_SUBSIDIAIRE, "csp_bps", fin=LOINTAIN), residence_reguliere_depuis=PRESQUE_QUATRE_ANS), ["RENOUVELLEMENT_TROP_TOT"]),
    "four years without the CSP: wait": (replace(renouvelle(PROTEGE_SUBSIDIAIRE, "cst", fin=LOINTAIN), residence_reguliere_depuis=QUATRE_ANS_PILE), ["RENOUVELLEMENT_TROP_TOT"]),
    "four years of a refugee: wait": (replace(renouvelle(REFUGIE, "csp_bps", fin=LOINTAIN), residence_reguliere_depuis=QUATRE_ANS_PILE), ["RENOUVELLEMENT_TROP_TOT"]),
    "four years of family, any permit": (replace(renouvelle(DE_BPS, "autre", fin=LOINTAIN), residence_reguliere_depuis=QUATRE_ANS_PILE), []),
    "four years lift the wait at any age": (replace(renouvelle(DE_BPS, "autre", fin=LOINTAIN), date_naissance=DOUZE_ANS, residence_reguliere_depuis=QUATRE_ANS_PILE), ["MINEUR_MOINS_DE_16_ANS"]),
    "four years never lift lateness": (replace(renouvelle(DE_BPS, fin=PASSE), residence_reguliere_depuis=QUATRE_ANS_PILE), ["RENOUVELLEMENT_TROP_TARD"]),
    "everything at once": (
        replace(renouvelle(APATRIDE, fin=LOINTAIN), date_naissance=DIX_SEPT_ANS, numero_etranger=None, demande_en_cours=True, recepisse=Recepisse.RECONNU_REFUGIE),
        ["APATRIDE", "DEMANDE_EN_COURS", "MINEUR_SANS_ACTIVITE", "RECEPISSE_EN_COURS", "RENOUVELLEMENT_TROP_TOT", "SANS_NUMERO"],
    ),
}
# fmt: on


@pytest.mark.parametrize(("situation", "motifs"), TABLE.values(), ids=TABLE.keys())
def test_every_reason_that_applies_is_told(situation, motifs):
    reponse = orienter(situation, AU).vers_dict()

    assert reponse["motifs"] == motifs
    assert reponse["recevable"] is (not motifs)
    if motifs:
        assert reponse["titre"] is None
        assert reponse["attestation"] is None
        assert reponse["pieces"] == []
        assert reponse["fondements"] == []


def test_too_early_says_the_opening_day_and_offers_a_reminder():
    (motif,) = orienter(renouvelle(REFUGIE, fin=LOINTAIN), AU).etapes("motif")

    assert "1er octobre 2027" in str(motif.que_faire)
    assert "rappel" in str(motif.que_faire)
