import pytest
from hypothesis import given
from hypothesis import strategies as st

from attestations.deuxddoc.champs import CHAMPS, OBLIGATOIRES
from attestations.deuxddoc.ecriture import encoder, encoder_prenoms
from attestations.deuxddoc.message import (
    GS,
    RS,
    Defaut,
    MessageIllisible,
    Valeur,
    ValeurInvalide,
    ecrire,
    lire,
    valeur,
)


def valeurs_de(identifiant):
    """Any value that the standard allows in that field, cut or not."""
    champ = CHAMPS[identifiant]
    textes = st.from_regex(champ.motif, fullmatch=True)
    if champ.fixe:
        # A regular expression such as [0-9]* says nothing of the length: the alphabet does.
        alphabet = [
            c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 " if champ.motif.fullmatch(c * champ.minimum)
        ]
        if alphabet and champ.identifiant not in {
            "67",
            "68",
            "69",
            "6C",
            "6I",
            "6J",
            "6L",
            "6N",
            "6O",
            "6Y",
            "6W",
        }:
            textes = st.text(alphabet, min_size=champ.minimum, max_size=champ.minimum)
        return textes.map(lambda texte: Valeur(identifiant, texte))
    longueur = 80 if champ.maximum is None else champ.maximum
    textes = textes.filter(lambda texte: champ.minimum <= len(texte) <= longueur)
    return st.builds(Valeur, st.just(identifiant), textes, st.booleans())


@given(st.permutations(sorted(CHAMPS)).flatmap(lambda ids: st.tuples(*map(valeurs_de, ids[:12]))))
def test_what_is_written_is_read_back_in_any_order(valeurs):
    assert lire(ecrire(valeurs)) == list(valeurs)


def test_a_value_shorter_than_its_maximum_ends_with_gs_unless_it_is_the_last():
    assert ecrire([Valeur("62", "SPECIMEN"), Valeur("6X", "PARIS")]) == f"62SPECIMEN{GS}6XPARIS"


def test_an_empty_value_ends_with_gs():
    assert ecrire([Valeur("63", ""), Valeur("68", "F")]) == f"63{GS}68F"


def test_a_value_of_full_or_fixed_length_needs_no_separator():
    assert (
        ecrire([Valeur("6Q", "7503120521"), Valeur("6W", "75000"), Valeur("68", "F")])
        == "6Q75031205216W7500068F"
    )


def test_a_value_that_was_cut_ends_with_rs_even_last_even_full():
    assert ecrire([valeur("62", "A" * 39)]) == f"62{'A' * 38}{RS}"
    assert lire(f"62{'A' * 38}{RS}68F") == [Valeur("62", "A" * 38, tronquee=True), Valeur("68", "F")]


def test_a_value_of_exactly_the_maximum_is_not_cut():
    prenoms = encoder_prenoms(["A" * 29, "B" * 30])
    assert (len(prenoms.texte), prenoms.tronquee) == (60, False)
    assert ecrire([prenoms, Valeur("68", "F")]) == f"60{prenoms.texte}68F"


def test_the_first_names_are_six_at_most_and_sixty_letters():
    sept = encoder_prenoms(["Ana", "Béa", "Cléo", "Dée", "Eva", "Flo", "Gil"])
    assert sept == Valeur("60", "ANA/BEA/CLEO/DEE/EVA/FLO", tronquee=True)
    longs = encoder_prenoms(["Maximilienne"] * 6)
    assert longs.tronquee
    assert len(longs.texte) <= 60
    assert "/".join(["MAXIMILIENNE"] * 6).startswith(longs.texte)
    assert encoder_prenoms(["Jean-Baptiste", " ", "😀"]) == Valeur("60", "JEAN BAPTISTE")
    assert encoder_prenoms([]) == Valeur("60", "")


def test_a_cut_value_does_not_end_with_half_a_separator():
    assert valeur("62", "A" * 37 + " B") == Valeur("62", "A" * 37, tronquee=True)


def test_separators_that_were_not_needed_are_accepted():
    assert lire(f"6Q7503120521{GS}68F{GS}62X{GS}") == [
        Valeur("6Q", "7503120521"),
        Valeur("68", "F"),
        Valeur("62", "X"),
    ]


@pytest.mark.parametrize(
    "donnee",
    [
        Valeur("62", "Ä"),
        Valeur("62", "A" * 39),
        Valeur("6W", "7500"),
        Valeur("6W", "75000", tronquee=True),
        Valeur("67", "F1"),
        Valeur("69", "32011990"),
        Valeur("6P", "AUTORISE A TRAVAILLER 24H"),
        Valeur("6R", "FRA123"),
        Valeur("62", f"A{GS}B"),
    ],
)
def test_what_the_standard_forbids_is_not_written(donnee):
    with pytest.raises(ValeurInvalide, match=donnee.identifiant):
        ecrire([donnee])


@pytest.mark.parametrize(
    ("texte", "defaut", "identifiant"),
    [
        ("ZZ12", Defaut.CHAMP_INCONNU, "ZZ"),
        (f"62A{GS}6", Defaut.CHAMP_INCONNU, "6"),
        ("6K123", Defaut.VALEUR, "6K"),
        ("68", Defaut.VALEUR, "68"),
        (f"{GS}62A", Defaut.CHAMP_INCONNU, f"{GS}6"),
    ],
)
def test_a_message_that_cannot_be_cut_says_where(texte, defaut, identifiant):
    with pytest.raises(MessageIllisible) as refus:
        lire(texte)
    assert (refus.value.defaut, refus.value.identifiant) == (defaut, identifiant)


def test_the_catalogue_holds_every_mandatory_field():
    assert set(OBLIGATOIRES) <= CHAMPS.keys()
    assert encoder("66", "fra 12-3").texte == "FRA123"
