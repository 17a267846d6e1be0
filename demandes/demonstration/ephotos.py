"""E-photo codes of the demonstration, in every state of R-EPHOTO-1."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from demandes.demonstration.dossier import DossierFictif

VALIDES = [f"DEMOVALIDE{rang:012d}" for rang in range(1, 31)]
# 21 characters, accepted as well.
VALIDE_21 = "DEMOVALIDE00000000021"
EXPIREE = "DEMOEXPIRE000000000001"
UTILISEE = "DEMOUTILISE00000000001"
# Known to the service, active in 24 hours.
EN_ATTENTE = "DEMOATTENTE00000000001"
# Well formed, on no service: the deposit goes through and the code is checked again.
INCONNUE = "DEMOINCONNUE0000000001"


def lignes_csv(maintenant: datetime, dossiers: Iterable[DossierFictif]) -> list[bytes]:
    """The file that `importer_ephotos` reads, line by line; `maintenant` is aware.

    Each of `dossiers` has a code of its own, taken two days before its deposit.
    """
    jour = timedelta(days=1)
    codes = [(code, maintenant - jour, maintenant + 180 * jour, "") for code in [*VALIDES, VALIDE_21]]
    codes += [
        (d.ephoto, maintenant - (d.depose + 2) * jour, maintenant + (178 - d.depose) * jour, "")
        for d in dossiers
    ]
    codes += [
        (EXPIREE, maintenant - 200 * jour, maintenant - 20 * jour, ""),
        (UTILISEE, maintenant - 30 * jour, maintenant + 150 * jour, "demonstration"),
        (EN_ATTENTE, maintenant + jour, maintenant + 181 * jour, ""),
    ]
    lignes = ["code,active_le,expire_le,utilise_le,reference"]
    for code, active_le, expire_le, reference in codes:
        utilise_le = active_le.isoformat() if reference else ""
        lignes.append(f"{code},{active_le.isoformat()},{expire_le.isoformat()},{utilise_le},{reference}")
    return [ligne.encode() for ligne in lignes]
