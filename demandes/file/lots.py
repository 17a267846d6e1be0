"""What an action on several dossiers will do, before it is launched, and what it has done so far."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from comptes.models import Compte
from demandes.etats import OUVERTS, PAR_CODE
from demandes.file.lignes import lire_les_lignes
from demandes.models import Demande, LigneDeLot, Lot
from demandes.requetes import dossiers_de_l_agent


@dataclass(frozen=True)
class Prevision:
    """One dossier of a lot: what is in the way ("" nothing), or what became of it (`LigneDeLot.resultat`)."""

    demande: Demande | None
    code: str


@dataclass(frozen=True)
class Avancement:
    """How far a lot has come."""

    total: int
    faits: int
    refuses: int

    @property
    def termines(self) -> int:
        return self.faits + self.refuses

    @property
    def restent(self) -> int:
        return self.total - self.termines


def lots_de(agent: Compte) -> QuerySet[Lot]:
    """The lots that this agent prepared: nobody else sees them."""
    return Lot.objects.filter(agent=agent).select_related("agent", "confie_a")


def avancement(lot: Lot) -> Avancement:
    """Count the lines by result; one query."""
    resultats = Counter(lot.lignes.order_by().values_list("resultat", flat=True))
    faits = resultats.pop(LigneDeLot.FAIT, 0)
    attente = resultats.pop("", 0)
    refuses = sum(resultats.values())
    return Avancement(faits + attente + refuses, faits, refuses)


def previsions(lot: Lot) -> list[Prevision]:
    """The dossiers of a lot in the order of the choice: before the launch, with what will fail and why; two queries.

    A dossier that left the agent's prefectures since is None: nothing of it is shown.
    """
    lignes = list(lot.lignes.all())
    visibles = dossiers_de_l_agent(lot.agent).filter(pk__in=[ligne.demande_id for ligne in lignes])
    dossiers = {demande.pk: demande for demande in lire_les_lignes(visibles).order_by("pk")}
    return [
        Prevision(
            dossiers.get(ligne.demande_id),
            ligne.resultat if lot.lance_le else _obstacle(lot, ligne, dossiers.get(ligne.demande_id)),
        )
        for ligne in lignes
    ]


def _obstacle(lot: Lot, ligne: LigneDeLot, demande: Demande | None) -> str:
    """Why the operation would refuse now, in the order in which it looks; "" when nothing is in the way."""
    if demande is None:
        return "introuvable"
    if demande.version != ligne.version:
        return "modifie"
    return "" if POSSIBLES[lot.action](demande) else "etat"


POSSIBLES: dict[str, Callable[[Demande], bool]] = {
    Lot.Action.PRENDRE: lambda demande: demande.etat in PAR_CODE["prendre_en_charge"].de,
    Lot.Action.CONFIER: lambda demande: demande.etat in OUVERTS,
}
