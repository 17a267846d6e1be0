"""Reads: the demandes of an account, of a bénéficiaire, of a prefecture's agents."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from comptes.models import Compte
from demandes.etats import A_DECIDER, AGENTS, CLOS, OUVERTS, Etat
from demandes.models import (
    Complement,
    DeclarationTitre,
    Demande,
    Fichier,
    Piece,
    Rappel,
    RecuperationAdresse,
)
from referentiels.models import Prefecture

LOT_D_IDENTIFIANTS = 500
# Sent with the deposit, or in an answer that the person transmitted.
_TRANSMIS = Q(complement=None) | Q(complement__etat=Complement.Etat.TRANSMIS)


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
    """Each with `complements_ouverts`: the complement that waits for the person, if there is one."""
    ouverts = Prefetch(
        "complements",
        Complement.objects.filter(etat=Complement.Etat.OUVERT).order_by("pk"),
        to_attr="complements_ouverts",
    )
    return demandes_de(compte).filter(etat__in=OUVERTS).order_by("-deposee_le").prefetch_related(ouverts)


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
    """The files of a deposited pièce that count: neither replaced, nor part of an answer that was never transmitted."""
    return list(piece.fichiers.filter(_TRANSMIS, remplace_le=None).order_by("ajoute_le", "pk"))


def complement_ouvert(demande: Demande) -> Complement | None:
    """The complement that waits for the person, if there is one."""
    return Complement.objects.filter(demande=demande, etat=Complement.Etat.OUVERT).order_by("pk").first()


def dernier_complement(demande: Demande) -> Complement | None:
    """The complement asked for last, whatever became of it."""
    return Complement.objects.filter(demande=demande).order_by("demande_le", "pk").last()


def fichiers_de_l_agent(demande: Demande) -> QuerySet[Fichier]:
    """The files of a dossier that an agent may open: earlier versions too; never those that nobody transmitted."""
    fichiers = Fichier.objects.filter(_TRANSMIS, piece__demande=demande).select_related("piece")
    return fichiers.order_by("ajoute_le", "pk")


def dossiers_de_l_agent(agent: Compte) -> QuerySet[Demande]:
    """The deposited dossiers of the agent's prefectures; everything an agent reads starts here (R-COMPTE-5)."""
    if agent.role not in AGENTS:
        return Demande.objects.none()
    return (
        Demande.objects.exclude(etat=Etat.BROUILLON)
        .filter(prefecture__in=agent.prefectures.all())
        .select_related("prefecture")
    )


def declarations_de_l_agent(agent: Compte) -> QuerySet[DeclarationTitre]:
    """The declarations about a permit of the agent's prefectures, the oldest first."""
    if agent.role not in AGENTS or not agent.is_active:
        return DeclarationTitre.objects.none()
    return DeclarationTitre.objects.filter(prefecture__in=agent.prefectures.all()).order_by("cree_le", "pk")


def recuperations_de_l_agent(agent: Compte) -> QuerySet[RecuperationAdresse]:
    """The lost mailboxes that the agents of these prefectures look at: sent, and of an account that exists."""
    if agent.role not in AGENTS or not agent.is_active:
        return RecuperationAdresse.objects.none()
    return (
        RecuperationAdresse.objects.exclude(etat=RecuperationAdresse.Etat.EN_COURS)
        .filter(compte__isnull=False, prefecture__in=agent.prefectures.all())
        .order_by("soumise_le", "pk")
    )


def prefectures_de_l_agent(agent: Compte) -> QuerySet[Prefecture]:
    """The prefectures whose dossiers the agent may see."""
    if agent.role not in AGENTS:
        return Prefecture.objects.none()
    return Prefecture.objects.filter(agents=agent)


def agents_des_prefectures(agent: Compte) -> QuerySet[Compte]:
    """The active agents who share a prefecture with `agent`, themselves included: to whom a dossier may go."""
    communes = Prefecture.objects.filter(agents=agent)
    memes = Compte.prefectures.through.objects.filter(prefecture__in=communes).values("compte")
    return Compte.objects.filter(pk__in=memes, is_active=True, role__in=AGENTS)


def rappels_dus(au: date) -> list[int]:
    """Ids of the reminders whose day has come, oldest first."""
    attente = Rappel.objects.filter(envoye_le__isnull=True, jour__lte=au).order_by("jour", "pk")
    return list(attente.values_list("pk", flat=True))


def apd_dues(au: date) -> Iterator[UUID]:
    """Ids of the dossiers whose next APD is due on `au`, those who lose their rights first first (R-ATT-4).

    They are read a batch at a time: however many wait, the memory stays the same.
    """
    dues = Demande.objects.filter(etat__in=sorted(A_DECIDER), apd_due_le__lte=au).order_by("apd_due_le", "pk")
    return dues.values_list("pk", flat=True).iterator(chunk_size=LOT_D_IDENTIFIANTS)
