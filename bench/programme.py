"""The measures of docs/mesures.md in one run, each beside its baseline, as a table of ratios.

Run by bench/run, which gives a fresh database. Nothing is asserted: the table says what was measured.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator

import django

django.setup()

from django.db import connection  # noqa: E402 - after django.setup()
from django.utils import timezone  # noqa: E402

from bench import apd, attestation, televersement, temoins  # noqa: E402
from bench.charge import Charge, Requete, Serie  # noqa: E402
from bench.file import mesurer_la_file  # noqa: E402
from bench.navigateur import connecte, envoi, page  # noqa: E402
from bench.processus import serveur  # noqa: E402
from demandes.operations.enregistrer_etape import marque_des_reponses  # noqa: E402
from demandes.parcours import ETAPES  # noqa: E402
from tests import dossiers_d_essai as essai  # noqa: E402

TEMOIN = "/bench/formulaire/"
# Where a right answer leads; what is posted is what the draft holds, so that it can be posted again.
SUITES = {
    "situation": "/orientation/",
    "identite": "/famille/",
    "famille": "/justificatifs/",
    "justificatifs": "/recapitulatif/",
}


def dire(texte: str) -> None:
    print(texte, file=sys.stderr, flush=True)


def requetes_des_etapes() -> dict[str, Requete]:
    """GET and POST of the baseline and of every step, for someone in the register and someone unknown there."""
    requetes: dict[str, Requete] = {}
    profils = {
        "known": essai.refugie(le=timezone.now()).remplir(au=timezone.localdate()),
        "unknown": essai.inconnu_du_registre().remplir(au=timezone.localdate()),
    }
    for nom, profil in profils.items():
        demande = profil.demande
        navigateur = connecte(profil.compte)
        if not requetes:
            requetes["GET baseline"] = page(navigateur, TEMOIN)
            requetes["POST baseline"] = envoi(navigateur, TEMOIN, temoins.SAISIE, TEMOIN)
        for etape in ETAPES if nom == "known" else ("identite", "famille"):
            chemin = f"/demarches/{demande.pk}/{etape}/"
            requetes[f"GET {etape} ({nom})"] = page(navigateur, chemin)
            # The last step's POST is the deposit, measured by itself.
            if etape in SUITES:
                champs = {champ: valeurs[0] for champ, valeurs in demande.reponses[etape].items()}
                champs["marque"] = marque_des_reponses(demande, etape)
                requetes[f"POST {etape} ({nom})"] = envoi(navigateur, chemin, champs, SUITES[etape])
    return requetes


def en_tournant(
    charge: Charge, series: dict[str, Callable[[], Requete]], *, tours: int, secondes: float
) -> dict[str, Serie]:
    """Give each its slice in turn, `tours` times: what a busy machine takes, it takes from all."""
    mesures = {nom: Serie() for nom in series}
    for requete in series.values():
        charge.tranche(Serie(), requete, secondes=secondes / 4)
    for tour in range(tours):
        for nom, requete in series.items():
            charge.tranche(mesures[nom], requete, secondes=secondes)
        dire(f"  round {tour + 1} of {tours}, load average {os.getloadavg()[0]:.1f}")
    return mesures


def rapport(serie: Serie, temoin: Serie) -> float:
    """Median over the rounds of the requests a second, relative to the baseline's of the same round."""
    return statistics.median(a / b for a, b in zip(serie.debits, temoin.debits, strict=True))


def mesurer_les_etapes(tours: int, secondes: float) -> Iterator[tuple[str, str, str, str, str]]:
    dire("wizard steps")
    requetes = requetes_des_etapes()
    with serveur() as (port, pids):
        charge = Charge(port, pids, connexions=2)
        mesures = en_tournant(
            charge,
            {nom: (lambda r=requete: r) for nom, requete in requetes.items()},
            tours=tours,
            secondes=secondes,
        )
    for nom, serie in mesures.items():
        methode = nom.split()[0]
        ratio = rapport(serie, mesures[f"{methode} baseline"])
        detail = f"{statistics.median(serie.debits):.0f}/s, CPU {1000 * serie.processeur / len(serie.durees):.1f} ms"
        yield nom, detail, "", f"{ratio:.2f}", "≥ 0.6" if "baseline" not in nom else ""
    for nom in mesures:
        methode, _espace, quoi = nom.partition(" ")
        if methode == "GET" and f"POST {quoi}" in mesures and quoi != "baseline":
            deux = aller_retour(mesures, quoi)
            ratio = statistics.median(
                a / b for a, b in zip(deux, aller_retour(mesures, "baseline"), strict=True)
            )
            yield f"GET then POST {quoi}", f"{statistics.median(deux):.0f}/s", "", f"{ratio:.2f}", "≥ 0.6"


def aller_retour(mesures: dict[str, Serie], quoi: str) -> list[float]:
    """Of each round, how many times a second one GET then one POST would be answered."""
    deux = zip(mesures[f"GET {quoi}"].debits, mesures[f"POST {quoi}"].debits, strict=True)
    return [1 / (1 / get + 1 / post) for get, post in deux]


