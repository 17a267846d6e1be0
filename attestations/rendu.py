"""Frozen data and their signed code in, PDF out. WeasyPrint is imported at the first document, never before.

The PDF is tagged and declares both PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3). The same data and
the same template give the same bytes, so that a lost file can be made again.
"""

import atexit
import io
import threading
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.template.loader import get_template
from django.utils import translation

from attestations.deuxddoc import symbole
from attestations.donnees import DonneesAttestation
from attestations.erreurs import ProductionImpossible
from attestations.presentation import valeurs_imprimees
from attestations.textes import SIGNE_INCONNU

if TYPE_CHECKING:
    import pydyf
    from weasyprint import CSS, HTML, Document
    from weasyprint.css import ColorProfile
    from weasyprint.text.fonts import FontConfiguration

RESSOURCES = Path(__file__).parent / "ressources"
POLICES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
)
# What a new attestation is printed with; rows keep the name they were ordered with.
MODELES = {"APD": "apd/v1", "CONFIRMATION_DEPOT": "confirmation_depot/v1", "ADF": "adf/v1"}
# Where relative addresses start: a host that cannot exist, answered by Lecteur only.
BASE = "https://ressources.invalid/"
# Under which the templates find the symbol of the document that is being made.
SYMBOLE = "2ddoc.png"
# CSS classes of <body>, from roomy to tight: the first that holds on one page is kept.
DENSITES = ("densite-0", "densite-1", "densite-2", "densite-3")
VARIANTE = "pdf/a-3a"
# The sRGB profile that PDF/A asks for, read once: by itself WeasyPrint opens it at each document.
PROFIL = "--srgb"
# Declares PDF/UA-1 beside PDF/A-3, with the extension schema that PDF/A asks for (ISO 19005-3, 6.6.2.3).
XMP_PDFUA = (RESSOURCES / "pdfua.xmp").read_bytes()

# Compressed data that end with a carriage return, then the line feed before `endstream`: both would be read as one
# end of line, and the length as wrong (ISO 32000-1, 7.3.8.1; ISO 19005-3, 6.1.7.1). About one document in a hundred
# has such a stream: it is written without compression.
FIN_DOUTEUSE = b"\r\nendstream"

# Pango's font map is shared by all documents of the process and is not safe for threads.
_verrou = threading.Lock()


def html(modele: str, donnees: DonneesAttestation, densite: str = DENSITES[0]) -> str:
    """The HTML that becomes the PDF; `modele` is a versioned template such as "apd/v1"."""
    with translation.override("fr"):
        valeurs = _imprimable(valeurs_imprimees(donnees))
        return get_template(f"attestations/{modele}.html").render({**valeurs, "densite": densite})


def pdf(modele: str, donnees: DonneesAttestation, code: str) -> bytes:
    """One A4 page with its 2D-Doc, whose signed text is `code`.

    Raises ProductionImpossible if even the tightest setting needs a second page.
    """
    dessin = symbole.dessiner(code)
    for densite in DENSITES:
        source = html(modele, donnees, densite)
        with _verrou:
            outils = _outils()
            document = outils.composer(source, modele, dessin)
            if len(document.pages) == 1:
                return outils.ecrire(document)
    raise ProductionImpossible("the document does not hold on one page")


def preuve(modele: str, valeurs: dict[str, Any], langue: str = "fr") -> bytes:
    """A document on one page that is made when it is asked for and not kept: a dated proof, a sheet of rights.

    `modele` is a versioned template such as "preuve_echec/v1", `valeurs` its context: texts and dates, already in
    `langue`. Raises ProductionImpossible if even the tightest setting needs a second page.
    """
    for densite in DENSITES:
        with translation.override(langue):
            source = get_template(f"attestations/{modele}.html").render(
                {**_imprimable(valeurs), "densite": densite}
            )
        with _verrou:
            outils = _outils()
            document = outils.composer(source, modele)
            if len(document.pages) == 1:
                return outils.ecrire(document)
    raise ProductionImpossible("the document does not hold on one page")


def prechauffer() -> None:
    """Load WeasyPrint, fonts and style sheets now, so that the first document is as quick as the next."""
    with _verrou:
        for modele in MODELES.values():
            _outils().style(modele)


