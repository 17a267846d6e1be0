"""An Orientation in the words of a page: what `composants/orientation.html` shows."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from demandes.regles.codes import CodeAlerte, CodeMotif
from demandes.regles.faits import Situation
from demandes.regles.orientation import Orientation
from demandes.regles.phrases import Phrase
from demandes.regles.pieces import LIGNES, PieceDemandee, pieces_de
from demandes.regles.textes import ATTESTATIONS, DROITS, FONDEMENTS, PIECES, TITRES
from demandes.regles.trace import Etape, Genre
from demandes.typographie import dire, typographier

# Dead ends that send to a prefecture: without an account its département has to be asked.
VERS_LA_PREFECTURE = frozenset(
    {CodeMotif.APATRIDE, CodeMotif.SANS_NUMERO, CodeMotif.RENOUVELLEMENT_TROP_TARD}
)
# Dead ends with a page of the portal to go on to: (name of the address, words of the link).
SUITES = {
    CodeMotif.SANS_NUMERO: ("assistance:numero", _("Voir où trouver le numéro")),
    CodeMotif.MINEUR_MOINS_DE_16_ANS: ("assistance:voyage", _("Demander un document de voyage")),
    CodeMotif.DEMANDE_EN_COURS: ("demandes:espace", _("Suivre ma demande")),
    CodeMotif.RENOUVELLEMENT_TROP_TOT: ("demandes:rappel", _("Recevoir un rappel")),
    CodeMotif.RENOUVELLEMENT_SANS_TITRE: ("demandes:demander", _("Choisir une première demande")),
}

# The order in which a person gathers them, which is that of the table.
RANGS = {ligne.code.value: rang for rang, ligne in enumerate(LIGNES)}


def presenter(orientation: Orientation, situation: Situation, au: date) -> dict[str, Any]:
    """Give every text of the result, translated: keys recevable, titre, attestation, motifs, alertes,
    informations, pieces, fondements, trace, vers_la_prefecture.

    Each of motifs, alertes, informations and trace is a list of {code, fait, regle, conclusion, que_faire,
    source}; motifs also have lien and libelle_lien ("" when there is no page to go to).
    """
    motifs = [_etape(etape) for etape in orientation.etapes(Genre.MOTIF)]
    for motif in motifs:
        nom, libelle = SUITES.get(motif["code"], ("", ""))
        motif |= {"lien": reverse(nom) if nom else "", "libelle_lien": libelle}
    return {
        "recevable": orientation.recevable,
        "motifs": motifs,
        # Too late: « deposit as soon as possible » would contradict the advice.
        "alertes": [
            _etape(etape)
            for etape in orientation.etapes(Genre.ALERTE)
            if not (
                etape.code == CodeAlerte.HORS_DELAI_LEGAL
                and CodeMotif.RENOUVELLEMENT_TROP_TARD in orientation.motifs
            )
        ],
        # Once the window is closed, its dates would only contradict the advice.
        "informations": [
            _etape(etape)
            for etape in orientation.etapes(Genre.INFORMATION)
            if CodeMotif.RENOUVELLEMENT_TROP_TARD not in orientation.motifs
        ],
        "trace": [_etape(etape) for etape in orientation.trace],
        "titre": _titre(orientation),
        "attestation": _attestation(orientation),
        "fondements": [(article, dire(FONDEMENTS[article])) for article in orientation.fondements],
        "pieces": presenter_pieces(pieces_de(situation, au)) if orientation.recevable else [],
        "vers_la_prefecture": bool(VERS_LA_PREFECTURE.intersection(orientation.motifs)),
    }


def presenter_pieces(pieces: list[PieceDemandee]) -> list[dict[str, Any]]:
    """For `composants/pieces.html`: [{code, libelle, condition, accepte, aide}], required ones first, then in the
    order of the law's table."""
    lignes = [
        {
            "code": piece.code.value,
            "libelle": dire(PIECES[piece.code].libelle),
            "accepte": dire(PIECES[piece.code].accepte),
            "aide": dire(PIECES[piece.code].aide),
            "condition": dire(piece.condition) if piece.condition else "",
        }
        for piece in pieces
    ]
    return sorted(lignes, key=lambda ligne: (bool(ligne["condition"]), RANGS[ligne["code"]]))


def _phrase(phrase: Phrase) -> str:
    return typographier(phrase.rendre(gettext))


def _etape(etape: Etape) -> dict[str, str]:
    return {
        "code": str(etape.code),
        "fait": _phrase(etape.fait),
        "regle": _phrase(etape.regle),
        "conclusion": _phrase(etape.conclusion),
        "que_faire": _phrase(etape.que_faire) if etape.que_faire else "",
        "source": dire(etape.source),
    }


def _titre(orientation: Orientation) -> dict[str, str] | None:
    if orientation.titre is None:
        return None
    texte = TITRES[orientation.titre.code]
    return {"nom": dire(texte.nom), "explication": dire(texte.explication)}


def _attestation(orientation: Orientation) -> dict[str, Any] | None:
    attestation = orientation.attestation
    if attestation is None:
        return None
    texte = ATTESTATIONS[attestation.type]
    droits = attestation.droits.vers_dict()
    return {
        "nom": dire(texte.nom),
        "explication": dire(texte.explication),
        "duree_mois": attestation.duree_mois,
        # The right that is a condition ("only with the previous permit") is worth a line only when it binds.
        "droits": [
            {"accorde": accorde, "phrase": dire(DROITS[nom][accorde])}
            for nom, accorde in droits.items()
            if nom != "avec_titre_precedent" or accorde
        ],
    }
