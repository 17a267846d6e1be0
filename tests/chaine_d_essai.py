"""Dossiers whose chain of APDs is looked at, and agents who act on them. Everyone here is invented."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from attestations.models import Attestation
from attestations.validite import VIVANTE
from comptes.models import Compte
from demandes.models import Demande
from demandes.operations.deposer import deposer
from referentiels.models import DocumentAgdref, PersonneAgdref
from tests import dossiers_d_essai as essai


def a_midi(jour: date) -> datetime:
    return datetime.combine(jour, time(12), tzinfo=UTC)


def detenir(profil: essai.Profil, nature: str, *, fin: date, jours: int = 365, **valeurs: Any) -> None:
    """Give the account's holder a visa, a récépissé or a permit whose last day is `fin`."""
    DocumentAgdref.objects.create(
        personne=PersonneAgdref.objects.get(numero_etranger=profil.compte.numero_etranger),
        nature=nature, numero=f"FIC{nature.upper()}01", debut=fin - timedelta(days=jours), fin=fin, **valeurs,
    )  # fmt: skip


def deposee(profil: essai.Profil) -> Demande:
    """The dossier of this profile, deposited at the usual instant."""
    profil.remplir()
    return deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=essai.MAINTENANT)


def agent() -> Compte:
    """An agent of the prefecture where everyone of these tests lives."""
    return essai.agent(essai.prefecture("39"))


def vivantes(demande: Demande) -> list[Attestation]:
    """Neither replaced nor revoked, in the order of their days."""
    return list(demande.attestations.filter(VIVANTE).order_by("debut"))


def periodes(demande: Demande) -> list[tuple[str, date, date | None]]:
    return [(a.type, a.debut, a.fin) for a in vivantes(demande)]
