"""The one function of the rules: facts and a day in, an Orientation out (R-REGLES-1)."""

from dataclasses import dataclass
from datetime import date

from demandes.regles.alertes import alertes_de
from demandes.regles.attestations import Attestation, attestation_au_depot
from demandes.regles.codes import CodeAlerte, CodeMotif, CodePiece
from demandes.regles.constats import constater
from demandes.regles.faits import Situation
from demandes.regles.fenetre import Fenetre, InformationsRenouvellement, informations_de
from demandes.regles.motifs import motifs_de
from demandes.regles.parametres import PARAMETRES, Parametres
from demandes.regles.pieces import codes_de
from demandes.regles.titres import Titre, fondements, ligne_de_titre
from demandes.regles.trace import (
    Etape,
    Genre,
    etape,
    etape_attestation,
    etape_du_mineur,
    etape_titre,
    etapes_renouvellement,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """What this person may ask here on this day, and why.

    ``recevable``: no reason of R-REGLES-4 applies. Then ``titre`` and ``attestation`` are given; otherwise
    they are None and ``pieces`` and ``fondements`` are empty. ``fenetre`` and ``renouvellement`` are given
    for every renewal with a permit held. Codes are sorted. ``trace`` says why, in words.
    """

    recevable: bool
    motifs: tuple[CodeMotif, ...]
    titre: Titre | None
    attestation: Attestation | None
    fenetre: Fenetre | None
    alertes: tuple[CodeAlerte, ...]
    pieces: tuple[CodePiece, ...]
    fondements: tuple[str, ...]
    trace: tuple[Etape, ...]
    renouvellement: InformationsRenouvellement | None

    def etapes(self, genre: Genre | str) -> tuple[Etape, ...]:
        """The steps of the trace that decide one kind of thing."""
        return tuple(une for une in self.trace if une.genre == genre)

    def vers_dict(self) -> dict[str, object]:
        """The JSON of R-REGLES-9, with plain strings, numbers, lists and dicts."""
        return {
            "recevable": self.recevable,
            "motifs": [motif.value for motif in self.motifs],
            "titre": self.titre.vers_dict() if self.titre else None,
            "attestation": self.attestation.vers_dict() if self.attestation else None,
            "fenetre": self.fenetre.vers_dict() if self.fenetre else None,
            "alertes": [alerte.value for alerte in self.alertes],
            "pieces": [piece.value for piece in self.pieces],
            "fondements": list(self.fondements),
            "trace": [etape.vers_dict() for etape in self.trace],
        }


def orienter(situation: Situation, au: date, parametres: Parametres = PARAMETRES) -> Orientation:
    """Answer for this situation on the day ``au``, a date in Europe/Paris. Total: never raises.

    Law: CESEDA L.421-35, L.424-1 to L.424-13, R.431-5, R.431-6, R.431-15-1 to R.431-15-4; the FAQ.
    """
    constats = constater(situation, au, parametres)
    motifs = motifs_de(constats)
    alertes = alertes_de(constats)
    ligne = attestation = None
    trace: list[Etape] = []
    if not motifs:
        ligne = ligne_de_titre(constats)
        attestation = attestation_au_depot(constats)
        if ligne is not None:
            trace.append(etape_titre(ligne, constats))
            trace += filter(None, [etape_du_mineur(ligne, constats)])
        if attestation is not None:
            trace.append(etape_attestation(attestation, constats))
    trace += (etape(Genre.MOTIF, motif, constats) for motif in motifs)
    trace += (etape(Genre.ALERTE, alerte, constats) for alerte in alertes)
    trace += etapes_renouvellement(constats)
    titre_detenu = situation.titre_detenu
    return Orientation(
        recevable=not motifs,
        motifs=motifs,
        titre=ligne.titre if ligne else None,
        attestation=attestation,
        fenetre=constats.fenetre,
        alertes=alertes,
        pieces=codes_de(constats) if not motifs else (),
        fondements=fondements(ligne, constats) if ligne else (),
        trace=tuple(trace),
        renouvellement=(
            informations_de(titre_detenu, au, parametres)
            if titre_detenu is not None and constats.fenetre is not None
            else None
        ),
    )
