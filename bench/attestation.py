"""How fast an attestation is made: data to signed PDF, against WeasyPrint alone on the same finished HTML.

    python bench/attestation.py [--nombre 200]

The baseline has the fonts and the style sheet parsed and the symbol drawn beforehand, and writes a plain PDF; ours
starts from frozen data as they are stored, loads the key, composes and signs the 2D-Doc, draws it, and ends with a
tagged PDF/UA-1 and PDF/A-3a file. Target: 1.2 times at most.
"""

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anef.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402

from attestations import code_signe, rendu  # noqa: E402 - after django.setup()
from attestations.deuxddoc.cles import creer_cle  # noqa: E402
from attestations.deuxddoc.symbole import dessiner  # noqa: E402
from attestations.donnees import DonneesAttestation  # noqa: E402
from attestations.signataires import signataire  # noqa: E402
from tests.donnees_attestation import apd_premiere, apd_renouvellement, aujourd_hui, confirmation  # noqa: E402

PAR_LOT = 10


def mesurer(faires: dict[str, Callable[[int], object]], nombre: int) -> dict[str, list[float]]:
    """Milliseconds of processor of each call. The candidates take turns; a busy machine then changes little."""
    durees: dict[str, list[float]] = {nom: [] for nom in faires}
    for lot in range(0, nombre, PAR_LOT):
        for nom, faire in faires.items():
            for numero in range(lot, min(lot + PAR_LOT, nombre)):
                debut = time.process_time()
                faire(numero)
                durees[nom].append((time.process_time() - debut) * 1000)
        print(f"\r{min(lot + PAR_LOT, nombre)}/{nombre}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return durees


def comparer(nombre: int) -> list[tuple[str, float, float, float, float]]:
    """Rows (candidate, p50 ms, p95 ms, documents/s of one process, time relative to the baseline)."""
    from weasyprint import HTML

    sources = [apd_premiere(), apd_renouvellement(), confirmation()]
    stockees = [(rendu.MODELES[donnees.type], donnees.en_dict()) for donnees in sources]
    pages = [rendu.html(modele, DonneesAttestation.depuis_dict(valeurs)) for modele, valeurs in stockees]
    dessins = [dessiner(_code(valeurs)) for _modele, valeurs in stockees]
    rendu.prechauffer()
    outils = rendu._outils()
    feuille = outils.style("apd/v1")

    def weasyprint_seul(numero: int) -> bytes:
        outils.lecteur.dessin = dessins[numero % 3]
        page = HTML(string=pages[numero % 3], base_url=rendu.BASE, url_fetcher=outils.lecteur)
        return page.write_pdf(stylesheets=[feuille], font_config=outils.polices)

    def weasyprint_balise(numero: int) -> bytes:
        outils.lecteur.dessin = dessins[numero % 3]
        page = HTML(string=pages[numero % 3], base_url=rendu.BASE, url_fetcher=outils.lecteur)
        return page.write_pdf(stylesheets=[feuille], font_config=outils.polices, pdf_variant="pdf/ua-1")

    def attestation(numero: int) -> bytes:
        modele, valeurs = stockees[numero % 3]
        return rendu.pdf(modele, DonneesAttestation.depuis_dict(valeurs), _code(valeurs))

    def code_seul(numero: int) -> bytes:
        return dessiner(_code(stockees[numero % 3][1]))

    faires = {
        "WeasyPrint, same HTML": weasyprint_seul,
        "WeasyPrint, same HTML, PDF/UA-1": weasyprint_balise,
        "attestation, data to signed PDF": attestation,
        "of which the 2D-Doc": code_seul,
    }
    for faire in faires.values():
        for numero in range(3):
            faire(numero)
    gc.collect()
    gc.freeze()
    durees = mesurer(faires, nombre)
    base = statistics.median(durees["WeasyPrint, same HTML"])
    return [
        (
            nom,
            statistics.median(serie),
            statistics.quantiles(serie, n=20)[18],
            1000 / statistics.mean(serie),
            statistics.median(serie) / base,
        )
        for nom, serie in durees.items()
    ]


def _code(valeurs: dict[str, object]) -> str:
    """The signed text of a document, as the worker that produces it makes it."""
    jour = aujourd_hui()
    return code_signe.signer(DonneesAttestation.depuis_dict(valeurs), signataire(jour), jour)


def main() -> None:
    analyseur = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    analyseur.add_argument("--nombre", type=int, default=200, help="documents for each candidate")
    nombre = analyseur.parse_args().nombre
    with tempfile.TemporaryDirectory() as dossier:
        settings.DOSSIER_2DDOC = Path(dossier)
        creer_cle(settings.DOSSIER_2DDOC)
        lignes = comparer(nombre)
    print(f"{'':36}{'p50 ms':>8}{'p95 ms':>8}{'docs/s':>8}{'ratio':>8}")
    for nom, p50, p95, debit, rapport in lignes:
        print(f"{nom:36}{p50:8.1f}{p95:8.1f}{debit:8.1f}{rapport:8.2f}")


if __name__ == "__main__":
    main()