def mesurer_le_depot(nombre: int) -> Iterator[tuple[str, str, str, str, str]]:
    dire(f"deposit: {nombre} drafts to fill")
    with connection.cursor() as curseur:
        curseur.execute(temoins.TABLE)
    depots = []
    for rang in range(nombre):
        profil = essai.refugie(le=timezone.now()).remplir("justificatifs", au=timezone.localdate())
        demande, navigateur = profil.demande, connecte(profil.compte)
        champs = {"recapitulatif-declaration": "on", "marque": marque_des_reponses(demande, "recapitulatif")}
        depots.append(
            envoi(navigateur, f"/demarches/{demande.pk}/recapitulatif/", champs, f"/{demande.pk}/depose/")
        )
        if (rang + 1) % 20 == 0:
            dire(f"  {rang + 1} of {nombre}")
    insertion = Requete("/bench/insertion/", champs={}, statut=204)
    durees: dict[str, list[float]] = {"depot": [], "insertion": []}
    with serveur() as (port, pids):
        charge = Charge(port, pids, connexions=1)
        for _ in range(20):
            charge.envoyer(insertion)
        # The first deposits of a process load what only they need.
        for depot in depots[:5]:
            charge.envoyer(depot)
        for depot in depots[5:]:
            durees["depot"].append(charge.envoyer(depot))
            durees["insertion"] += [charge.envoyer(insertion) for _ in range(3)]
    p95 = {nom: centile(serie, 95) * 1000 for nom, serie in durees.items()}
    p50 = {nom: centile(serie, 50) * 1000 for nom, serie in durees.items()}
    yield ("deposit POST, p95", f"{p95['depot']:.1f} ms", f"INSERT {p95['insertion']:.1f} ms",
           f"{p95['depot'] / p95['insertion']:.1f}", "≤ 10")  # fmt: skip
    yield ("deposit POST, p50", f"{p50['depot']:.1f} ms", f"INSERT {p50['insertion']:.1f} ms",
           f"{p50['depot'] / p50['insertion']:.1f}", "")  # fmt: skip


def centile(durees: list[float], rang: int) -> float:
    return statistics.quantiles(durees, n=100)[rang - 1]


def mesurer_l_attestation(nombre: int) -> Iterator[tuple[str, str, str, str, str]]:
    dire("attestation")
    lignes = attestation.comparer(nombre)
    base = lignes[0][1]
    for nom, p50, _p95, _debit, ratio in lignes[1:]:
        yield (
            nom,
            f"{p50:.1f} ms",
            f"WeasyPrint {base:.1f} ms",
            f"{ratio:.2f}",
            "≤ 1.2" if nom == lignes[-1][0] else "",
        )


def mesurer_le_televersement() -> Iterator[tuple[str, str, str, str, str]]:
    dire("uploads")
    for taille, statut, _duree, croissance in televersement.croissances():
        yield (
            f"upload of {taille} MB (HTTP {statut}), memory grows",
            f"{croissance:.1f} MB",
            "",
            "",
            "< 20 MB",
        )


def afficher(lignes: Iterable[tuple[str, str, str, str, str]]) -> None:
    tableau = [("", "measured", "baseline", "ratio", "to reach"), *lignes]
    largeurs = [max(map(len, colonne)) for colonne in zip(*tableau, strict=True)]
    for nom, *valeurs, cible in tableau:
        cellules = (f"{valeur:>{largeur}}" for valeur, largeur in zip(valeurs, largeurs[1:-1], strict=True))
        print(f"{nom:{largeurs[0]}}  {'  '.join(cellules)}  {cible}".rstrip())


def main() -> None:
    analyseur = argparse.ArgumentParser(prog="bench/run", description=__doc__.splitlines()[0])
    analyseur.add_argument("--tours", type=int, default=7, help="rounds of the wizard's steps")
    analyseur.add_argument("--secondes", type=float, default=0.4, help="length of a slice")
    analyseur.add_argument("--depots", type=int, default=85, help="deposits")
    analyseur.add_argument("--attestations", type=int, default=50, help="documents for each candidate")
    analyseur.add_argument("--apd", type=int, default=100_000, help="attestations due at once")
    analyseur.add_argument("--seulement", choices=["etapes", "depot", "attestation", "televersement", "apd"])
    analyseur.add_argument(
        "--file", type=int, nargs="?", const=1_000_000, metavar="DOSSIERS",
        help="the agents' queue alone, at 10,000 dossiers and at that many (1,000,000: half an hour)",
    )  # fmt: skip
    choix = analyseur.parse_args()
    programmes: dict[str, Callable[[], Iterable[tuple[str, str, str, str, str]]]] = {
        "etapes": lambda: mesurer_les_etapes(choix.tours, choix.secondes),
        "depot": lambda: mesurer_le_depot(choix.depots),
        "attestation": lambda: mesurer_l_attestation(choix.attestations),
        "televersement": mesurer_le_televersement,
        "apd": lambda: apd.mesurer(choix.apd, dire),
    }
    if choix.file:
        programmes = {"file": lambda: mesurer_la_file(choix.file)}
    charges, lignes, debut = [os.getloadavg()[0]], [], time.monotonic()
    for nom, programme in programmes.items():
        # Half an hour of sweeping is for who asks for it.
        if choix.file or choix.seulement == nom or (choix.seulement is None and nom != "apd"):
            lignes += programme()
            charges.append(os.getloadavg()[0])
    afficher(lignes)
    print(f"load average during the run: {', '.join(f'{charge:.1f}' for charge in charges)}"
          f" ({os.cpu_count()} processors); {time.monotonic() - debut:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main()
