"""What the page of a dossier shows beside its timeline: documents and their state, the answer, what was sent."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from attestations.models import Attestation
from demandes.etats import Etat
from demandes.models import Complement, Demande, Fichier, Refus
from demandes.textes import MOTIFS_DE_CLASSEMENT, MOTIFS_DE_REFUS
from demandes.typographie import nom_de_piece


@dataclass(frozen=True)
class Document:
    """An attestation of the dossier: `etat` is en_vigueur, a_venir, finie, remplacee or revoquee, said by `phrase`."""

    attestation: Attestation
    etat: str
    phrase: str


@dataclass(frozen=True)
class ReponseNegative:
    """A refusal or a closing: the reason of the list, the prefecture's own words, the day."""

    motif: str
    explication: str
    le: datetime


@dataclass(frozen=True)
class PieceEnvoyee:
    """What the person sent for one pièce: the files that count, and the older versions."""

    code: str
    nom: str
    fichiers: tuple[Fichier, ...]
    anciens: tuple[Fichier, ...]


def documents(demande: Demande, au: date) -> list[Document]:
    """The attestations of a dossier, those in force first, then the latest."""
    connus = [_document(attestation, au) for attestation in demande.attestations.order_by("-debut", "-rang")]
    rangs = {"en_vigueur": 0, "a_venir": 1}
    return sorted(connus, key=lambda document: rangs.get(document.etat, 2))


def _document(attestation: Attestation, au: date) -> Document:
    if attestation.revoquee_le is not None:
        return Document(attestation, "revoquee", _("Annulée le %(jour)s") % _jour(attestation.revoquee_le))
    if attestation.remplacee_le is not None:
        return Document(
            attestation, "remplacee", _("Remplacée le %(jour)s") % _jour(attestation.remplacee_le)
        )
    if attestation.debut > au:
        return Document(attestation, "a_venir", _("Pas encore en vigueur"))
    if attestation.fin is not None and attestation.fin < au:
        return Document(attestation, "finie", _("Finie"))
    return Document(attestation, "en_vigueur", _("En vigueur"))


def _jour(le: datetime) -> dict[str, str]:
    return {"jour": date_format(localtime(le), "j F Y")}


def reponse_negative(demande: Demande) -> ReponseNegative | None:
    """Why the dossier was refused or closed, None when it was not."""
    if demande.etat == Etat.DECISION_DEFAVORABLE:
        refus = demande.refus.filter(etat=Refus.Etat.CONFIRME).order_by("conclu_le").last()
        if refus is not None and refus.conclu_le is not None:
            return ReponseNegative(
                str(MOTIFS_DE_REFUS.get(refus.motif, "")), refus.explication, refus.conclu_le
            )
    if demande.etat == Etat.CLASSEE_SANS_SUITE:
        evenement = demande.evenements.filter(type="classer_sans_suite").order_by("le", "pk").last()
        if evenement is not None:
            return ReponseNegative(
                str(MOTIFS_DE_CLASSEMENT.get(evenement.valeurs["motif"], "")),
                evenement.valeurs["explication"],
                evenement.le,
            )
    return None


def pieces_envoyees(demande: Demande) -> list[PieceEnvoyee]:
    """What was deposited and transmitted, by pièce; an answer under way is not sent yet."""
    transmis = [
        fichier
        for fichier in Fichier.objects.filter(piece__demande=demande, etat=Fichier.Etat.PRET)
        .select_related("piece", "complement")
        .order_by("ajoute_le", "pk")
        if fichier.complement is None or fichier.complement.etat == Complement.Etat.TRANSMIS
    ]
    return [
        PieceEnvoyee(
            code,
            nom_de_piece(code),
            tuple(f for f in transmis if f.piece.code == code and f.remplace_le is None),
            tuple(f for f in transmis if f.piece.code == code and f.remplace_le is not None),
        )
        for code in sorted({fichier.piece.code for fichier in transmis}, key=nom_de_piece)
    ]
