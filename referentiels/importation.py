"""Reading of the files given to the import commands: line by line, whatever their bytes are.

A line that cannot be taken is a `Refus`; the other lines are kept.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from tqdm import tqdm

# A person with many documents takes about 5 kB; a longer line is no line of ours.
LONGUEUR_MAXIMALE = 1_000_000
# Where an import writes and gives its locks back, so that a long one can be stopped and run again.
PAR_LOT = 500
FORME_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Refus(ValueError):
    """A line cannot be taken; its message is French, without the personal data of the line."""


@dataclass(frozen=True)
class LigneRefusee:
    """The number of a line in its file, from 1, and why it was refused."""

    numero: int
    motif: str


@dataclass
class Bilan:
    """What an import did: lines kept, lines refused."""

    gardees: int
    refusees: list[LigneRefusee]


def lignes_du_fichier(chemin: Path, *, muet: bool | None = None) -> Iterator[tuple[int, bytes | None]]:
    """Give (number from 1, bytes without the end of line) for each line that is not blank.

    The bytes are None when the line is longer than `LONGUEUR_MAXIMALE`. A progress bar in bytes goes to
    stderr when it is a terminal (`muet` True: never). Raises `OSError` when the file cannot be read.
    """
    with (
        chemin.open("rb") as fichier,
        tqdm(total=chemin.stat().st_size, unit="o", unit_scale=True, disable=muet, leave=False) as barre,
    ):
        numero = 0
        while ligne := fichier.readline(LONGUEUR_MAXIMALE):
            numero += 1
            barre.update(len(ligne))
            if not ligne.endswith(b"\n") and len(ligne) == LONGUEUR_MAXIMALE:
                barre.update(_finir_la_ligne(fichier))
                yield numero, None
                continue
            ligne = ligne.removeprefix(b"\xef\xbb\xbf") if numero == 1 else ligne
            if ligne.strip():
                yield numero, ligne.rstrip(b"\r\n")


def _finir_la_ligne(fichier: BinaryIO) -> int:
    """Read the rest of a line that is too long; returns how many bytes it was."""
    lus = 0
    while suite := fichier.readline(LONGUEUR_MAXIMALE):
        lus += len(suite)
        if suite.endswith(b"\n"):
            break
    return lus


def texte_de(ligne: bytes | None) -> str:
    """Decode a line. Raises `Refus` when it is too long, is no UTF-8 or holds a NUL."""
    if ligne is None:
        raise Refus("ligne trop longue")
    try:
        texte = ligne.decode("utf-8")
    except UnicodeDecodeError:
        raise Refus("texte illisible : le fichier doit être en UTF-8") from None
    if "\x00" in texte:
        raise Refus("caractère nul dans la ligne")
    return texte


def objet_json(texte: str) -> dict[str, Any]:
    """Read a line of JSON Lines. Raises `Refus` when it is no JSON object or names a key twice."""
    try:
        objet = json.loads(texte, object_pairs_hook=_sans_doublon, parse_constant=_pas_un_nombre)
    except Refus:
        raise
    # RecursionError: thousands of brackets. ValueError: malformed text, or an integer too long to convert.
    except (ValueError, RecursionError):
        raise Refus("ce n’est pas du JSON lisible") from None
    if not isinstance(objet, dict):
        raise Refus("la ligne doit être un objet JSON, entre accolades")
    return objet


def _sans_doublon(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    objet = dict(paires)
    if len(objet) < len(paires):
        raise Refus("une clé est écrite deux fois")
    return objet


def _pas_un_nombre(constante: str) -> None:
    raise Refus("une valeur n’est pas un nombre (NaN ou Infinity)")


def cles_connues(objet: dict[str, Any], connues: set[str]) -> None:
    """Raise `Refus` naming the first key that is not known: a typing error must not lose a value."""
    for cle in objet:
        if cle not in connues:
            raise Refus(f"clé inconnue « {lisible(cle)} »")


def texte(objet: dict[str, Any], cle: str, *, longueur: int, obligatoire: bool = False) -> str:
    """The text of a key, "" when absent, null or blank. Raises `Refus`."""
    valeur = objet.get(cle)
    if valeur is None:
        valeur = ""
    if not isinstance(valeur, str):
        raise Refus(f"« {cle} » doit être un texte")
    valeur = valeur.strip()
    try:
        valeur.encode()
    except UnicodeEncodeError:
        raise Refus(f"« {cle} » contient un caractère illisible") from None
    if any(ord(c) < 32 or ord(c) == 127 for c in valeur):
        raise Refus(f"« {cle} » contient un caractère de contrôle")
    if len(valeur) > longueur:
        raise Refus(f"« {cle} » dépasse {longueur} caractères")
    if obligatoire and not valeur:
        raise Refus(f"« {cle} » manque")
    return valeur


def choix(objet: dict[str, Any], cle: str, valeurs: list[str], *, obligatoire: bool = False) -> str:
    """The text of a key, one of `valeurs` or "". Raises `Refus`."""
    valeur = texte(objet, cle, longueur=100, obligatoire=obligatoire)
    if valeur and valeur not in valeurs:
        raise Refus(f"« {cle} » doit être l’une des valeurs : {', '.join(valeurs)}")
    return valeur


def booleen(objet: dict[str, Any], cle: str, *, defaut: bool) -> bool:
    """The boolean of a key. Raises `Refus`."""
    valeur = objet.get(cle)
    if valeur is None:
        return defaut
    if not isinstance(valeur, bool):
        raise Refus(f"« {cle} » doit être true ou false")
    return valeur


def jour(objet: dict[str, Any], cle: str, *, obligatoire: bool = False) -> date | None:
    """The date of a key written YYYY-MM-DD, from 1900 on. Raises `Refus`."""
    valeur = texte(objet, cle, longueur=10, obligatoire=obligatoire)
    if not valeur:
        return None
    if not FORME_DATE.fullmatch(valeur):
        raise Refus(f"« {cle} » doit être une date écrite AAAA-MM-JJ")
    try:
        lu = date.fromisoformat(valeur)
    except ValueError:
        raise Refus(f"« {cle} » n’est pas une date du calendrier") from None
    if lu.year < 1900:
        raise Refus(f"« {cle} » est trop ancienne")
    return lu


def naissance(objet: dict[str, Any], cle: str, *, au: date) -> str:
    """A birth date "YYYY-MM-DD" whose month and day may be 00, not after `au`. Raises `Refus`."""
    valeur = texte(objet, cle, longueur=10, obligatoire=True)
    if not FORME_DATE.fullmatch(valeur):
        raise Refus(f"« {cle} » doit être une date écrite AAAA-MM-JJ (00 si le jour ou le mois est inconnu)")
    mois, quantieme = valeur[5:7], valeur[8:]
    if mois == "00" and quantieme != "00":
        raise Refus(f"« {cle} » a un jour connu et un mois inconnu")
    # The earliest possible day stands for an unknown one (R-REGLES-6).
    pleine = f"{valeur[:4]}-{mois.replace('00', '01')}-{quantieme.replace('00', '01')}"
    connue = jour({cle: pleine}, cle)
    if connue and connue > au:
        raise Refus(f"« {cle} » est dans l’avenir")
    return valeur


def lisible(brut: str) -> str:
    """A short, printable form of a text of the file, for a message."""
    return brut[:40].encode("utf-8", "replace").decode("utf-8")


def par_lots(
    lues: Iterator[tuple[int, bytes | None]],
    lire: Callable[[str], Any],
    ecrire: Callable[[list[tuple[int, Any]]], list[LigneRefusee]],
) -> Bilan:
    """Read every line with `lire`, write by lots with `ecrire`; a `Refus` of one stops no other.

    `ecrire` gets [(line number, what `lire` made)] and returns the lines that it had to refuse.
    """
    bilan = Bilan(gardees=0, refusees=[])
    lot: list[tuple[int, Any]] = []

    def vider() -> None:
        refusees = ecrire(lot) if lot else []
        bilan.gardees += len(lot) - len(refusees)
        bilan.refusees += refusees
        lot.clear()

    for numero, ligne in lues:
        try:
            lot.append((numero, lire(texte_de(ligne))))
        except Refus as refus:
            bilan.refusees.append(LigneRefusee(numero, str(refus)))
        if len(lot) == PAR_LOT:
            vider()
    vider()
    bilan.refusees.sort(key=lambda r: r.numero)
    return bilan
