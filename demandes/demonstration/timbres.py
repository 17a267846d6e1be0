"""Tax stamps of the demonstration: for each amount that can be due, three that are good and one that has served."""

from datetime import datetime, timedelta

# The amounts of the tariff table (docs/referentiels.md), then the same with the surcharge for a late renewal.
MONTANTS = (25, 50, 225, 250, 405, 430)
VALIDES_PAR_MONTANT = 3


def numero(euros: int, rang: int) -> str:
    """16 digits: 99, four digits of the amount, ten of the rank; nobody sells stamps that start so."""
    return f"99{euros:04d}{rang:010d}"


def valides(euros: int) -> list[str]:
    return [numero(euros, rang) for rang in range(1, VALIDES_PAR_MONTANT + 1)]


def utilise(euros: int) -> str:
    return numero(euros, 99)


def lignes_csv(maintenant: datetime) -> list[bytes]:
    """The file that `importer_timbres` reads, line by line; `maintenant` is aware."""
    lignes = ["numero,euros,utilise_le,reference"]
    for euros in MONTANTS:
        lignes += [f"{timbre},{euros},," for timbre in valides(euros)]
        lignes.append(
            f"{utilise(euros)},{euros},{(maintenant - timedelta(days=30)).isoformat()},demonstration"
        )
    return [ligne.encode() for ligne in lignes]
