"""The sweep of APDs: what one costs when a thousand are due, when a hundred thousand are, and the memory it takes.

Run by bench/run --seulement apd. The dossiers are copies, made by the database, of one that was deposited for good.
"""

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from bench.processus import memoire
from demandes import tasks
from demandes.models import Demande
from demandes.operations.deposer import deposer
from tests import dossiers_d_essai as essai

BLOC = 1000


@dataclass
class Balayage:
    """Seconds and processor seconds of each thousand, and the memory of the process after it, in MB."""

    durees: list[float] = field(default_factory=list)
    processeur: list[float] = field(default_factory=list)
    memoires: list[float] = field(default_factory=list)

    def ms(self) -> float:
        return 1000 * sum(self.durees) / (len(self.durees) * BLOC)

    def ms_processeur(self) -> float:
        return 1000 * sum(self.processeur) / (len(self.processeur) * BLOC)


def modele() -> Demande:
    """A refugee's dossier whose APD ends in ten days: the next one is due."""
    profil = essai.refugie(le=timezone.now()).remplir(au=timezone.localdate())
    demande = deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())
    fin = timezone.localdate() + timedelta(days=10)
    demande.attestations.update(debut=fin - timedelta(days=180), fin=fin)
    Demande.objects.filter(pk=demande.pk).update(
        apd_due_le=fin - timedelta(days=15), droits_jusqu_au=fin, ephoto_code=""
    )
    return demande


def copier(demande: Demande, combien: int, *, serie: int) -> None:
    """Add `combien` dossiers like this one, each with its account and its APD."""
    attestation = demande.attestations.order_by("rang").first()
    # Ids that a copy can compute, so that its account and its APD find it.
    identifiant = f"md5('{serie}-' || n)::uuid"
    numero = f"lpad((({serie}::bigint * 10000000) + n)::text, %s, '0')"
    compte = f"{serie} * 10000000 + n"
    changements = {
        demande.compte: {
            "id": compte,
            "identifiant": numero % 10,
            "numero_etranger": numero % 10,
            "email": f"'fictif{serie}-' || n || '@exemple.fr'",
        },
        demande: {
            "id": identifiant,
            "compte_id": compte,
            "numero": numero % 19,
            "beneficiaire": numero % 10,
            "apd_due_le": "CURRENT_DATE - 5",
        },
        attestation: {
            "id": "gen_random_uuid()",
            "demande_id": identifiant,
            "fichier": f"'attestations/copie-{serie}-' || n",
        },
    }
    with connection.cursor() as curseur:
        for ligne, colonnes in changements.items():
            _inserer(curseur, ligne, colonnes, combien)
        curseur.execute("ANALYZE")


def _inserer(curseur, ligne: Model, changements: dict[str, str], combien: int) -> None:
    table = ligne._meta.db_table
    colonnes = [champ.column for champ in ligne._meta.concrete_fields]
    valeurs = ", ".join(changements.get(colonne, f"t.{colonne}") for colonne in colonnes)
    cle = str(ligne.pk) if isinstance(ligne.pk, uuid.UUID) else ligne.pk
    curseur.execute(
        f"INSERT INTO {table} ({', '.join(colonnes)}) "
        f"SELECT {valeurs} FROM {table} t, generate_series(1, %s) n WHERE t.id = %s",
        [combien, cle],
    )


def balayer(dire) -> Balayage:
    """Run the task until nothing is due, measuring each thousand."""
    balayage, faits = Balayage(), 0
    prolonger, limite = tasks.prolonger, tasks.DUREE_BALAYAGE_S
    debut, processeur = time.monotonic(), time.process_time()

    def compter(**arguments) -> int:
        nonlocal faits, debut, processeur
        ordonnees = prolonger(**arguments)
        faits += ordonnees
        if ordonnees and faits % BLOC == 0:
            balayage.durees.append(time.monotonic() - debut)
            balayage.processeur.append(time.process_time() - processeur)
            balayage.memoires.append(memoire("self", "VmRSS"))
            if faits % (10 * BLOC) == 0:
                dire(f"  {faits} APD")
            debut, processeur = time.monotonic(), time.process_time()
        return ordonnees

    tasks.prolonger, tasks.DUREE_BALAYAGE_S = compter, float("inf")
    try:
        tasks.prolonger_les_apd()
    finally:
        tasks.prolonger, tasks.DUREE_BALAYAGE_S = prolonger, limite
    return balayage


def mesurer(combien: int, dire) -> Iterator[tuple[str, str, str, str, str]]:
    """Rows of bench/run: a thousand due, `combien` due, a thousand due beside them once they are done."""
    dire("APD sweep")
    demande = modele()
    # The model itself is done first: what only the first of a process loads is not counted.
    balayer(dire)
    series = []
    for serie, nombre in ((1, BLOC), (2, combien), (3, BLOC)):
        dire(f"  {nombre} dossiers to copy")
        copier(demande, nombre, serie=serie)
        series.append(balayer(dire))
    mille, beaucoup, encore = series
    yield ("APD, 1,000 due", f"{mille.ms():.2f} ms", f"CPU {mille.ms_processeur():.2f} ms", "", "")
    yield (
        f"APD, {combien:,} due",
        f"{beaucoup.ms():.2f} ms",
        f"CPU {beaucoup.ms_processeur():.2f} ms",
        f"{beaucoup.ms() / mille.ms():.2f}",
        "≤ 1.0",
    )
    yield (
        f"APD, 1,000 due beside {combien:,}",
        f"{encore.ms():.2f} ms",
        f"CPU {encore.ms_processeur():.2f} ms",
        f"{encore.ms() / mille.ms():.2f}",
        "",
    )
    yield (
        "  the same, processor time of the worker",
        f"{beaucoup.ms_processeur():.2f} ms",
        f"{mille.ms_processeur():.2f} ms",
        f"{beaucoup.ms_processeur() / mille.ms_processeur():.2f}",
        "≤ 1.0",
    )
    dixieme = max(1, len(beaucoup.durees) // 10)
    premiers, derniers = (
        1000 * sum(durees) / (len(durees) * BLOC)
        for durees in (beaucoup.durees[:dixieme], beaucoup.durees[-dixieme:])
    )
    yield (
        "  last tenth, against the first",
        f"{derniers:.2f} ms",
        f"{premiers:.2f} ms",
        f"{derniers / premiers:.2f}",
        "",
    )
    yield (
        "  memory of the worker at the end",
        f"{beaucoup.memoires[-1]:.1f} MB",
        f"1,000th: {beaucoup.memoires[0]:.1f} MB",
        f"{beaucoup.memoires[-1] / beaucoup.memoires[0]:.2f}",
        "flat",
    )
