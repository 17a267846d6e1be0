"""The dated tariff table (domain facts in docs/referentiels.md)."""

from datetime import date

import pytest

from referentiels import tarifs
from referentiels.tarifs import TarifInconnu

pytestmark = pytest.mark.django_db

AVANT, APRES = date(2026, 4, 30), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("titre", "nature", "le", "fondements", "euros", "a_confirmer"),
    [
        ("CR10", "premiere", AVANT, ("L.424-1",), 25, False),
        ("CR10", "premiere", APRES, ("L.424-1",), 50, True),
        ("CR10", "premiere", AVANT, ("L.424-13",), 225, True),
        ("CR10", "premiere", APRES, ("L.424-13",), 250, True),
        ("CR10", "renouvellement", AVANT, ("L.424-1",), 225, False),
        ("CR10", "renouvellement", APRES, (), 250, True),
        ("CSP4_BPS", "premiere", AVANT, (), 25, False),
        ("CSP4_FAMILLE_BPS", "renouvellement", AVANT, (), 225, False),
        ("CR10_FAMILLE_BPS", "premiere", AVANT, ("L.424-13",), 225, True),
        ("CST1", "premiere", AVANT, (), 25, True),
        ("CSP4_BPS", "duplicata", APRES, (), 250, True),
    ],
)
def test_the_amount_follows_title_nature_day_and_ground(
    titre: str, nature: str, le: date, fondements: tuple[str, ...], euros: int, a_confirmer: bool
) -> None:
    montant = tarifs.service().montant(titre, nature, le, fondements)
    assert (montant.euros, montant.a_confirmer) == (euros, a_confirmer)
    assert sum(ligne.euros for ligne in montant.lignes) == euros


def test_the_surcharge_for_lateness_is_told_apart() -> None:
    assert tarifs.service().majoration_retard(AVANT).euros == 180
    assert tarifs.service().majoration_retard(APRES).a_confirmer


@pytest.mark.parametrize(("titre", "nature"), [("INCONNU", "premiere"), ("CR10", "inconnue")])
def test_an_unknown_title_or_nature_has_no_amount(titre: str, nature: str) -> None:
    with pytest.raises(TarifInconnu):
        tarifs.service().montant(titre, nature, APRES)
