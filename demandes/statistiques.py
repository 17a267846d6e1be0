"""The figures of prefectures: the stock and its age, the delays, the APD renewed, the complements (R-INSTR-2).

Everything is counted by PostgreSQL; a delay is in days, between two instants.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Extract, TruncMonth

from attestations.donnees import APD
from attestations.models import Attestation
from demandes.etats import A_DECIDER, CLOS, OUVERTS
from demandes.models import Complement, Demande
from demandes.regles.dates import ajouter_mois

PARIS = ZoneInfo("Europe/Paris")
# Upper ends of the classes of age, in months; the last class has none. Three months: the legal delay (R.424-1).
AGES_MOIS = (1, 2, 3, 4, 6, 12)


@dataclass(frozen=True)
class Periode:
    """Whole months, both included, each given by its first day."""

    debut: date
    fin: date

    @property
    def mois(self) -> list[date]:
        """The first day of each month."""
        mois = [self.debut]
        while mois[-1] < self.fin:
            mois.append(ajouter_mois(mois[-1], 1))
        return mois

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """From (included) and to (excluded), in Paris."""
        fin = ajouter_mois(self.fin, 1)
        return (
            datetime(self.debut.year, self.debut.month, 1, tzinfo=PARIS),
            datetime(fin.year, fin.month, 1, tzinfo=PARIS),
        )


@dataclass(frozen=True)
class Delais:
    """How many dossiers, and in how many days half and nine tenths of them were through; None without dossier."""

    nombre: int = 0
    mediane: float | None = None
    centile90: float | None = None


class Centile(Aggregate):
    """`percentile_cont`: the value below which a share of the rows lies, interpolated between two rows."""

    function = "percentile_cont"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, part: float, **options: Any) -> None:
        super().__init__(expression, part=part, **options)


def stock_par_etat(prefectures: Collection[str]) -> dict[str, int]:
    """The open dossiers of today by state."""
    ouverts = Demande.objects.filter(prefecture__in=prefectures, etat__in=sorted(OUVERTS))
    return dict(ouverts.order_by().values_list("etat").annotate(Count("pk")))


def age_du_stock(prefectures: Collection[str], au: datetime) -> list[int]:
    """How many dossiers that wait for a decision are in each class of AGES_MOIS, and in the last one."""
    jour = au.astimezone(PARIS).date()
    classes = Case(
        *(
            When(deposee_le__gt=_minuit(ajouter_mois(jour, -mois)), then=Value(rang))
            for rang, mois in enumerate(AGES_MOIS)
        ),
        default=Value(len(AGES_MOIS)),
        output_field=IntegerField(),
    )
    # The first condition is that of the index, the second one what is counted.
    ouverts = Demande.objects.filter(prefecture__in=prefectures, etat__in=sorted(OUVERTS))
    attendent = ouverts.filter(etat__in=sorted(A_DECIDER))
    nombres = dict(attendent.order_by().values_list(classes).annotate(Count("pk")))
    return [nombres.get(rang, 0) for rang in range(len(AGES_MOIS) + 1)]


def delais(
    prefectures: Collection[str], periode: Periode, *, jusqu_a: str, par: str, titre: str = ""
) -> dict[Any, Delais]:
    """The delays from the deposit that ended within `periode`, by `par`.

    `jusqu_a`: "decision" or "remise" (the card handed over). `par`: "titre" gives {code: delays}, "mois" {first day
    of the month: delays}. `titre` keeps one permit only.
    """
    fin = {"decision": "decidee_le", "remise": "remise__remise_le"}[jusqu_a]
    dossiers = _vivants(prefectures, periode).filter(_dans(fin, periode))
    if titre:
        dossiers = dossiers.filter(titre_code=titre)
    cle = {"titre": F("titre_code"), "mois": TruncMonth(fin, output_field=DateField(), tzinfo=PARIS)}[par]
    jours = Extract(
        ExpressionWrapper(F(fin) - F("deposee_le"), output_field=DurationField()), "epoch"
    ) / Value(86400.0)
    lignes = dossiers.order_by().annotate(cle=cle).values("cle").annotate(
        nombre=Count("pk"), mediane=Centile(jours, 0.5), centile90=Centile(jours, 0.9)
    )  # fmt: skip
    return {ligne.pop("cle"): Delais(**ligne) for ligne in lignes}


def apd_renouvelees(prefectures: Collection[str], periode: Periode) -> dict[date, int]:
    """By month, the dossiers where an APD began that followed another; one made again for a correction counts once."""
    precedente = Attestation.objects.filter(
        demande=OuterRef("demande"), type=APD, debut__lt=OuterRef("debut")
    )
    dernier_jour = ajouter_mois(periode.fin, 1) - timedelta(days=1)
    suivantes = Attestation.objects.filter(
        Exists(precedente),
        demande__in=_vivants(prefectures, periode),
        type=APD,
        debut__range=(periode.debut, dernier_jour),
    )
    lignes = suivantes.order_by().values_list(TruncMonth("debut")).annotate(Count("demande", distinct=True))
    return dict(lignes)


def part_des_complements(prefectures: Collection[str], periode: Periode) -> tuple[int, int]:
    """Of the dossiers decided within `periode`, how many needed a complement; and how many there are."""
    decides = _vivants(prefectures, periode).filter(_dans("decidee_le", periode))
    demandes = Exists(Complement.objects.filter(demande=OuterRef("pk")))
    nombres = decides.aggregate(avec=Count("pk", filter=demandes), tous=Count("pk"))
    return nombres["avec"], nombres["tous"]


def _vivants(prefectures: Collection[str], periode: Periode) -> QuerySet[Demande]:
    """The dossiers that were open on some day since the start of `periode`: whatever it counts is one of them.

    Two indexes give them, however many dossiers were closed before.
    """
    debut, _fin = periode.instants
    return Demande.objects.filter(prefecture__in=prefectures).filter(
        Q(etat__in=sorted(OUVERTS)) | Q(etat__in=sorted(CLOS), close_le__gte=debut)
    )


def _dans(champ: str, periode: Periode) -> Q:
    debut, fin = periode.instants
    return Q(**{f"{champ}__gte": debut, f"{champ}__lt": fin})


def _minuit(jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, tzinfo=PARIS)
