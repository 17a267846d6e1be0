"""Settings that would leave staff sessions open for a day, or end them before they are warned."""

import pytest

from comptes.controles import verifier_durees


@pytest.mark.parametrize(
    ("nom", "valeur", "refusee"),
    [
        ("SESSION_AGENTS_MINUTES", 14, True), ("SESSION_AGENTS_MINUTES", 15, False),
        ("SESSION_AGENTS_MINUTES", 120, False), ("SESSION_AGENTS_MINUTES", 1440, True),
        ("SECOND_FACTEUR_HEURES", 0, True), ("SECOND_FACTEUR_HEURES", 24, False), ("SECOND_FACTEUR_HEURES", 25, True),
    ],
)  # fmt: skip
def test_a_duration_outside_its_bounds_is_an_error_of_the_check(settings, nom, valeur, refusee):
    setattr(settings, nom, valeur)

    assert [erreur.id for erreur in verifier_durees(None)] == (["comptes.E001"] if refusee else [])
