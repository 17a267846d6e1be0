"""Every code has its sentences and its source, in plain and correct French."""

import re
from dataclasses import asdict, astuple
from datetime import date

import pytest

from demandes.regles import codes, textes
from demandes.regles.attestations import Droits
from demandes.regles.constats import FAMILLES, PROTEGES
from demandes.regles.faits import DateNaissance
from demandes.regles.phrases import Mot, Phrase
from demandes.regles.titres import LIGNES
from demandes.regles.trace import NOMS_LIENS, NOMS_TITRES_DETENUS

TABLES = [
    (textes.MOTIFS, codes.CodeMotif),
    (textes.ALERTES, codes.CodeAlerte),
    (textes.TITRES, codes.CodeTitre),
    (textes.ATTESTATIONS, codes.TypeAttestation),
    (textes.PIECES, codes.CodePiece),
    (textes.CONDITIONS, codes.Condition),
    (textes.LIGNES_TITRE, {ligne.cle for ligne in LIGNES}),
    (textes.LIGNES_ATTESTATION, PROTEGES | FAMILLES),
    (textes.DROITS, set(Droits.__slots__)),
]


@pytest.mark.parametrize(("table", "attendus"), TABLES)
def test_every_code_has_its_text_and_no_text_is_left_over(table, attendus):
    assert set(table) == set(attendus)


def _phrases():
    for table in (textes.MOTIFS, textes.ALERTES, textes.INFORMATIONS, textes.LIGNES_TITRE, textes.PIECES):
        for texte in table.values():
            assert texte.source
            yield from (valeur for champ, valeur in asdict(texte).items() if champ != "source")
    for table in (textes.TITRES, textes.ATTESTATIONS):
        for texte in table.values():
            yield from astuple(texte)
    for texte in textes.LIGNES_ATTESTATION.values():
        yield from (texte.fait, texte.regle)
    yield from textes.CONDITIONS.values()
    yield from textes.FONDEMENTS.values()
    for droit in textes.DROITS.values():
        yield from droit.values()
    yield from map(str, [*NOMS_LIENS.values(), *NOMS_TITRES_DETENUS.values()])


PHRASES = sorted(set(_phrases()))


@pytest.mark.parametrize("phrase", PHRASES)
def test_french_punctuation_has_its_no_break_spaces(phrase):
    assert not re.search(r"[^\u00a0][:;?!»](?!\w)|«[^\u00a0]", phrase)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_sentence_has_twenty_words_at_most(phrase):
    for une in re.split(r"(?<=\.) |(?<=\u00a0:) ", phrase):
        assert len(une.split(" ")) <= 20, une


def test_each_ground_of_the_table_of_permits_is_worded():
    assert {article for ligne in LIGNES for article in ligne.fondements} | {"L.421-35"} == set(
        textes.FONDEMENTS
    )


def test_a_phrase_is_translated_with_its_words_and_dates():
    phrase = Phrase.de(
        "{lien} né le {naissance}, le {jour}, {age} ans",
        {
            "lien": Mot("enfant"),
            "naissance": DateNaissance(2010, 5, 0),
            "jour": date(2026, 11, 23),
            "age": 16,
            "x": 1,
        },
    )

    assert str(phrase) == "enfant né le 05/2010, le 23 novembre 2026, 16 ans"
    anglais = {"enfant": "child", phrase.modele: "{age}-year-old {lien} born {naissance}, on {jour}"}
    assert (
        phrase.rendre(anglais.__getitem__, date.isoformat) == "16-year-old child born 05/2010, on 2026-11-23"
    )


def test_a_birth_date_is_said_as_far_as_it_is_known():
    def dit(annee, mois, jour):
        return str(Phrase.de("{n}", {"n": DateNaissance(annee, mois, jour)}))

    assert dit(1990, 0, 0) == "1990"
    assert dit(1990, 4, 0) == "04/1990"
    assert dit(1990, 4, 1) == "1er avril 1990"


def test_a_phrase_that_lacks_a_value_is_refused():
    with pytest.raises(KeyError):
        Phrase.de("{absent}", {})
