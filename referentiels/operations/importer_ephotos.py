"""Import e-photo codes from CSV (format: docs/referentiels.md)."""

from collections.abc import Iterator

from django.db import connection, transaction

from referentiels import importation
from referentiels.ephoto import CodeMalforme, normaliser
from referentiels.importation import Bilan, LigneRefusee, Refus
from referentiels.lecture_csv import FormatCsv, instant, lire_entete
from referentiels.models import Ephoto

OBLIGATOIRES = ("code", "active_le", "expire_le")
FACULTATIVES = ("utilise_le", "reference")
VERROU = 735_003


def importer_ephotos(lues: Iterator[tuple[int, bytes | None]]) -> Bilan:
    """Import the lines of `importation.lignes_du_fichier`, the first of which names the columns.

    A known code gets the dates of the file. A code used since is not made free by a file that says
    nothing of its use. Raises `EnteteInconnu`.
    """
    format_ = lire_entete(lues, obligatoires=OBLIGATOIRES, facultatives=FACULTATIVES)
    return importation.par_lots(lues, lambda texte: _lire(texte, format_), _ecrire)


def _lire(texte: str, format_: FormatCsv) -> Ephoto:
    valeurs = format_.cases(texte)
    try:
        code = normaliser(valeurs["code"])
    except CodeMalforme:
        raise Refus("« code » doit avoir 21 ou 22 lettres et chiffres") from None
    active_le = instant(valeurs, "active_le", obligatoire=True)
    expire_le = instant(valeurs, "expire_le", obligatoire=True)
    if active_le and expire_le and expire_le <= active_le:
        raise Refus("« expire_le » ne vient pas après « active_le »")
    return Ephoto(
        code=code,
        active_le=active_le,
        expire_le=expire_le,
        utilise_le=instant(valeurs, "utilise_le"),
        reference=importation.texte(valeurs, "reference", longueur=60),
    )


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
