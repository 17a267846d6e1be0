"""Files as people and attackers send them, made in the test: photos, PDFs, bombs. Nothing here is a real document."""

import io
import struct
import zlib

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

pillow_heif.register_heif_opener()

SECRET = b"CANARI-48.8566N"


def photo(format="JPEG", taille=(400, 300), orientation=1, **options) -> bytes:
    """A photo whose top-left quarter is red and the rest blue, with an orientation, a GPS position, a comment."""
    image = Image.new("RGB", taille, "blue")
    image.paste("red", (0, 0, taille[0] // 2, taille[1] // 2))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    sortie = io.BytesIO()
    if format == "JPEG":
        options.setdefault("comment", SECRET)
    image.save(sortie, format, exif=exif.tobytes(), **options)
    return sortie.getvalue()


def photo_geante(format, largeur=12_000, hauteur=9_000) -> bytes:
    """108 million grey points, the most that a telephone gives."""
    sortie = io.BytesIO()
    Image.new("L", (largeur, hauteur), 128).save(sortie, format)
    return sortie.getvalue()


def pdf(pages=1, avec=None, image=None, **enregistrement) -> bytes:
    """A PDF of `pages` sheets with a title and an author; `avec(pdf)` adds to it before it is saved."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.docinfo["/Author"] = SECRET.decode()
    if avec:
        avec(document)
    sortie = io.BytesIO()
    document.save(sortie, **enregistrement)
    return sortie.getvalue()


def script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = document.make_indirect(
        Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    )


def script_dans_une_note(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = Array([
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]),
                   A=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
    ])  # fmt: skip


def action_de_page(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=Dictionary(S=Name.URI, URI=String("https://exemple.example")))


def lancement(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.Launch, F=String("calc.exe"))


def impression_a_l_ouverture(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.Named, N=Name.Print)


def fichier_joint(document: pikepdf.Pdf) -> None:
    document.attachments["facture.xml"] = b"<x/>"


def formulaire_xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(document, b"<xdp/>"))


def media(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))]
    )


def script_non_reference(document: pikepdf.Pdf) -> None:
    """Left in the file by an older revision: nothing points to it."""
    document.Root.Oublie = document.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def champ_rempli(document: pikepdf.Pdf) -> None:
    """A form whose only field was filled in."""
    page = document.pages[0]
    police = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    ressources = Dictionary(Font=Dictionary(Helv=police))
    champ = document.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("nom"), V=String("FICTIF"), F=4,
        DA=String("/Helv 40 Tf 0 g"), Rect=Array([50, 700, 545, 780]), P=page.obj,
        MK=Dictionary(BG=Array([1, 0, 0])),
    ))  # fmt: skip
    champ.AP = Dictionary(N=Stream(
        document, b"1 0 0 rg 0 0 495 80 re f 0 g BT /Helv 40 Tf 10 20 Td (FICTIF) Tj ET",
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 495, 80]), Resources=ressources,
    ))  # fmt: skip
    page.Annots = Array([champ])
    document.Root.AcroForm = Dictionary(Fields=Array([champ]), DR=ressources, DA=String("/Helv 40 Tf 0 g"))


def photo_incluse(octets: bytes, taille: tuple[int, int]):
    """A page that shows a JPEG, as phone scanners make them."""

    def ajouter(document: pikepdf.Pdf) -> None:
        image = Stream(
            document,
            octets,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=taille[0],
            Height=taille[1],
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
        )
        image.write(octets, filter=Name.DCTDecode)
        page = document.pages[0]
        page.Resources = Dictionary(XObject=Dictionary(Im0=document.make_indirect(image)))
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")

    return ajouter


def contenu_enorme(octets: int):
    """A page whose content stream is a few kilobytes and unfolds to `octets`."""

    def ajouter(document: pikepdf.Pdf) -> None:
        compresseur = zlib.compressobj(9)
        bloc = b" " * (1 << 20)
        comprime = b"".join(compresseur.compress(bloc) for _ in range(octets >> 20)) + compresseur.flush()
        flux = document.make_stream(b"")
        flux.write(comprime, filter=Name.FlateDecode)
        document.pages[0].Contents = flux

    return ajouter


def contenu_compresse_deux_fois(document: pikepdf.Pdf) -> None:
    flux = document.make_stream(b"")
    flux.write(zlib.compress(zlib.compress(b" " * 1000)), filter=Array([Name.FlateDecode, Name.FlateDecode]))
    document.pages[0].Contents = flux


TEL_QUEL = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def png_bombe(largeur=50_000, hauteur=50_000) -> bytes:
    """A PNG of a few hundred bytes that says it has 2,500 million points."""

    def bloc(nom: bytes, donnees: bytes) -> bytes:
        return struct.pack(">I", len(donnees)) + nom + donnees + struct.pack(">I", zlib.crc32(nom + donnees))

    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    points = zlib.compress(b"\x00" * 1000)
    return b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", points) + bloc(b"IEND", b"")


def animation(format: str) -> bytes:
    images = [Image.new("RGB", (20, 20), couleur) for couleur in ("red", "blue")]
    sortie = io.BytesIO()
    images[0].save(sortie, format, save_all=True, append_images=images[1:], duration=100)
    return sortie.getvalue()
