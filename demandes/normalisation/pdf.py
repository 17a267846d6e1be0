"""A PDF: nothing that acts, nothing hidden, nothing that explodes; rewritten with its pages alone."""

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from demandes.normalisation.flux import verifier_flux
from demandes.normalisation.images import ecrire_apercu
from demandes.normalisation.jpeg import sans_metadonnees
from demandes.normalisation.limites import COTE_APERCU, FLUX_MAX, OBJETS_MAX, PAGES_MAX, PIXELS_MAX
from demandes.normalisation.motifs import Motif, Refuse
from demandes.normalisation.pages import image_de_page

# Keys and action types of ISO 32000-1 (12.6) and its XFA and rich media extensions that run or carry something.
# qpdf has undone escapes such as /J#61vaScript when we see a name.
_CLES_ACTIVES = frozenset(
    {
        "/JS",
        "/JavaScript",
        "/AA",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/EF",
        "/XFA",
        "/RichMedia",
        "/RichMediaContent",
        "/Launch",
    }
)
_TYPES_ACTIFS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/RichMedia",
        "/RichMediaExecute",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/EmbeddedFile",
        "/FileAttachment",
        "/3D",
    }
)
# /OpenAction may also be a plain destination: word processors write « open at page 1 ».
_OUVERTURES_PERMISES = frozenset({"/GoTo"})

_CLES_CATALOGUE = frozenset({"/Type", "/Pages", "/OCProperties", "/Version"})
_CLES_PAGE = frozenset(
    {
        "/Type",
        "/Parent",
        "/Resources",
        "/Contents",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Rotate",
        "/UserUnit",
        "/Group",
    }
)
# Private data of programs and XMP packets: authors, places, revisions.
_CLES_PRIVEES = ("/Metadata", "/PieceInfo", "/LastModified")


def normaliser_pdf(source: Path, contenu: Path, apercu: Path) -> int:
    """Check `source`, write the clean PDF to `contenu`, a JPEG of its first page to `apercu`; give its page count.

    A PDF that opens without a password is accepted even if its author restricted printing. Form fields, notes
    and stamps become part of the page. Raises `Refuse`.
    """
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=FLUX_MAX,
        run_length_max_memory=FLUX_MAX,
        png_max_memory=FLUX_MAX,
        tiff_max_memory=FLUX_MAX,
        dct_max_memory=FLUX_MAX,
        doc_max_warnings=1000,
        max_stream_filters=4,
    )
    try:
        with Pdf.open(source, suppress_warnings=True) as pdf:
            pages = _verifier(pdf)
            _figer(pdf)
            _epurer(pdf)
            pdf.save(
                contenu,
                linearize=True,
                encryption=False,
                fix_metadata_version=False,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
    except pikepdf.PasswordError as erreur:
        raise Refuse(Motif.PDF_PROTEGE) from erreur
    except MemoryError as erreur:
        raise Refuse(Motif.TROP_COMPLEXE) from erreur
    except (
        pikepdf.PdfError,
        OSError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
    ) as erreur:
        # What pikepdf raises on a damaged document: any access may meet an object of the wrong kind.
        raise Refuse(Motif.ILLISIBLE) from erreur
    # A reader that cannot open the clean PDF would be an agent's too.
    ecrire_apercu(image_de_page(contenu, 1, COTE_APERCU), apercu)
    return pages


def _verifier(pdf: Pdf) -> int:
    if len(pdf.objects) > OBJETS_MAX:
        raise Refuse(Motif.TROP_COMPLEXE)
    for objet in pdf.objects:
        _verifier_objet(objet)
    _verifier_objet(pdf.trailer)
    _verifier_ouverture(pdf)
    verifier_flux(pdf)
    # After the checks: qpdf walks and repairs the tree of pages here.
    pages = len(pdf.pages)
    if pages == 0:
        raise Refuse(Motif.ILLISIBLE)
    if pages > PAGES_MAX:
        raise Refuse(Motif.TROP_DE_PAGES)
    return pages


def _verifier_objet(racine: Object) -> None:
    """Refuse what acts, in this object and the direct objects inside it; the others are visited on their own."""
    a_voir = [racine]
    while a_voir:
        objet = a_voir.pop()
        if isinstance(objet, Array):
            a_voir.extend(element for element in objet if _contient(element))
        elif isinstance(objet, Dictionary | Stream):
            for cle, valeur in objet.items():
                if cle in _CLES_ACTIVES:
                    raise Refuse(Motif.PDF_ACTIF)
                if (
                    cle in ("/S", "/Subtype", "/Type")
                    and isinstance(valeur, Name)
                    and str(valeur) in _TYPES_ACTIFS
                ):
                    raise Refuse(Motif.PDF_ACTIF)
                if _contient(valeur):
                    a_voir.append(valeur)
            if objet.get("/Subtype") == Name.Image and _pixels(objet) > PIXELS_MAX:
                raise Refuse(Motif.TROP_DE_PIXELS)


def _contient(valeur: object) -> bool:
    return isinstance(valeur, Array | Dictionary | Stream) and not valeur.is_indirect


def _pixels(image: Object) -> int:
    return int(image.get("/Width", 0)) * int(image.get("/Height", 0))


def _verifier_ouverture(pdf: Pdf) -> None:
    ouverture = pdf.Root.get("/OpenAction")
    if isinstance(ouverture, Dictionary) and str(ouverture.get("/S")) not in _OUVERTURES_PERMISES:
        raise Refuse(Motif.PDF_ACTIF)


def _figer(pdf: Pdf) -> None:
    """Draw what was filled in, stamped or signed into the page: fields and notes go, what they show stays."""
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")


def _epurer(pdf: Pdf) -> None:
    """Leave the pages and what they draw; links, bookmarks, tags, names and properties go."""
    for cle in set(pdf.Root.keys()) - _CLES_CATALOGUE:
        del pdf.Root[cle]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page in pdf.pages:
        for cle in set(page.obj.keys()) - _CLES_PAGE:
            del page.obj[cle]
    for objet in pdf.objects:
        if not isinstance(objet, Dictionary | Stream):
            continue
        for cle in _CLES_PRIVEES:
            if cle in objet:
                del objet[cle]
        if isinstance(objet, Stream) and objet.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
            objet.write(
                sans_metadonnees(objet.read_raw_bytes()),
                filter=Name.DCTDecode,
                decode_parms=objet.get("/DecodeParms"),
            )
