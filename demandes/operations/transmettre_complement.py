"""The person transmits the answer to a complement: the examination resumes (R-INSTR-4)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from demandes.complements import LigneDeReponse, lignes_de_reponse, marque_de_la_reponse
from demandes.models import Complement, Demande, Fichier, Piece, PieceDemandee
from demandes.operations.dossier import passer
from demandes.operations.effacer_contenu import effacer_contenu
from demandes.operations.prendre_ephoto import prendre_ephoto
from demandes.operations.prevenir import prevenir
from demandes.operations.refus import EphotoRefusee, ReponseIncomplete, ReponsesPerimees
from demandes.operations.repondre_au_complement import verrouiller_complement
from demandes.regles.codes import CodePiece

PARIS = ZoneInfo("Europe/Paris")
MANQUES_EPHOTO = {"expire": "ephoto_expiree", "utilise": "ephoto_utilisee"}


def transmettre_complement(
    *, demande_id: UUID, compte_id: int, marque: str, maintenant: datetime
) -> Complement:
    """Send the answer to the agent in charge, and tell the person that it is received.

    The files of a replaced pièce are kept as old versions, and the agent examines it again. A new e-photo code is
    taken; the former one stays used, if it was. `marque` is the `marque_de_la_reponse` that the page showed.
    Raises `DossierIntrouvable`; `ComplementClos` (transmitted already, given up, closed); `ReponsesPerimees`,
    the answer is no longer the one shown; `ReponseIncomplete`; `EphotoIndisponible`.
    """
    try:
        with transaction.atomic():
            return _transmettre(demande_id, compte_id, marque, maintenant)
    except IntegrityError as conflit:
        # Two people with one code at the same instant: the database lets one through.
        if "une_demande_par_ephoto" in str(conflit):
            raise ReponseIncomplete({CodePiece.EPHOTO: "ephoto_utilisee"}) from conflit
        raise


def _transmettre(demande_id: UUID, compte_id: int, marque: str, maintenant: datetime) -> Complement:
    demande, complement, compte = verrouiller_complement(demande_id=demande_id, compte_id=compte_id)
    lignes = lignes_de_reponse(complement)
    if marque != marque_de_la_reponse(lignes):
        raise ReponsesPerimees
    if manques := {ligne.code: ligne.manque for ligne in lignes if ligne.manque}:
        raise ReponseIncomplete(manques)
    remplacees = [ligne for ligne in lignes if ligne.demandee.choix == PieceDemandee.Choix.REMPLACER]
    gardees = [ligne for ligne in lignes if ligne.demandee.choix == PieceDemandee.Choix.GARDER]
    _remplacer(demande, remplacees, maintenant)
    _oublier_les_nouveaux(gardees)
    complement.etat, complement.clos_le = Complement.Etat.TRANSMIS, maintenant
    complement.save()
    passer(
        demande,
        "transmettre_complement",
        acteur=compte,
        maintenant=maintenant,
        valeurs={
            "complement": complement.pk,
            "remplacees": [ligne.code for ligne in remplacees],
            "gardees": [ligne.code for ligne in gardees],
        },
    )
    prevenir(
        demande,
        type="complement_transmis",
        cle=f"complement_transmis:{complement.pk}",
        le=maintenant.astimezone(PARIS).date().isoformat(),
    )
    return complement


def _remplacer(demande: Demande, lignes: Sequence[LigneDeReponse], maintenant: datetime) -> None:
    """Put what was sent in the place of what was there; the agent looks at each of these pièces again."""
    for ligne in lignes:
        if ligne.est_ephoto:
            _changer_d_ephoto(demande, ligne.demandee.ephoto_code, maintenant)
    anciens = [fichier.pk for ligne in lignes for fichier in ligne.anciens]
    Fichier.objects.filter(pk__in=anciens).update(remplace_le=maintenant)
    Piece.objects.filter(demande=demande, code__in=[ligne.code for ligne in lignes]).update(
        avis=Piece.Avis.A_EXAMINER, avis_motif="", avis_phrase="", avis_par=None, avis_le=None
    )


def _changer_d_ephoto(demande: Demande, code: str, maintenant: datetime) -> None:
    """Take the new code; the caller saves. A code that the prefecture asks to change has served: it is not freed."""
    if code == demande.ephoto_code:
        raise ReponseIncomplete({CodePiece.EPHOTO: "ephoto_identique"})
    demande.ephoto_code = code
    try:
        prendre_ephoto(demande, maintenant)
    except EphotoRefusee as refus:
        raise ReponseIncomplete({CodePiece.EPHOTO: MANQUES_EPHOTO[refus.etat]}) from refus


def _oublier_les_nouveaux(lignes: Sequence[LigneDeReponse]) -> None:
    """The person keeps the old files after all: what was sent in between goes."""
    for ligne in lignes:
        for fichier in ligne.nouveaux:
            effacer_contenu(fichier)
            fichier.delete()
