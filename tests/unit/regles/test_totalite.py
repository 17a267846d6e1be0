"""R-REGLES-1: the rules are total. The product of the enums and of the days that matter is walked."""

from collections import Counter
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demandes.regles import textes
from demandes.regles.codes import CodeTitre
from demandes.regles.constats import Age, Qui, constater
from demandes.regles.faits import (
    DateNaissance,
    Lien,
    Nature,
    Recepisse,
    Situation,
    Statut,
    StatutProtege,
    TitreDetenu,
    TypeTitre,
)
from demandes.regles.orientation import orienter
from demandes.regles.pieces import pieces_de
from demandes.regles.titres import LIGNES, ligne_de_titre
from tests.unit.regles.exemples import AU
from tests.unit.regles.test_lecture import SITUATIONS

NAISSANCES = [
    DateNaissance(2026, 11, 23),
    DateNaissance(2010, 11, 24),
    DateNaissance(2010, 11, 23),
    DateNaissance(2008, 11, 24),
    DateNaissance(2008, 11, 23),
    DateNaissance(2007, 11, 23),
    DateNaissance(1990, 0, 0),
    DateNaissance(2030, 1, 1),
]
FINS = [date(2026, 5, 22), date(2026, 5, 23), date(2027, 1, 21), date(2027, 2, 23), date(2027, 2, 24)]
TITRES = [
    None,
    *(TitreDetenu(type_titre, date(2016, 1, 1), fin) for type_titre, fin in product(TypeTitre, FINS)),
]
RESIDENCES = [None, date(2022, 11, 23), date(2022, 11, 24)]
FAMILLES = [
    (Statut.MEMBRE_FAMILLE, lien, protege) for lien, protege in product([None, *Lien], [None, *StatutProtege])
]
PERSONNES = [(statut, None, None) for statut in Statut] + FAMILLES


@pytest.mark.parametrize(("statut", "lien", "protege"), PERSONNES)
def test_every_combination_gets_an_answer_in_words(statut, lien, protege):
    for nature, naissance, travaille, titre, depuis in product(
        Nature, NAISSANCES, (False, True), TITRES, RESIDENCES
    ):
        situation = Situation(
            statut=statut,
            lien=lien,
            statut_du_protege=protege,
            nature=nature,
            date_naissance=naissance,
            souhaite_travailler=travaille,
            numero_etranger="7503120521" if travaille else None,
            recepisse=None if travaille else Recepisse.RECONNU_REFUGIE,
            titre_detenu=titre,
            residence_reguliere_depuis=depuis,
            date_naissance_protege=depuis,
            date_mariage=depuis,
            date_demande_asile_protege=date(2021, 1, 1),
            demande_en_cours=not travaille,
        )
        verifier(situation, AU)


@given(SITUATIONS, st.dates())
def test_any_situation_on_any_day_gets_an_answer_in_words(situation, au):
    verifier(situation, au)


def verifier(situation, au):
    orientation = orienter(situation, au)
    reponse = orientation.vers_dict()

    assert reponse["recevable"] is (reponse["motifs"] == [])
    assert (reponse["titre"] is not None) is reponse["recevable"]
    assert (reponse["attestation"] is not None) is reponse["recevable"]
    assert bool(reponse["pieces"]) is reponse["recevable"]
    assert bool(reponse["fondements"]) is reponse["recevable"]
    for cle in ("motifs", "alertes", "pieces", "fondements"):
        assert reponse[cle] == sorted(set(reponse[cle]))
    expliques = Counter(etape.code for etape in orientation.trace)
    attendus = [*reponse["motifs"], *reponse["alertes"]]
    if reponse["recevable"]:
        attendus += [reponse["titre"]["code"], reponse["attestation"]["type"]]
        assert set(reponse["fondements"]) <= textes.FONDEMENTS.keys()
    for code in attendus:
        assert expliques[code] == 1
    for article in reponse["fondements"]:
        assert any(article in etape.source for etape in orientation.trace)
    for ligne in reponse["trace"]:
        assert set(ligne) == {"fait", "regle", "conclusion"}
        assert all(ligne.values())
        assert "{" not in "".join(ligne.values())
    for piece in pieces_de(situation, au):
        assert piece.obligatoire is (piece.condition is None)


def test_each_row_of_the_table_of_permits_serves_and_each_permit_is_given():
    assert {ligne.titre.code for ligne in LIGNES} == set(CodeTitre)
    assert len({ligne.cle for ligne in LIGNES}) == len(LIGNES)
    for ligne in LIGNES:
        if ligne.option is None:
            assert ligne_de_titre(_constats_de(ligne)) is ligne


def _constats_de(ligne):
    statuts = {
        Qui.REFUGIE: (Statut.REFUGIE, None),
        Qui.PROTECTION_SUBSIDIAIRE: (Statut.PROTECTION_SUBSIDIAIRE, None),
        Qui.FAMILLE_REFUGIE: (Statut.MEMBRE_FAMILLE, StatutProtege.REFUGIE),
        Qui.FAMILLE_PROTECTION_SUBSIDIAIRE: (Statut.MEMBRE_FAMILLE, StatutProtege.PROTECTION_SUBSIDIAIRE),
    }
    statut, protege = statuts[ligne.qui]
    mineur = ligne.age is Age.DE_16_A_18_ANS
    situation = Situation(
        statut=statut,
        statut_du_protege=protege,
        lien=Lien.CONJOINT if protege else None,
        nature=Nature.PREMIERE,
        date_naissance=DateNaissance(2009 if mineur else 1990, 1, 1),
        titre_detenu=TitreDetenu(TypeTitre.CSP_BPS, date(2022, 1, 1), date(2026, 1, 1)),
        residence_reguliere_depuis=date(2020, 1, 1) if ligne.par_quatre_ans else None,
    )
    return constater(situation, AU)
