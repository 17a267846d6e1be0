"""Import electronic tax stamps from CSV (format: docs/referentiels.md)."""

import re
from collections.abc import Iterator

from django.db import connection, transaction

from referentiels import importation
from referentiels.importation import Bilan, LigneRefusee, Refus
from referentiels.lecture_csv import FormatCsv, instant, lire_entete
from referentiels.models import Timbre

OBLIGATOIRES = ("numero", "euros")
FACULTATIVES = ("utilise_le", "reference")
VERROU = 735_004
NUMERO = re.compile(r"[0-9]{16}")
# No line of the tariffs comes near; a larger amount is a column taken for another.
EUROS = re.compile(r"[1-9][0-9]{0,3}")


def importer_timbres(lues: Iterator[tuple[int, bytes | None]]) -> Bilan:
    """Import the lines of `importation.lignes_du_fichier`, the first of which names the columns.

    A known stamp that has not served gets the amount of the file. One that has served stays used, also when the
    file says nothing of its use; a line that gives it another amount is refused. Raises `EnteteInconnu`.
    """
    format_ = lire_entete(lues, obligatoires=OBLIGATOIRES, facultatives=FACULTATIVES)
    return importation.par_lots(lues, lambda texte: _lire(texte, format_), _ecrire)


def _lire(texte: str, format_: FormatCsv) -> Timbre:
    valeurs = format_.cases(texte)
    numero = "".join(valeurs["numero"].split())
    if not NUMERO.fullmatch(numero):
        raise Refus("« numero » doit avoir 16 chiffres")
    euros = valeurs["euros"].strip()
    if not EUROS.fullmatch(euros):
        raise Refus("« euros » doit être un nombre entier d’euros, de 1 à 9999")
    utilise_le = instant(valeurs, "utilise_le")
    reference = importation.texte(valeurs, "reference", longueur=60)
    if reference and utilise_le is None:
        raise Refus("« reference » est donnée sans « utilise_le »")
    return Timbre(numero=numero, euros=int(euros), utilise_le=utilise_le, reference=reference)


def _ecrire(lot: list[tuple[int, Timbre]]) -> list[LigneRefusee]:
    refusees = []
    with transaction.atomic():
        with connection.cursor() as curseur:
            # Two imports at once wait for each other, lot by lot.
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        # Locked, used or not: none of them is taken by an agent between this look and the writing.
        connus = list(
            Timbre.objects.select_for_update()
            .filter(numero__in={timbre.numero for _, timbre in lot})
            .order_by("numero")
        )
        servis = {connu.numero: connu.euros for connu in connus if connu.utilise_le is not None}
        gardes: dict[str, Timbre] = {}
        for rang, timbre in lot:
            if servis.get(timbre.numero, timbre.euros) != timbre.euros:
                refusees.append(LigneRefusee(rang, "ce timbre a déjà servi, pour un autre montant"))
            else:
                # The last line on a stamp wins, as it would if the lines came in two files.
                gardes[timbre.numero] = timbre
        Timbre.objects.bulk_create(
            [Timbre(numero=t.numero, euros=t.euros) for t in gardes.values()],
            update_conflicts=True,
            unique_fields=["numero"],
            update_fields=["euros"],
        )
        for timbre in gardes.values():
            if timbre.utilise_le:
                Timbre.objects.filter(numero=timbre.numero, utilise_le=None).update(
                    utilise_le=timbre.utilise_le, reference=timbre.reference
                )
    return refusees