@dataclass(frozen=True)
class Outils:
    """WeasyPrint with what is kept for the life of the process: a font configuration made anew for each
    document costs time and leaks memory."""

    html: "type[HTML]"
    css: "type[CSS]"
    polices: "FontConfiguration"
    profil: "ColorProfile"
    lecteur: Any
    styles: "dict[str, CSS]"

    def style(self, modele: str) -> "CSS":
        """The parsed style sheet of a template's version: "apd/v1" → ressources/v1.css."""
        version = modele.rpartition("/")[2]
        if version not in self.styles:
            texte = (RESSOURCES / f"{version}.css").read_text("utf-8")
            self.styles[version] = self.css(
                string=texte, base_url=BASE, font_config=self.polices, url_fetcher=self.lecteur
            )
            # WeasyPrint passes over a font it cannot load and takes whatever the machine has.
            if not self.lecteur.donnees >= set(POLICES):
                raise ProductionImpossible("a bundled font is missing")
        return self.styles[version]

    def composer(self, source: str, modele: str, dessin: bytes | None = None) -> "Document":
        """Lay the page out. `dessin` is its symbol; the caller holds the lock."""
        self.lecteur.dessin = dessin
        page = self.html(string=source, base_url=BASE, url_fetcher=self.lecteur)
        return page.render(
            stylesheets=[self.style(modele)],
            font_config=self.polices,
            color_profiles={PROFIL: self.profil},
            output_intent=PROFIL,
            pdf_variant=VARIANTE,
        )

    def ecrire(self, document: "Document") -> bytes:
        octets = self._ecrire(document)
        if FIN_DOUTEUSE in octets:
            octets = self._ecrire(document, uncompressed_pdf=True)
        return octets

    def _ecrire(self, document: "Document", **options: Any) -> bytes:
        return document.write_pdf(
            pdf_variant=VARIANTE, output_intent=PROFIL, finisher=_declarer_pdfua, **options
        )


@cache
def _outils() -> Outils:
    from weasyprint import CSS, HTML
    from weasyprint.css import ColorProfile
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Lecteur(URLFetcher):
        """Gives the bundled fonts and the symbol, refuses every other address, whatever the document says."""

        donnees: set[str] = set()
        dessin: bytes | None = None

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            if url == BASE + SYMBOLE and self.dessin is not None:
                return URLFetcherResponse(url, self.dessin, {"Content-Type": "image/png"})
            nom = url.removeprefix(BASE + "polices/")
            if nom not in POLICES:
                raise ValueError("address refused")
            self.donnees.add(nom)
            return URLFetcherResponse(
                url, (RESSOURCES / "polices" / nom).read_bytes(), {"Content-Type": "font/ttf"}
            )

    srgb = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()

    class ProfilFige(ColorProfile):
        """Pillow serialises a profile otherwise once its name was read: the file's own bytes are kept."""

        name = "sRGB2014"
        content = srgb

    profil = ProfilFige(io.BytesIO(srgb), "sRGB2014.icc", "relative-colorimetric", ("r", "g", "b"))
    # At exit, WeasyPrint's own clean-up must run while its modules are still there.
    atexit.register(_outils.cache_clear)
    return Outils(
        html=HTML, css=CSS, polices=FontConfiguration(), profil=profil, lecteur=Lecteur(), styles={}
    )


def _declarer_pdfua(document: "Document", fichier: "pydyf.PDF") -> None:
    """Add the PDF/UA-1 claim to the XMP packet, left uncompressed as PDF/A wants it."""
    import pydyf

    for objet in fichier.objects:
        if isinstance(objet, pydyf.Stream) and objet.extra.get("Type") == "/Metadata":
            objet.compress = False
            objet.stream = [b"".join(objet.stream).replace(b"</rdf:RDF>", XMP_PDFUA + b"</rdf:RDF>", 1)]


@cache
def _signes_connus() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    connus: set[int] = set()
    for nom in POLICES:
        with TTFont(RESSOURCES / "polices" / nom, lazy=True) as police:
            connus.update(police.getBestCmap())
    return frozenset(connus)


def _imprimable(valeur: Any) -> Any:
    """Replace what the bundled fonts cannot draw: a system font would change the bytes from one machine
    to the next, and a missing glyph breaks PDF/UA."""
    if isinstance(valeur, str):
        if valeur.isascii():
            return valeur
        connus = _signes_connus()
        return "".join(signe if ord(signe) in connus else SIGNE_INCONNU for signe in valeur)
    if isinstance(valeur, dict):
        return {cle: _imprimable(contenu) for cle, contenu in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_imprimable(contenu) for contenu in valeur]
    return valeur
