"""Reads: the demandes of an account, of a bénéficiaire, of a prefecture's agents."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from comptes.models import Compte
from demandes.etats import CLOS, OUVERTS, Etat
from demandes.models import Complement, Demande, Fichier, Piece, Rappel


def demandes_de(compte: Compte) -> QuerySet[Demande]:
    """The demandes that the account's holder deposited or drafts, and those deposited for them as a child.

    What others own does not exist here. At 18 the view of the account that applied ends (R-COMPTE-4).
    """
    siennes = Q(compte=compte) & (Q(majorite_le=None) | Q(majorite_le__gt=timezone.localdate()))
    if compte.numero_etranger:
        siennes |= Q(beneficiaire=compte.numero_etranger, pour_mineur=True) & ~Q(etat=Etat.BROUILLON)
    return Demande.objects.filter(siennes).select_related("prefecture")


def comptes_du_dossier(demande: Demande) -> list[Compte]:
    """The accounts that see this deposited demande, as `demandes_de` has it: the one that applied, the child's own."""
    qui_voient = Q(pk=demande.compte_id)
    if demande.majorite_le is not None and demande.majorite_le <= timezone.localdate():
        qui_voient = Q(pk=None)
    if demande.pour_mineur:
        qui_voient |= Q(numero_etranger=demande.beneficiaire)
    return list(Compte.objects.filter(qui_voient).order_by("pk"))


def brouillons_de(compte: Compte) -> QuerySet[Demande]:
    return demandes_de(compte).filter(etat=Etat.BROUILLON).order_by("-modifie_le")


def ouvertes_de(compte: Compte) -> QuerySet[Demande]:
    return demandes_de(compte).filter(etat__in=OUVERTS).order_by("-deposee_le")


def closes_de(compte: Compte) -> QuerySet[Demande]:
    return demandes_de(compte).filter(etat__in=CLOS).order_by("-deposee_le")


def demande_ouverte_pour(beneficiaire: str, *, sauf: UUID | None = None) -> Demande | None:
    """The open demande of the bénéficiaire (numéro étranger or visa number), other than `sauf`.

    Only its id and its account are read: each page of a draft asks.
    """
    if not beneficiaire:
        return None
    ouvertes = Demande.objects.only("compte_id").filter(beneficiaire=beneficiaire, etat__in=OUVERTS)
    return ouvertes.exclude(pk=sauf).first()


def pieces_avec_fichiers(demande: Demande) -> dict[str, Piece]:
    """The pièces of a demande by code, each with its files read ahead."""
    pieces = demande.pieces.prefetch_related(
        Prefetch("fichiers", Fichier.objects.order_by("ajoute_le", "pk"))
    )
    return {piece.code: piece for piece in pieces}


def fichiers_en_vigueur(piece: Piece) -> list[Fichier]:
    """The files of a deposited pièce that count: neither replaced, nor part of an answer not transmitted yet."""
    en_vigueur = piece.fichiers.filter(remplace_le=None).exclude(complement__etat=Complement.Etat.OUVERT)
    return list(en_vigueur.order_by("ajoute_le", "pk"))


def fichiers_de_l_agent(demande: Demande) -> QuerySet[Fichier]:
    """The files of a dossier that an agent may open: earlier versions too, an answer under way not."""
    fichiers = Fichier.objects.filter(piece__demande=demande).select_related("piece")
    return fichiers.exclude(complement__etat=Complement.Etat.OUVERT).order_by("ajoute_le", "pk")


def dossiers_de_l_agent(agent: Compte) -> QuerySet[Demande]:
    """The deposited dossiers of the agent's prefectures; everything an agent reads starts here (R-COMPTE-5)."""
    if agent.role not in (Compte.Role.INSTRUCTEUR, Compte.Role.RESPONSABLE):
        return Demande.objects.none()
    return (
        Demande.objects.exclude(etat=Etat.BROUILLON)
        .filter(prefecture__in=agent.prefectures.all())
        .select_related("prefecture")
    )


def rappels_dus(au: date) -> list[int]:
    """Ids of the reminders whose day has come, oldest first."""
    attente = Rappel.objects.filter(envoye_le__isnull=True, jour__lte=au).order_by("jour", "pk")
    return list(attente.values_list("pk", flat=True))
