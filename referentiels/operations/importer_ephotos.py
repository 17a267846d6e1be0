"""Import e-photo codes from CSV (format: docs/referentiels.md)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from referentiels import importation
from referentiels.ephoto import CodeMalforme, normaliser
from referentiels.importation import Bilan, LigneRefusee, Refus
from referentiels.models import Ephoto

OBLIGATOIRES = ("code", "active_le", "expire_le")
FACULTATIVES = ("utilise_le", "reference")
VERROU = 735_003


class EnteteInconnu(ValueError):
    """The first line does not name the columns; its message is French."""


@dataclass(frozen=True)
class _Format:
    separateur: str
    colonnes: list[str]


def importer_ephotos(lues: Iterator[tuple[int, bytes | None]]) -> Bilan:
    """Import the lines of `importation.lignes_du_fichier`, the first of which names the columns.

    A known code gets the dates of the file. A code used since is not made free by a file that says
    nothing of its use. Raises `EnteteInconnu`.
    """
    format_ = _format(lues)
    return importation.par_lots(lues, lambda texte: _lire(texte, format_), _ecrire)


def _format(lues: Iterator[tuple[int, bytes | None]]) -> _Format:
    try:
        entete = importation.texte_de(next(lues, (0, b""))[1])
    except Refus as refus:
        raise EnteteInconnu(str(refus)) from None
    separateur = ";" if ";" in entete else ","
    colonnes = [c.strip().strip('"').lower() for c in entete.split(separateur)]
    permises = {*OBLIGATOIRES, *FACULTATIVES}
    if not set(OBLIGATOIRES) <= set(colonnes) <= permises or len(set(colonnes)) < len(colonnes):
        raise EnteteInconnu(
            f"la première ligne doit nommer les colonnes {', '.join(OBLIGATOIRES)}, "
            f"et au choix {', '.join(FACULTATIVES)}"
        )
    return _Format(separateur, colonnes)


def _lire(texte: str, format_: _Format) -> Ephoto:
    try:
        cases = next(csv.reader([texte], delimiter=format_.separateur, strict=True))
    except csv.Error:
        raise Refus("ce n’est pas une ligne de CSV lisible") from None
    if len(cases) != len(format_.colonnes):
        raise Refus(f"la ligne a {len(cases)} colonnes au lieu de {len(format_.colonnes)}")
    valeurs = dict(zip(format_.colonnes, cases, strict=True))
    try:
        code = normaliser(valeurs["code"])
    except CodeMalforme:
        raise Refus("« code » doit avoir 21 ou 22 lettres et chiffres") from None
    active_le = _instant(valeurs, "active_le", obligatoire=True)
    expire_le = _instant(valeurs, "expire_le", obligatoire=True)
    if active_le and expire_le and expire_le <= active_le:
        raise Refus("« expire_le » ne vient pas après « active_le »")
    return Ephoto(
        code=code,
        active_le=active_le,
        expire_le=expire_le,
        utilise_le=_instant(valeurs, "utilise_le"),
        reference=importation.texte(valeurs, "reference", longueur=60),
    )


def _instant(valeurs: dict[str, str], cle: str, *, obligatoire: bool = False) -> datetime | None:
    """An instant in ISO 8601; without a zone it is the time in Paris, without a time midnight."""
    valeur = importation.texte(valeurs, cle, longueur=40, obligatoire=obligatoire)
    if not valeur:
        return None
    try:
        instant = datetime.fromisoformat(valeur)
        # PostgreSQL and UTC arithmetic both fail near the ends of the calendar.
        if not 1900 <= instant.year <= 9000:
            raise ValueError
    except ValueError:
        raise Refus(f"« {cle} » doit être une date (AAAA-MM-JJ ou AAAA-MM-JJTHH:MM)") from None
    return timezone.make_aware(instant) if timezone.is_naive(instant) else instant


def _ecrire(lot: list[tuple[int, Ephoto]]) -> list[LigneRefusee]:
    # The last line on a code wins, as it would if the lines came in two files.
    par_code = {ephoto.code: ephoto for _, ephoto in lot}
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        Ephoto.objects.bulk_create(
            [Ephoto(code=e.code, active_le=e.active_le, expire_le=e.expire_le) for e in par_code.values()],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["active_le", "expire_le"],
        )
        for ephoto in par_code.values():
            if ephoto.utilise_le:
                Ephoto.objects.filter(code=ephoto.code, utilise_le=None).update(
                    utilise_le=ephoto.utilise_le, reference=ephoto.reference
                )
    return []
