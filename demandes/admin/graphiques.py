"""Plots drawn as SVG by a template: the geometry of bars and of curves by month, in the units of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

LARGEUR = 640
# Bars: the place of the names, then of the bars, then of the numbers.
NOMS, NOMBRES, PAS_DES_BARRES = 210, 60, 30
# Curves: the margins around the plot.
HAUTEUR, GAUCHE, DROITE, HAUT, BAS = 260, 48, 16, 14, 40
GRADUATIONS = 4


@dataclass(frozen=True)
class Barre:
    """One line of a bar chart."""

    nom: str
    valeur: int
    y: int
    longueur: int

    @property
    def milieu(self) -> int:
        return self.y + 15

    @property
    def fin(self) -> int:
        return NOMS + self.longueur + 8


@dataclass(frozen=True)
class Barres:
    """A bar chart: `nom` tells two charts of one page apart."""

    nom: str
    titre: str
    barres: list[Barre]
    largeur: int = LARGEUR
    debut: int = NOMS

    @property
    def hauteur(self) -> int:
        return PAS_DES_BARRES * len(self.barres) + 8


@dataclass(frozen=True)
class Point:
    """A point of a curve; a square of 8 around it starts at (gauche, haut)."""

    x: float
    y: float

    @property
    def gauche(self) -> float:
        return self.x - 4

    @property
    def haut(self) -> float:
        return self.y - 4


@dataclass(frozen=True)
class Courbe:
    """One curve, in pieces where months have no value; `trait` tells it from the others without colour."""

    nom: str
    trait: str
    morceaux: list[list[Point]]

    @property
    def traces(self) -> list[str]:
        """The pieces as values of `points`."""
        return [" ".join(f"{point.x:g},{point.y:g}" for point in morceau) for morceau in self.morceaux]

    @property
    def points(self) -> list[Point]:
        return [point for morceau in self.morceaux for point in morceau]


@dataclass(frozen=True)
class Courbes:
    """Curves over months, with the marks of both axes."""

    nom: str
    titre: str
    courbes: list[Courbe]
    # (place, text).
    abscisses: list[tuple[float, str]]
    ordonnees: list[tuple[float, str]]
    largeur: int = LARGEUR
    hauteur: int = HAUTEUR
    gauche: int = GAUCHE
    droite: int = LARGEUR - DROITE
    bas: int = HAUTEUR - BAS


def barres(nom: str, titre: str, valeurs: Sequence[tuple[str, int]]) -> Barres:
    """One bar for each (name, number), the greatest taking all the room."""
    plus_grande = max((valeur for _nom, valeur in valeurs), default=0) or 1
    place = LARGEUR - NOMS - NOMBRES
    return Barres(
        nom,
        titre,
        [
            Barre(libelle, valeur, 4 + PAS_DES_BARRES * rang, round(place * valeur / plus_grande))
            for rang, (libelle, valeur) in enumerate(valeurs)
        ],
    )


def courbes(
    nom: str, titre: str, mois: Sequence[str], series: Sequence[tuple[str, str, Sequence[float | None]]]
) -> Courbes:
    """One curve for each (name, stroke, value of each month or None)."""
    plus_grande = max((v for _nom, _trait, valeurs in series for v in valeurs if v is not None), default=0)
    sommet = _rond(plus_grande)
    pas = (LARGEUR - GAUCHE - DROITE) / max(len(mois) - 1, 1)
    hauteur = HAUTEUR - HAUT - BAS

    def y(valeur: float) -> float:
        return round(HAUT + hauteur * (1 - valeur / sommet), 1)

    def x(rang: int) -> float:
        return round(GAUCHE + pas * rang, 1)

    # One month in two or more when there are many: their names would overlap.
    saut = ceil(len(mois) / 12)
    return Courbes(
        nom,
        titre,
        [
            Courbe(
                nom_de_serie,
                trait,
                _morceaux([v if v is None else Point(x(r), y(v)) for r, v in enumerate(valeurs)]),
            )
            for nom_de_serie, trait, valeurs in series
        ],
        [(x(rang), texte) for rang, texte in enumerate(mois) if rang % saut == 0],
        [
            (y(sommet * part / GRADUATIONS), f"{sommet * part / GRADUATIONS:g}")
            for part in range(GRADUATIONS + 1)
        ],
    )


def _morceaux(points: Sequence[Point | None]) -> list[list[Point]]:
    """The runs of points that follow each other."""
    morceaux: list[list[Point]] = [[]]
    for point in points:
        if point is not None:
            morceaux[-1].append(point)
        elif morceaux[-1]:
            morceaux.append([])
    return [morceau for morceau in morceaux if morceau]


def _rond(valeur: float) -> float:
    """The first of 1, 2, 4, 8 times a power of ten that is not below `valeur`: a scale whose quarters are plain."""
    if valeur <= 0:
        return GRADUATIONS
    unite = 10 ** int(log10(valeur))
    return next(unite * fois for fois in (1, 2, 4, 8, 10, 20) if unite * fois >= valeur)
